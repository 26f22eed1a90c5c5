import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { collectResult } from './suiteResult';

/** Mocha's spec reporter that also leaves a `SuiteResult` in the file that AIDOG_TEST_COUNTS names. */
export class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const result = collectResult(runner);
    runner.once('end', () => {
      const file = process.env.AIDOG_TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify(result()));
    });
  }
}

module.exports = CountingReporter;
module.exports.CountingReporter = CountingReporter;
