/** What Datadog's `X-RateLimit-*` headers say of an operation's budget. */
export interface RateLimit {
  readonly remaining: number | null;
  /** Seconds until the budget is full again. */
  readonly resetSec: number | null;
}

export function rateLimitOf(headers: Headers): RateLimit {
  return { remaining: numberIn(headers, 'x-ratelimit-remaining'), resetSec: numberIn(headers, 'x-ratelimit-reset') };
}

function numberIn(headers: Headers, name: string): number | null {
  const text = headers.get(name);
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
}

/** Remembers which operations have used up their budget, so that no call is wasted on a certain 429. */
export class RateLimits {
  readonly #blockedUntilMs = new Map<string, number>();

  constructor(private readonly nowMs: () => number = Date.now) {}

  note(operation: string, limit: RateLimit): void {
    if (limit.remaining === 0 && limit.resetSec !== null) this.#blockedUntilMs.set(operation, this.nowMs() + limit.resetSec * 1000);
    else if (limit.remaining !== null) this.#blockedUntilMs.delete(operation);
  }

  /** Milliseconds to wait before the operation may be called; 0 when it may be called now. */
  waitMs(operation: string): number {
    return Math.max(0, (this.#blockedUntilMs.get(operation) ?? 0) - this.nowMs());
  }
}
