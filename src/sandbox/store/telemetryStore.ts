import type { LogEvent } from '../../domain/log';
import type { Span } from '../../domain/span';
import type { TimeWindow } from '../../domain/timeSeries';
import { realClock } from '../clock';
import type { Column } from './column';
import { dependenciesOf } from './dependencies';
import { createIssueTable } from './issueTable';
import { createSeriesTable } from './seriesTable';
import { createSpanTable } from './spanTable';
import type { SandboxClock, StoredEvent, StoredMonitor, TelemetryStore } from './store';
import { createTimeline } from './timeline';
import { createTraceMetrics } from './traceMetrics';

/** How much is kept; whatever is more goes, the oldest first. */
export interface Retention {
  readonly maxSpans: number;
  readonly maxLogs: number;
  readonly maxEvents: number;
  /** Points of all metrics together, ten-second buckets of distributions and trace metrics included. */
  readonly maxSeriesPoints: number;
  readonly maxAgeMs: number;
}

export const DEFAULT_RETENTION: Retention = {
  maxSpans: 200_000,
  maxLogs: 200_000,
  maxEvents: 20_000,
  maxSeriesPoints: 2_000_000,
  maxAgeMs: 15 * 24 * 3_600_000,
};

/** For a recording: it is as large as it is, and an answer that lacks a part of it would be wrong without saying so. */
export const KEEP_ALL: Retention = {
  maxSpans: Number.POSITIVE_INFINITY,
  maxLogs: Number.POSITIVE_INFINITY,
  maxEvents: Number.POSITIVE_INFINITY,
  maxSeriesPoints: Number.POSITIVE_INFINITY,
  maxAgeMs: Number.POSITIVE_INFINITY,
};

/** Points that are too old are looked for this often. */
const AGEING_STEP_MS = 60_000;

export interface TelemetryStoreOptions {
  readonly clock?: SandboxClock;
  readonly retention?: Partial<Retention>;
}

export function createTelemetryStore(options: TelemetryStoreOptions = {}): TelemetryStore {
  return new MemoryStore(options.clock ?? realClock, { ...DEFAULT_RETENTION, ...options.retention });
}

/** Everything in memory; see {@link TelemetryStore} for what each method promises. */
class MemoryStore implements TelemetryStore {
  readonly #spans;
  readonly #logs;
  readonly #events;
  readonly #series;
  readonly #traceMetrics;
  readonly #issues;
  readonly #monitors = new Map<number, StoredMonitor>();
  #dependencies: Readonly<Record<string, readonly string[]>> | null = null;
  #points = 0;
  #agedMs = Number.NEGATIVE_INFINITY;

  constructor(
    readonly clock: SandboxClock,
    private readonly retention: Retention,
  ) {
    this.#spans = createSpanTable(retention.maxSpans);
    this.#logs = createTimeline<LogEvent>({ timeMs: ({ timestampMs }) => timestampMs, maxItems: retention.maxLogs });
    this.#events = createTimeline<StoredEvent>({ timeMs: ({ change }) => change.timestampMs, maxItems: retention.maxEvents });
    this.#series = createSeriesTable(clock);
    this.#traceMetrics = createTraceMetrics(clock);
    this.#issues = createIssueTable(clock);
  }

  addSpans(spans: readonly Span[], derivesMetric?: (metric: string) => boolean): void {
    const counted = new Set<string>();
    for (const span of spans) {
      this.#points += this.#traceMetrics.add(span, derivesMetric);
      this.#spans.add(span.isError ? this.#withIssue(span, counted) : span);
    }
    this.#spans.prune(this.#oldestMs());
    this.#prunePoints();
  }

