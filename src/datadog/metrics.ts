import type { TimeseriesFormulaQueryResponse } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/TimeseriesFormulaQueryResponse';
import type { MetricResult } from '../domain/ports';
import type { Point, TimeSeries } from '../domain/timeSeries';
import type { MetricPlan } from './metricQuery';

/** Seconds between points when a series has only one. */
const DEFAULT_INTERVAL_SEC = 60;

/** Splits the answer to a planned request by query, in the order of the queries. */
export function metricResults(queries: readonly string[], plan: MetricPlan, response: TimeseriesFormulaQueryResponse): MetricResult[] {
  const { series = [], times = [], values = [] } = response.data?.attributes ?? {};
  const secs = times.map((ms) => Math.round(ms / 1000));
  const results = queries.map((query) => ({ query, series: [] as TimeSeries[] }));
  series.forEach(({ queryIndex = 0, groupTags = [], unit }, index) => {
    const metric = plan.formulas[queryIndex]?.metric ?? '';
    results[queryIndex]?.series.push({
      metric,
      tags: groupTags.filter((tag) => tag !== '*'),
      unit: unit?.[0]?.name ?? null,
      ...pointsOf(secs, values[index] ?? []),
    });
  });
  return results;
}

/**
 * The answer's times are those of all series together, so a series has nulls where only others have points. Those are left
 * out; nulls on the series' own grid are kept, being gaps.
 */
function pointsOf(secs: readonly number[], values: readonly (number | null | undefined)[]): Pick<TimeSeries, 'points' | 'intervalSec'> {
  let origin: number | null = null;
  let previous = 0;
  let leastStep = Number.POSITIVE_INFINITY;
  secs.forEach((sec, index) => {
    if ((values[index] ?? null) === null) return;
    if (origin !== null) leastStep = Math.min(leastStep, sec - previous);
    origin ??= sec;
    previous = sec;
  });
  const intervalSec = Number.isFinite(leastStep) ? Math.max(1, leastStep) : DEFAULT_INTERVAL_SEC;
  const points: Point[] = [];
  secs.forEach((sec, index) => {
    const value = values[index] ?? null;
    if (value !== null || (sec - (origin ?? 0)) % intervalSec === 0) points.push([sec, value]);
  });
  return { intervalSec, points };
}
