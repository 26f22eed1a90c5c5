import { setTimeout as sleep } from 'node:timers/promises';
import { ConstantBackoff, decorrelatedJitterGenerator, ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import pLimit from 'p-limit';
import type { Log } from '../domain/ports';
import { BadBody, BadStatus, exchange, NoConnection, type Reply } from './exchange';
import { RateLimits, rateLimitOf } from './rateLimits';

export interface PipelineOptions {
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  readonly log: Log;
  /** Requests on the wire at once. */
  readonly concurrency?: number;
  readonly maxRetries?: number;
  /** Mean of the first pause before a retry; later pauses grow. */
  readonly firstRetryMs?: number;
  /** The longest pause; when Datadog asks for a longer one the call fails at once. */
  readonly maxPauseMs?: number;
}

/** The operation's budget is used up for longer than a person would wait. */
export class BudgetUsedUp extends Error {
  constructor(readonly resetSec: number) {
    super(`the rate limit resets in ${resetSec} s`);
  }
}

export interface Pipeline {
  /** Requests that went to the network so far, retries included. */
  apiCalls(): number;
  /**
   * Sends a request that may safely be repeated. 429, 5xx, broken connections and cut bodies are retried after a pause with
   * jitter, or the pause that the rate-limit headers ask for. Rejects with {@link BudgetUsedUp}, a class of `exchange.ts`, or
   * the signal's reason; aborting works at any moment.
   */
  send(operation: string, url: string, init: RequestInit, signal: AbortSignal): Promise<Reply>;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const { maxRetries = 3, firstRetryMs = 250, maxPauseMs = 10_000 } = options;
  const limit = pLimit(options.concurrency ?? 6);
  const rateLimits = new RateLimits();
  const policy = retry(
    handleWhen((error) => isWorthRetrying(error, maxPauseMs)),
    { maxAttempts: maxRetries, backoff: new ConstantBackoff(0) },
  );
  let apiCalls = 0;

  async function attempt(operation: string, url: string, init: RequestInit, signal: AbortSignal): Promise<Reply> {
    const waitMs = rateLimits.waitMs(operation);
    if (waitMs > maxPauseMs) throw new BudgetUsedUp(Math.ceil(waitMs / 1000));
    if (waitMs > 0) await pause(waitMs, signal);
    signal.throwIfAborted();
    apiCalls += 1;
    const { fetch, timeoutMs } = options;
    return exchange({ fetch, url, init, timeoutMs, signal }, (headers) => rateLimits.note(operation, rateLimitOf(headers)));
  }

  function send(operation: string, url: string, init: RequestInit, signal: AbortSignal): Promise<Reply> {
    let backoff = new ExponentialBackoff({
      generator: decorrelatedJitterGenerator,
      initialDelay: firstRetryMs,
      maxDelay: maxPauseMs,
      exponent: 2,
    }).next();
    let failure: unknown;
    return policy.execute(async ({ attempt: number }) => {
      if (number > 0) {
        const pauseMs = askedPauseMs(failure) ?? backoff.duration;
        options.log.info(`${operation}: ${failure instanceof Error ? failure.message : failure}; again in ${Math.round(pauseMs)} ms`);
        backoff = backoff.next(undefined);
        await pause(pauseMs, signal);
      }
      try {
        return await attempt(operation, url, init, signal);
      } catch (error) {
        failure = error;
        throw error;
      }
    }, signal);
  }

  return {
    apiCalls: () => apiCalls,
    send: (operation, url, init, signal) => limit(() => send(operation, url, init, signal)),
  };
}

/** Rejects with the signal's reason, not with Node's own AbortError. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

function askedPauseMs(failure: unknown): number | null {
  return failure instanceof BadStatus && failure.status === 429 && failure.resetSec !== null ? failure.resetSec * 1000 : null;
}

function isWorthRetrying(error: unknown, maxPauseMs: number): boolean {
  if (error instanceof BadStatus) return error.status === 429 ? (askedPauseMs(error) ?? 0) <= maxPauseMs : error.status >= 500;
  return error instanceof NoConnection || error instanceof BadBody;
}
