import type { PathLoad } from '../domain/hotPath';
import type { Span } from '../domain/span';
import { type Point, type TimeSeries, tagValue } from '../domain/timeSeries';

/** Nearest-rank percentile, `share` in 0..1; null without values. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(sorted.length * share)));
  return sorted[rank - 1] ?? null;
}

/** What spans of one operation measured. */
export function loadOfSpans(spans: readonly Pick<Span, 'durationMs' | 'isError'>[]): PathLoad {
  const durations = spans.map(({ durationMs }) => durationMs);
  return {
    requests: spans.length,
    errors: spans.filter(({ isError }) => isError).length,
    p50Ms: percentile(durations, 0.5),
    p95Ms: percentile(durations, 0.95),
    p99Ms: percentile(durations, 0.99),
  };
}

/**
 * Several loads as one: counts are added, percentiles are averaged by requests, which is close where the parts are alike and lies
 * between them always. null for none.
 */
export function mergeLoads(loads: readonly PathLoad[]): PathLoad | null {
  if (loads.length === 0) return null;
  const sum = (of: (load: PathLoad) => number) => loads.reduce((total, load) => total + of(load), 0);
  const average = (of: (load: PathLoad) => number | null) =>
    weightedAverage(loads.map((load): Weighted => ({ value: of(load), weight: load.requests })));
  return {
    requests: sum(({ requests }) => requests),
    errors: sum(({ errors }) => errors),
    p50Ms: average(({ p50Ms }) => p50Ms),
    p95Ms: average(({ p95Ms }) => p95Ms),
    p99Ms: average(({ p99Ms }) => p99Ms),
  };
}

interface Weighted {
  readonly value: number | null;
  readonly weight: number;
}

function weightedAverage(parts: readonly Weighted[]): number | null {
  const known = parts.filter(({ value, weight }) => value !== null && weight > 0);
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  return known.reduce((sum, { value, weight }) => sum + (value ?? 0) * (weight / total), 0);
}

/** Growth of `now` over `then` as a share: 0.38 is 38 % more; null where either is unknown or there was nothing. */
export function changeShare(now: number | null, then: number | null | undefined): number | null {
  return now === null || then === null || then === undefined || then <= 0 ? null : now / then - 1;
}

/** Datadog keeps tags of metrics in lower case, with one underscore for each run of what is none of `[a-z0-9_\-:./]`. */
export function metricTagText(text: string): string {
  const tag = text.toLowerCase().replace(/[^\p{L}\d_\-:./]+/gu, '_');
  let end = tag.length;
  while (tag[end - 1] === '_') end -= 1;
  return tag.slice(0, Math.min(end, 200));
}

/** The series of one operation's trace metrics, by environment, service and resource. Durations are in seconds. */
export interface TraceSeries {
  readonly hits: readonly TimeSeries[];
  readonly errors: readonly TimeSeries[];
  readonly p50: readonly TimeSeries[];
  readonly p95: readonly TimeSeries[];
  readonly p99: readonly TimeSeries[];
}

/** What names an operation in trace metrics. */
export function loadKey(env: string | null, service: string, resource: string): string {
  return JSON.stringify([env ?? NO_ENV, metricTagText(service), metricTagText(resource)]);
}

/** What Datadog calls the environment of services that name none. */
const NO_ENV = 'none';

interface Interval {
  requests: number;
  errors: number;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

/** The loads of each environment, service and resource, by {@link loadKey}. What had no requests is left out. */
export function loadsOfSeries(operations: readonly TraceSeries[]): ReadonlyMap<string, PathLoad> {
  const intervals = new Intervals();
  operations.forEach(({ hits, errors, p50, p95, p99 }, operation) => {
    intervals.add(hits, operation, (interval, value) => {
      interval.requests += value;
    });
    intervals.add(errors, operation, (interval, value) => {
      interval.errors += value;
    });
    intervals.add(p50, operation, (interval, value) => {
      interval.p50Ms = value * 1000;
    });
    intervals.add(p95, operation, (interval, value) => {
      interval.p95Ms = value * 1000;
    });
    intervals.add(p99, operation, (interval, value) => {
      interval.p99Ms = value * 1000;
    });
  });
  return intervals.merged();
}

/** The five series of an operation put together again, interval by interval. */
class Intervals {
  readonly #byKey = new Map<string, Map<string, Interval>>();

  add(found: readonly TimeSeries[], operation: number, put: (interval: Interval, value: number) => void): void {
    for (const series of found) {
      const key = seriesKey(series);
      if (key === null) continue;
      for (const [sec, value] of series.points) if (isValue(value)) put(this.#at(key, `${operation} ${sec}`), value);
    }
  }

  merged(): ReadonlyMap<string, PathLoad> {
    const loads = new Map<string, PathLoad>();
    for (const [key, intervals] of this.#byKey) {
      const load = mergeLoads([...intervals.values()]);
      if (load !== null && load.requests > 0) loads.set(key, load);
    }
    return loads;
  }

  #at(key: string, interval: string): Interval {
    const intervals = this.#byKey.get(key) ?? new Map<string, Interval>();
    if (intervals.size === 0) this.#byKey.set(key, intervals);
    const known = intervals.get(interval);
    if (known) return known;
    const made: Interval = { requests: 0, errors: 0, p50Ms: null, p95Ms: null, p99Ms: null };
    intervals.set(interval, made);
    return made;
  }
}

function seriesKey({ tags }: TimeSeries): string | null {
  const service = tagValue(tags, 'service');
  const resource = tagValue(tags, 'resource_name');
  return service === null || resource === null ? null : loadKey(tagValue(tags, 'env'), service, resource);
}

const isValue = (value: Point[1]): value is number => value !== null && Number.isFinite(value) && value >= 0;
