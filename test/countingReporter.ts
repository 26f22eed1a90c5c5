import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Mocha's spec reporter that also leaves its counts in the file that AIDOG_TEST_COUNTS names. */
export class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
      const file = process.env.AIDOG_TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures + pending }));
    });
  }
}

module.exports = CountingReporter;
module.exports.CountingReporter = CountingReporter;
