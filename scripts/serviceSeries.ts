import type { TimeWindow } from '../src/domain/timeSeries';
import type { RecordedSeries } from '../src/recording/recording';
import { evaluateMetric, metricScope } from '../src/sandbox/query/metricEvaluate';
import { parseMetricQuery } from '../src/sandbox/query/metricParser';
import type { TelemetryStore } from '../src/sandbox/store/store';

/** What is kept of an operation's trace metrics. */
const FACETS = [
  { facet: '.hits', aggregator: 'sum', suffix: '.as_count()', statistic: null, type: 'count' },
  { facet: '.errors', aggregator: 'sum', suffix: '.as_count()', statistic: null, type: 'count' },
  { facet: '', aggregator: 'p50', suffix: '', statistic: 'p50', type: 'gauge' },
  { facet: '', aggregator: 'p95', suffix: '', statistic: 'p95', type: 'gauge' },
] as const;

const INTERVAL_SEC = 60;
const OPERATIONS = ['express.request', 'http.request', 'sqlite.query'];
/** Operations other than requests are kept for this long. */
const SHORT_MS = 3 * 3_600_000;

export interface SeriesOptions {
  readonly env: string;
  readonly window: TimeWindow;
}

/** The trace metrics that the shop's monitors and an investigation look at, by service and version, exact for these groups. */
export function serviceSeries(store: TelemetryStore, { env, window }: SeriesOptions): RecordedSeries[] {
  return OPERATIONS.flatMap((operation, index) =>
    FACETS.filter(({ statistic }) => index === 0 || statistic !== 'p50').flatMap(({ facet, aggregator, suffix, statistic, type }) => {
      const of = index === 0 ? window : { ...window, fromMs: window.toMs - SHORT_MS };
      const metric = `trace.${operation}${facet}`;
      const query = parseMetricQuery(`${aggregator}:${metric}{env:${env}} by {service,version}${suffix}`);
      return evaluateMetric(query, metricScope([query], store, of, INTERVAL_SEC)).map(
        ({ tags, secs, values, unit }): RecordedSeries => ({
          metric,
          tags: [...tags, `env:${env}`, ...(statistic === null ? [] : [`statistic:${statistic}`])],
          unit,
          intervalSec: INTERVAL_SEC,
          points: secs.map((sec, at) => [sec, Number((values[at] ?? 0).toPrecision(4))] as const),
          type,
        }),
      );
    }),
  );
}
