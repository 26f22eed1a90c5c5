import type { Commit } from '../domain/change';
import type { Json } from '../domain/json';
import type { Alert } from '../domain/monitor';
import type { Span } from '../domain/span';
import { type TimeWindow, tagValue } from '../domain/timeSeries';
import type { RecordedSeries, Recording } from '../recording/recording';
import { statisticOf } from './store/statistic';
import type { MetricSource, SpaceAggregator, TelemetryStore } from './store/store';

export interface ExportOptions {
  readonly id: string;
  readonly window: TimeWindow;
  readonly alert: Alert;
  /** Absent: every service that sent a span or a log. */
  readonly services?: readonly string[];
  /** Absent: every monitor. */
  readonly monitorIds?: readonly number[];
  /** Names of the metrics to keep; absent: every one. */
  readonly metrics?: (metric: string) => boolean;
  /** Seconds between two points; absent: 60. */
  readonly intervalSec?: number;
  /** Failed traces to keep whole, the latest; absent: 200. */
  readonly maxErrorTraces?: number;
  /** Other traces to keep whole, evenly spread over time; absent: 300. */
  readonly maxTraces?: number;
  readonly maxLogs?: number;
  readonly commits?: readonly Commit[];
}

/**
 * Freezes what the store sees now. Metrics are rolled up to one interval; a distribution becomes series tagged `statistic:average`,
 * `p50`, `p95`, `p99` and `max`. Traces are sampled whole, error logs are kept before others.
 */
export function exportRecording(store: TelemetryStore, options: ExportOptions): Recording {
  const { id, window, alert, commits = [] } = options;
  const nowMs = store.clock.nowMs();
  const spans = sampleTraces(store, options);
  const logs = keepLogs([...store.logs(window)], options.maxLogs ?? 5000);
  const monitors = store.monitors().filter((monitor) => options.monitorIds?.includes(monitor.id) ?? true);
  const seen = new Set([...store.spans(window), ...store.logs(window)].map(({ service }) => service));
  const chosen = options.services ?? [...seen].sort();
  const isChosen = (service: string | null) => service === null || chosen.includes(service);
  return {
    id,
    nowMs,
    startMs: window.fromMs,
    endMs: Math.min(window.toMs, nowMs),
    alert,
    alertDetails: {},
    services: chosen,
    monitors: monitors.map(({ id, body, state }) => ({ ...(body as Record<string, Json>), id, overall_state: state })),
    series: exportSeries(store, options).filter(({ tags }) => isChosen(tagValue(tags, 'service'))),
    logs: logs.filter(({ service }) => isChosen(service)),
    spans: spans.filter(({ service }) => isChosen(service)),
    changes: [...store.events(window)].filter(({ source }) => source !== 'alert').map(({ change }) => change),
    commits: commits.filter(({ timestampMs }) => timestampMs <= nowMs),
    dependencies: store.dependencies(window),
    problems: [],
  };
}

const STATISTICS: readonly (readonly [statistic: string, method: SpaceAggregator])[] = [
  ['average', 'avg'],
  ['p50', 'p50'],
  ['p95', 'p95'],
  ['p99', 'p99'],
  ['max', 'max'],
];

function exportSeries(store: TelemetryStore, { window, metrics, intervalSec = 60 }: ExportOptions): RecordedSeries[] {
  const names = store.metricNames(window.fromMs).filter((name) => metrics?.(name) ?? true);
  return names
    .flatMap((name) => store.metricSources(name))
    .flatMap((source) => {
      const series = (method: SpaceAggregator, tags = source.tags, type: RecordedSeries['type'] = source.type): RecordedSeries => {
        const points = source.rollup(window, intervalSec, method).map(([sec, value]) => [sec, rounded(value)] as const);
        return { metric: source.metric, tags, unit: source.unit, intervalSec, points, type };
      };
      if (source.type === 'distribution') {
        return STATISTICS.map(([statistic, method]) => series(method, [...source.tags, `statistic:${statistic}`], 'gauge'));
      }
      return [series(methodFor(source))];
    })
    .filter(({ points }) => points.length > 0);
}

/** A count adds up over the interval; a recorded percentile answers only for itself. */
function methodFor({ type, tags }: MetricSource): SpaceAggregator {
  if (type === 'count') return 'sum';
  const statistic = statisticOf(tags);
  return statistic === 'max' || statistic === 'min' ? statistic : 'avg';
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

function sampleTraces(store: TelemetryStore, { window, maxErrorTraces = 200, maxTraces = 300 }: ExportOptions): Span[] {
  const traces = new Map<string, Span[]>();
  for (const span of store.spans(window)) {
    const trace = traces.get(span.traceId);
    if (trace === undefined) traces.set(span.traceId, [span]);
    else trace.push(span);
  }
  const all = [...traces.values()];
  const failed = all.filter((trace) => trace.some(({ isError }) => isError)).slice(-maxErrorTraces);
  const fine = all.filter((trace) => !trace.some(({ isError }) => isError));
  const step = Math.max(1, fine.length / Math.max(1, maxTraces));
  const sampled = Array.from({ length: Math.min(maxTraces, fine.length) }, (_, at) => fine[Math.floor(at * step)] ?? []);
  return [...failed, ...sampled].flat().sort((a, b) => a.startMs - b.startMs);
}

function keepLogs<T extends { status: string; timestampMs: number }>(logs: readonly T[], maxLogs: number): T[] {
  if (logs.length <= maxLogs) return [...logs];
  const isQuiet = ({ status }: T) => status === 'info' || status === 'debug';
  const loud = logs.filter((log) => !isQuiet(log)).slice(-maxLogs);
  const left = maxLogs - loud.length;
  const quiet = left === 0 ? [] : logs.filter(isQuiet).slice(-left);
  return [...loud, ...quiet].sort((a, b) => a.timestampMs - b.timestampMs);
}
