import { setTimeout as sleep } from 'node:timers/promises';
import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import { isTorn } from './explain';
import { HttpFailure, NoConnection } from './http';

export interface RetryOptions {
  readonly maxRetries: number;
  /** The first pause; each later one is twice as long. */
  readonly firstRetryMs: number;
  /** A server that wants a longer pause is not asked again. */
  readonly maxPauseMs: number;
}

export const DEFAULT_RETRIES: RetryOptions = { maxRetries: 2, firstRetryMs: 500, maxPauseMs: 10_000 };

/**
 * Asks again after a pause when the server is limiting requests or overloaded, or a connection broke. `msLeft` is what the
 * budget of time still allows; a pause that does not fit is not begun. Rejects with the signal's reason once aborted.
 */
export async function withRetries<T>(
  work: () => Promise<T>,
  { maxRetries, firstRetryMs, maxPauseMs }: RetryOptions,
  signal: AbortSignal,
  msLeft: () => number,
): Promise<T> {
  let pauseMs = 0;
  let next = firstRetryMs;
  const isWorthIt = (error: Error) => {
    if (signal.aborted || !isTransient(error)) return false;
    const askedSec = error instanceof HttpFailure ? error.retryAfterSec : null;
    pauseMs = askedSec === null ? next : askedSec * 1000;
    next *= 2;
    return pauseMs <= Math.min(maxPauseMs, msLeft());
  };
  const policy = retry(handleWhen(isWorthIt), { maxAttempts: maxRetries, backoff: new ConstantBackoff(0) });
  return policy.execute(async () => {
    if (pauseMs > 0) await sleep(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    return work();
  }, signal);
}

/** 529 is Anthropic's word for overloaded. A model that Ollama cannot load fails with 500, and does so again. */
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504, 529]);

function isTransient(error: Error): boolean {
  if (error instanceof HttpFailure) return TRANSIENT.has(error.status) && !/memory|load model|terminated/i.test(error.reason);
  return error instanceof NoConnection && isTorn(error);
}
