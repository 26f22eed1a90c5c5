import type { Disposable } from '../domain/disposal';

export interface Coalescer extends Disposable {
  /** Asks for the work to be done soon: at once after a pause, else at the end of the interval. */
  request(): void;
  /** Does the work now and drops what was asked for. */
  flush(): void;
}

/** Turns many requests into at most one call of `work` per interval; the last request is never lost. */
export function createCoalescer(intervalMs: number, work: () => void): Coalescer {
  let timer: NodeJS.Timeout | null = null;
  let isWanted = false;
  const run = () => {
    isWanted = false;
    work();
    timer = setTimeout(() => {
      timer = null;
      if (isWanted) run();
    }, intervalMs);
  };
  const stop = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    isWanted = false;
  };
  return {
    request() {
      isWanted = true;
      if (!timer) run();
    },
    flush() {
      stop();
      run();
    },
    dispose: stop,
  };
}
