import type { Change } from '../domain/change';
import type { MonitorState } from '../domain/monitor';
import type { Span } from '../domain/span';
import type { TimeSeries } from '../domain/timeSeries';
import type { RecordedSeries, Recording } from '../recording/recording';
import { hashUuid } from './api/ids';
import { statisticOf } from './store/statistic';
import type { MetricSource, StoredEvent, StoredMonitor, TelemetryStore } from './store/store';

export interface LoadOptions {
  /** Moves every time of the recording; `Date.now() - recording.nowMs` brings it to the present. */
  readonly shiftMs?: number;
  /** Metrics of series that are in the store already, see {@link loadSeries}. */
  readonly loadedMetrics?: ReadonlySet<string>;
}

/** Puts one series of a recording into the store, so that they need not all be kept until then. */
export function loadSeries(store: TelemetryStore, series: RecordedSeries): void {
  store.addSeries(series, typeOf(series));
}

/**
 * Puts everything that a recording holds into the store; what lies after the recording's now stays invisible until the store's
 * clock gets there. Monitors are in the state that the recording says. Trace metrics are derived from spans only where the
 * recording has no series of that name.
 */
export function loadRecording(store: TelemetryStore, recording: Recording, options: LoadOptions = {}): void {
  const shiftMs = options.shiftMs ?? 0;
  for (const series of recording.series) store.addSeries(shiftedSeries(series, shiftMs), typeOf(series));
  const recorded = new Set([...(options.loadedMetrics ?? []), ...recording.series.map(({ metric }) => metric)]);
  const spans = withTopLevel(recording.spans);
  store.addSpans(
    shiftMs === 0 ? spans : spans.map((span) => ({ ...span, startMs: span.startMs + shiftMs })),
    (metric) => !recorded.has(metric),
  );
  store.addLogs(shiftMs === 0 ? recording.logs : recording.logs.map((log) => ({ ...log, timestampMs: log.timestampMs + shiftMs })));
  store.addEvents(recording.changes.map((change, at) => eventOf(change, `${recording.id} ${at}`, shiftMs)));
  if (recording.dependencies !== null) store.setDependencies(recording.dependencies);
  for (const body of recording.monitors) store.putMonitor(monitorOf(body, recording, shiftMs));
}

function shiftedSeries(series: RecordedSeries, shiftMs: number): TimeSeries {
  if (shiftMs === 0) return series;
  const shiftSec = Math.round(shiftMs / 1000);
  return { ...series, points: series.points.map(([sec, value]) => [sec + shiftSec, value] as const) };
}

const COUNTS = new Set(['sum', 'total', 'count', 'samplecount']);

/** The type that the recording gives, or that the name and the statistic tag suggest; a gauge is the safest guess. */
function typeOf({ type, metric, tags }: RecordedSeries): MetricSource['type'] {
  if (type !== null && type !== 'distribution') return type;
  if (/^trace\..+\.(?:hits|errors)$/.test(metric) || COUNTS.has(statisticOf(tags))) return 'count';
  return 'gauge';
}

/** Marks the spans that enter a service in traces whose spans carry no such mark, as the agent would have. */
function withTopLevel(spans: readonly Span[]): readonly Span[] {
  const traces = new Map<string, Map<string, Span>>();
  const marked = new Set<string>();
  for (const span of spans) {
    const trace = traces.get(span.traceId) ?? new Map<string, Span>();
    traces.set(span.traceId, trace.set(span.spanId, span));
    if (span.metrics['_dd.top_level'] === 1) marked.add(span.traceId);
  }
  return spans.map((span) => {
    if (marked.has(span.traceId)) return span;
    const parent = span.parentId === null ? undefined : traces.get(span.traceId)?.get(span.parentId);
    return parent?.service === span.service ? span : { ...span, metrics: { ...span.metrics, '_dd.top_level': 1 } };
  });
}

function eventOf(change: Change, seed: string, shiftMs: number): StoredEvent {
  return {
    id: hashUuid(`${seed} ${change.timestampMs} ${change.title}`),
    change: { ...change, timestampMs: change.timestampMs + shiftMs },
    source: change.kind === 'deployment' ? 'deployment' : 'change',
    tags: [],
  };
}

const STATES: readonly MonitorState[] = ['Alert', 'Warn', 'OK', 'No Data', 'Ignored', 'Skipped', 'Unknown'];

function monitorOf(body: Recording['monitors'][number], { alert, startMs }: Recording, shiftMs: number): StoredMonitor {
  const id = Number(body.id);
  const isAlerting = alert.monitorId === id;
  const state = STATES.find((known) => known === body.overall_state) ?? (isAlerting ? 'Alert' : 'Unknown');
  const sinceMs = (isAlerting ? alert.firedAtMs : startMs) + shiftMs;
  return { id, body, state, stateSinceMs: sinceMs, lastTriggeredMs: state === 'Alert' || state === 'Warn' ? sinceMs : null };
}
