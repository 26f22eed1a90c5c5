/** Requests allowed in each period; periods begin at multiples of their length since the epoch, as Datadog's do. */
export interface RateLimit {
  readonly limit: number;
  readonly periodSec: number;
}

export interface RateLimitAnswer {
  readonly isExceeded: boolean;
  /** X-RateLimit-* as Datadog sends them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Generous, as a sandbox serves tests too. Datadog's own: 300 span searches an hour; other limits depend on the account. */
export const DEFAULT_RATE_LIMIT: RateLimit = { limit: 6000, periodSec: 60 };

/** Counts a request of this bucket. */
export function createRateLimits(
  limits: Readonly<Record<string, RateLimit>>,
  nowMs: () => number = Date.now,
): (bucket: string) => RateLimitAnswer {
  const used = new Map<string, { period: number; count: number }>();
  return (bucket) => {
    const limit = limits[bucket] ?? DEFAULT_RATE_LIMIT;
    const nowSec = nowMs() / 1000;
    const period = Math.floor(nowSec / limit.periodSec);
    const before = used.get(bucket);
    const count = before?.period === period ? before.count + 1 : 1;
    used.set(bucket, { period, count });
    const resetSec = Math.ceil((period + 1) * limit.periodSec - nowSec);
    return { isExceeded: count > limit.limit, headers: rateLimitHeaders(bucket, limit, limit.limit - count, resetSec) };
  };
}

export function rateLimitHeaders(bucket: string, limit: RateLimit, remaining: number, resetSec: number): Readonly<Record<string, string>> {
  return {
    'X-RateLimit-Limit': String(limit.limit),
    'X-RateLimit-Period': String(limit.periodSec),
    'X-RateLimit-Remaining': String(Math.max(0, remaining)),
    'X-RateLimit-Reset': String(resetSec),
    'X-RateLimit-Name': bucket,
  };
}
