import type { TimeseriesFormulaQueryResponse } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/TimeseriesFormulaQueryResponse';
import type { MetricResult } from '../domain/ports';
import type { Point, TimeSeries } from '../domain/timeSeries';
import type { MetricPlan } from './metricQuery';

/** Seconds between points when a series has only one. */
const DEFAULT_INTERVAL_SEC = 60;

/** Splits the answer to a planned request by query, in the order of the queries. */
export function metricResults(queries: readonly string[], plan: MetricPlan, response: TimeseriesFormulaQueryResponse): MetricResult[] {
  const { series = [], times = [], values = [] } = response.data?.attributes ?? {};
  const results = queries.map((query) => ({ query, series: [] as TimeSeries[] }));
  series.forEach(({ queryIndex = 0, groupTags = [], unit }, index) => {
    const metric = plan.formulas[queryIndex]?.metric ?? '';
    results[queryIndex]?.series.push({
      metric,
      tags: groupTags.filter((tag) => tag !== '*'),
      unit: unit?.[0]?.name ?? null,
      ...pointsOf(times, values[index] ?? []),
    });
  });
  return results;
}

/**
 * The answer's times are those of all series together, so a series has nulls where only others have points. Those are left
 * out; nulls on the series' own grid are kept, being gaps.
 */
function pointsOf(timesMs: readonly number[], values: readonly (number | null | undefined)[]): Pick<TimeSeries, 'points' | 'intervalSec'> {
  const points = timesMs.map((ms, index): Point => [Math.round(ms / 1000), values[index] ?? null]);
  const present = points.filter(([, value]) => value !== null).map(([sec]) => sec);
  const steps = present.slice(1).map((sec, index) => sec - (present[index] ?? sec));
  const intervalSec = steps.length === 0 ? DEFAULT_INTERVAL_SEC : Math.max(1, Math.min(...steps));
  const origin = present[0] ?? 0;
  return { intervalSec, points: points.filter(([sec, value]) => value !== null || (sec - origin) % intervalSec === 0) };
}
