import type { Disposable } from '../domain/disposal';

export interface PollingOptions {
  /** 0 turns polling off; read before each wait. */
  readonly intervalMs: () => number;
  /** Whether anyone looks; while not, a turn is left out. */
  readonly isActive: () => boolean;
  /** Says whether it worked; after failures the wait doubles, up to sixteen times the interval. */
  readonly work: () => Promise<boolean>;
}

const longestBackoff = 16;

export interface Polling extends Disposable {
  /** Begins anew with the present interval. */
  restart(): void;
}

/** Repeats work at an interval, slower after failures, never twice at a time. */
export function createPolling(options: PollingOptions): Polling {
  let timer: NodeJS.Timeout | null = null;
  let backoff = 1;
  let isDisposed = false;
  const wait = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const intervalMs = options.intervalMs();
    if (intervalMs > 0 && !isDisposed) timer = setTimeout(() => void turn(), intervalMs * backoff);
  };
  const turn = async () => {
    if (options.isActive()) backoff = (await options.work()) ? 1 : Math.min(backoff * 2, longestBackoff);
    wait();
  };
  return {
    restart() {
      backoff = 1;
      wait();
    },
    dispose() {
      isDisposed = true;
      if (timer) clearTimeout(timer);
    },
  };
}
