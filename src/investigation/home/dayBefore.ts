import type { ServiceSignal } from '../../domain/survey';
import { type ServiceCounts, sum } from './serviceCounts';
import { weightedP95 } from './serviceSignals';

/** Habits do not keep to the minute. */
const AROUND_SEC = 600;
const LEAST_STEPS = 3;
const DAY_SEC = 86_400;

/**
 * What a signal measured a day before a stretch of time, ten minutes either way included; null where less than three steps of
 * `before` had requests then.
 */
export function dayBeforeOf(signal: ServiceSignal, before: ServiceCounts | null): (fromSec: number, toSec: number) => number | null {
  if (before === null) return () => null;
  const { hits, errors, stepSec, fromSec: originSec } = before;
  return (fromSec, toSec) => {
    const from = Math.max(0, Math.floor((fromSec - DAY_SEC - AROUND_SEC - originSec) / stepSec));
    const to = Math.min(hits.length, Math.ceil((toSec - DAY_SEC + AROUND_SEC - originSec) / stepSec));
    if (to <= from) return null;
    const requests = hits.slice(from, to);
    if (requests.filter((own) => own > 0).length < LEAST_STEPS) return null;
    if (signal === 'latency') return weightedP95(before, from, to);
    return signal === 'errors' ? sum(errors.slice(from, to)) / sum(requests) : sum(requests) / ((to - from) * stepSec);
  };
}
