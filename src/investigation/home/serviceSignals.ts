import type { ServiceSignal } from '../../domain/survey';
import type { Point } from '../../domain/timeSeries';
import { median } from '../../signals/statistics';
import { type ServiceCounts, sum } from './serviceCounts';

/** One measure of a service over time, in steps long enough that its values mean something. */
export interface SignalSeries {
  readonly signal: ServiceSignal;
  readonly stepSec: number;
  /** Requests a second, a share of 0..1, or milliseconds; null where there is none. */
  readonly points: readonly Point[];
  /** Requests of each step. */
  readonly hits: readonly number[];
}

/** A share of fewer requests than this jumps about by itself. */
const WANTED_PER_STEP = 20;
const LEAST_PER_STEP = 5;
/** Steps are joined by so many. */
const JOINS = [1, 5];
/** Fewer points are no history. */
const LEAST_POINTS = 30;

/**
 * Traffic, errors and latency of a service: by the minute where it has enough requests a minute, else in steps of five minutes;
 * none where that is too little too, or where it has been seen for less than 30 steps.
 */
export function signalsOf(counts: ServiceCounts): SignalSeries[] {
  const seen = sinceFirstRequest(counts);
  const joined = JOINS.map((size) => joinSteps(seen, size));
  const fine = joined.find(({ hits }) => median(hits) >= WANTED_PER_STEP);
  const chosen = fine ?? joined.findLast(({ hits }) => median(hits) >= LEAST_PER_STEP);
  if (chosen === undefined || chosen.hits.length < LEAST_POINTS) return [];
  return [
    seriesOf('errors', chosen, (at) => shareAt(chosen, at)),
    seriesOf('latency', chosen, (at) => chosen.p95Ms[at] ?? null),
    seriesOf('traffic', chosen, (at) => (chosen.hits[at] ?? 0) / chosen.stepSec),
  ].filter(({ points }) => points.filter(([, value]) => value !== null).length >= LEAST_POINTS);
}

function seriesOf(signal: ServiceSignal, { fromSec, stepSec, hits }: ServiceCounts, valueAt: (at: number) => number | null): SignalSeries {
  return { signal, stepSec, hits, points: hits.map((_, at): Point => [fromSec + at * stepSec, valueAt(at)]) };
}

function shareAt({ hits, errors }: ServiceCounts, at: number): number | null {
  const total = hits[at] ?? 0;
  return total === 0 ? null : Math.min(1, (errors[at] ?? 0) / total);
}

/** A service that has just come to be was not silent before. */
function sinceFirstRequest(counts: ServiceCounts): ServiceCounts {
  const first = counts.hits.findIndex((hits) => hits > 0);
  if (first <= 0) return counts;
  const { hits, errors, p95Ms, fromSec, stepSec } = counts;
  return {
    ...counts,
    fromSec: fromSec + first * stepSec,
    hits: hits.slice(first),
    errors: errors.slice(first),
    p95Ms: p95Ms.slice(first),
  };
}

/** Makes one step of `size`, counted from the newest; what is left over at the beginning is dropped. */
export function joinSteps(counts: ServiceCounts, size: number): ServiceCounts {
  if (size === 1) return counts;
  const length = Math.floor(counts.hits.length / size);
  const skipped = counts.hits.length - length * size;
  const starts = Array.from({ length }, (_, at) => skipped + at * size);
  return {
    ...counts,
    fromSec: counts.fromSec + skipped * counts.stepSec,
    stepSec: counts.stepSec * size,
    hits: starts.map((start) => sum(counts.hits.slice(start, start + size))),
    errors: starts.map((start) => sum(counts.errors.slice(start, start + size))),
    p95Ms: starts.map((start) => weightedP95(counts, start, start + size)),
  };
}

/** Percentiles of parts do not add up to that of the whole; their mean, weighed by requests, lies close to it. */
export function weightedP95({ hits, p95Ms }: Pick<ServiceCounts, 'hits' | 'p95Ms'>, from: number, to: number): number | null {
  let weight = 0;
  let total = 0;
  for (let at = Math.max(0, from); at < Math.min(to, hits.length); at += 1) {
    const value = p95Ms[at] ?? null;
    const own = hits[at] ?? 0;
    if (value === null || own <= 0) continue;
    weight += own;
    total += own * value;
  }
  return weight === 0 ? null : total / weight;
}
