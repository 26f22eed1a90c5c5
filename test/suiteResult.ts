import type Mocha from 'mocha';

/** What a suite leaves for whoever started it. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  /** Titles of the tests that failed, with the first line of the reason. */
  readonly failures: readonly string[];
  /** Titles of the tests that passed only when they were run again, with why they failed before. */
  readonly unsteady: readonly string[];
}

/** Listens to a run; what it returns gives the result once the run has ended. */
export function collectResult(runner: Mocha.Runner): () => SuiteResult {
  const retried = new Map<string, string>();
  const failures: string[] = [];
  // Mocha knows the event but has no type for it.
  (runner as NodeJS.EventEmitter).on('retry', (test: Mocha.Test, error: unknown) => retried.set(test.fullTitle(), describe(test, error)));
  runner.on('fail', (test, error) => {
    failures.push(describe(test, error));
    retried.delete(test.fullTitle());
  });
  return () => {
    const { passes, failures: failed, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
    return { passed: passes, failed: failed + pending, failures, unsteady: [...retried.values()] };
  };
}

function describe(test: Mocha.Runnable, error: unknown): string {
  const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return `${test.fullTitle()}: ${reason.slice(0, 300)}`;
}