  /** An error passes through several spans of a trace: it counts once. */
  #withIssue(span: Span, counted: Set<string>): Span {
    const issueId = this.#issues.addSpan(span, (id) => {
      const key = `${id} ${span.traceId}`;
      const isNew = !counted.has(key);
      counted.add(key);
      return isNew;
    });
    return issueId === null ? span : { ...span, meta: { ...span.meta, 'issue.id': issueId } };
  }

  addLogs(logs: readonly LogEvent[]): void {
    for (const log of logs) {
      const issueId = this.#issues.addLog(log);
      this.#logs.add(issueId === null ? log : { ...log, attributes: { ...log.attributes, issue: { id: issueId } } });
    }
    this.#logs.prune(this.#oldestMs());
  }

  addSeries(...[series, type]: Parameters<TelemetryStore['addSeries']>): void {
    this.#points += this.#series.add(series, type);
    this.#prunePoints();
  }

  addEvents(events: readonly StoredEvent[]): void {
    for (const event of events) this.#events.add(event);
    this.#events.prune(this.#oldestMs());
  }

  setDependencies(dependencies: Readonly<Record<string, readonly string[]>>): void {
    this.#dependencies = dependencies;
  }

  *spans(window: TimeWindow): Iterable<Span> {
    const nowMs = this.clock.nowMs();
    for (const span of this.#spans.within(window)) if (span.startMs + span.durationMs <= nowMs) yield span;
  }

  trace(traceId: string): readonly Span[] {
    const nowMs = this.clock.nowMs();
    return this.#spans
      .trace(traceId)
      .filter(({ startMs, durationMs }) => startMs + durationMs <= nowMs)
      .sort((a, b) => a.startMs - b.startMs);
  }

  logs(window: TimeWindow): Iterable<LogEvent> {
    return this.#logs.within(this.#untilNow(window));
  }

  events(window: TimeWindow): Iterable<StoredEvent> {
    return this.#events.within(this.#untilNow(window));
  }

  issues(window: TimeWindow) {
    return this.#issues.within(window);
  }

  metricSources(metric: string) {
    return [...this.#series.sources(metric), ...this.#traceMetrics.sources(metric)];
  }

  metricNames(fromMs: number): readonly string[] {
    const fromSec = Math.ceil(fromMs / 1000);
    return [...new Set([...this.#series.names(fromSec), ...this.#traceMetrics.names(fromSec)])].sort();
  }

  dependencies(window: TimeWindow): Record<string, string[]> {
    const declared = this.#dependencies;
    if (declared !== null) return Object.fromEntries(Object.entries(declared).map(([caller, callees]) => [caller, [...callees]]));
    return dependenciesOf(this.spans(window), ({ traceId }) => this.#spans.trace(traceId));
  }

  monitors(): readonly StoredMonitor[] {
    return [...this.#monitors.values()].sort((a, b) => a.id - b.id);
  }

  monitor(id: number): StoredMonitor | null {
    return this.#monitors.get(id) ?? null;
  }

  putMonitor(monitor: StoredMonitor): void {
    this.#monitors.set(monitor.id, monitor);
  }

  deleteMonitor(id: number): void {
    this.#monitors.delete(id);
  }

  #oldestMs(): number {
    return this.clock.nowMs() - this.retention.maxAgeMs;
  }

  #untilNow({ fromMs, toMs }: TimeWindow): TimeWindow {
    return { fromMs, toMs: Math.min(toMs, this.clock.nowMs() + 1) };
  }

  #prunePoints(): void {
    const oldestMs = this.#oldestMs();
    if (oldestMs - this.#agedMs >= AGEING_STEP_MS) {
      this.#agedMs = oldestMs;
      this.#issues.dropBefore(oldestMs / 1000);
      this.#dropPointsBefore(oldestMs / 1000);
    }
    if (this.#points <= this.retention.maxSeriesPoints) return;
    const columns = [...this.#series.columns(), ...this.#traceMetrics.columns()];
    // A tenth more than needed goes, so that the search for the cutoff pays.
    this.#dropPointsBefore(cutoffSec(columns, this.#points - Math.floor(this.retention.maxSeriesPoints * 0.9)));
  }

  #dropPointsBefore(sec: number): void {
    this.#points -= this.#series.dropBefore(sec) + this.#traceMetrics.dropBefore(sec);
  }
}

/** The second before which at least `count` points lie. */
function cutoffSec(columns: readonly Column<unknown>[], count: number): number {
  const bySec = new Map<number, number>();
  for (const column of columns) {
    for (const [sec] of column.between(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)) bySec.set(sec, (bySec.get(sec) ?? 0) + 1);
  }
  let seen = 0;
  for (const sec of [...bySec.keys()].sort((a, b) => a - b)) {
    seen += bySec.get(sec) ?? 0;
    if (seen >= count) return sec + 1;
  }
  return Number.NEGATIVE_INFINITY;
}
