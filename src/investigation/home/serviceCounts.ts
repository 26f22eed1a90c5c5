import type { MetricResult } from '../../domain/ports';
import { type TimeSeries, type TimeWindow, tagValue } from '../../domain/timeSeries';
import { operationRank } from './surveyQueries';

/** What came in by one operation of a service, in steps of equal length. */
export interface ServiceCounts {
  readonly service: string;
  readonly env: string | null;
  readonly operation: string;
  /** Epoch seconds of the first step. */
  readonly fromSec: number;
  readonly stepSec: number;
  /** Requests a step; 0 where none was reported. */
  readonly hits: readonly number[];
  readonly errors: readonly number[];
  /** 95th percentile of durations in milliseconds; null where nothing was reported. */
  readonly p95Ms: readonly (number | null)[];
}

/** Queries of an operation, and results for it, come in threes. */
const PER_OPERATION = 3;

/**
 * The answers to the queries of some operations, by service: of several operations of a service the one by which its requests
 * come in. Services without a request in the window are left out.
 */
export function serviceCounts(
  operations: readonly string[],
  results: readonly MetricResult[],
  window: TimeWindow,
  stepSec: number,
): ServiceCounts[] {
  const found = operations.flatMap((operation, at) =>
    countsOf(operation, results.slice(at * PER_OPERATION, (at + 1) * PER_OPERATION), window, stepSec),
  );
  const byService = new Map<string, ServiceCounts>();
  for (const counts of found) {
    const known = byService.get(serviceKey(counts));
    if (known === undefined || isBetter(counts, known)) byService.set(serviceKey(counts), counts);
  }
  return [...byService.values()];
}

export const serviceKey = ({ service, env }: { readonly service: string; readonly env: string | null }) =>
  `${env === null ? '' : `${env.length}:${env}`}\n${service}`;

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function isBetter(one: ServiceCounts, other: ServiceCounts): boolean {
  return operationRank(one.operation) - operationRank(other.operation) < 0 || (hasSameRank(one, other) && sum(one.hits) > sum(other.hits));
}

const hasSameRank = (one: ServiceCounts, other: ServiceCounts) => operationRank(one.operation) === operationRank(other.operation);

function countsOf(operation: string, results: readonly MetricResult[], window: TimeWindow, stepSec: number): ServiceCounts[] {
  const [hits = [], errors = [], p95 = []] = results.map(({ series }) => series);
  const grid = { fromSec: window.fromMs / 1000, stepSec, length: Math.max(0, Math.round((window.toMs - window.fromMs) / 1000 / stepSec)) };
  const errorsBy = new Map(errors.map((one) => [tagsKey(one), one]));
  const p95By = new Map(p95.map((one) => [tagsKey(one), one]));
  return hits.flatMap((series) => {
    const service = named(series, 'service');
    const counted = onGrid(series, grid).map((value) => value ?? 0);
    if (service === null || sum(counted) === 0) return [];
    const failing = errorsBy.get(tagsKey(series));
    const durations = p95By.get(tagsKey(series));
    return {
      service,
      env: named(series, 'env'),
      operation,
      fromSec: grid.fromSec,
      stepSec,
      hits: counted,
      errors: failing ? onGrid(failing, grid).map((value) => value ?? 0) : counted.map(() => 0),
      p95Ms: durations ? onGrid(durations, grid, msPerUnit(durations.unit)) : counted.map(() => null),
    };
  });
}

const tagsKey = (series: TimeSeries) => `${tagValue(series.tags, 'env')}\n${tagValue(series.tags, 'service')}`;

/** Datadog writes `N/A` for series that lack a tag. */
function named({ tags }: TimeSeries, key: string): string | null {
  const value = tagValue(tags, key);
  return value === null || value === '' || value === 'N/A' ? null : value;
}

interface Grid {
  readonly fromSec: number;
  readonly stepSec: number;
  readonly length: number;
}

/** Values by step; what lies outside of the grid, is negative or no number is left out. */
function onGrid(series: TimeSeries, { fromSec, stepSec, length }: Grid, factor = 1): (number | null)[] {
  const values: (number | null)[] = Array.from({ length }, () => null);
  for (const [sec, value] of series.points) {
    const at = Math.floor((sec - fromSec) / stepSec);
    if (value !== null && Number.isFinite(value) && value >= 0 && at >= 0 && at < length) values[at] = value * factor;
  }
  return values;
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { nanosecond: 1e-6, microsecond: 1e-3, millisecond: 1, second: 1000 };

/** Trace metrics are in seconds unless their unit says otherwise. */
const msPerUnit = (unit: string | null) => MS_PER_UNIT[unit ?? 'second'] ?? 1000;
