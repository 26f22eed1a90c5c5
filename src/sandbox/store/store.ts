import type { Change } from '../../domain/change';
import type { LogEvent } from '../../domain/log';
import type { Monitor } from '../../domain/monitor';
import type { Span } from '../../domain/span';
import type { TimeSeries, TimeWindow } from '../../domain/timeSeries';

/** Time as the sandbox sees it: real, shifted, or standing still. */
export interface SandboxClock {
  nowMs(): number;
}

/** How several values of one rollup interval, or of several series, become one. */
export type SpaceAggregator = 'avg' | 'sum' | 'min' | 'max' | 'count' | 'p50' | 'p75' | 'p90' | 'p95' | 'p99';

/** A metric as it was reported, before any query works on it: what the query language needs to aggregate honestly. */
export interface MetricSource {
  readonly metric: string;
  readonly unit: string | null;
  readonly type: 'gauge' | 'count' | 'rate' | 'distribution';
  readonly tags: readonly string[];
  readonly intervalSec: number;
  /**
   * One value for each rollup interval of the window that holds data. Distributions (latencies derived from spans) answer
   * percentiles from a sketch over all values; gauges and counts answer `avg|sum|min|max|count` only and null for percentiles.
   */
  rollup(window: TimeWindow, intervalSec: number, method: SpaceAggregator): readonly (readonly [epochSec: number, value: number])[];
  /**
   * Distributions: a source over the values of this one and the others together, since percentiles of several tag sets
   * cannot be had from the percentiles of each. Absent where sketches are not kept.
   */
  pool?(others: readonly MetricSource[]): MetricSource;
}

/** A monitor as the API knows it: Datadog's v1 object, kept whole, and what evaluation says of it. */
export interface StoredMonitor {
  readonly id: number;
  /** The v1 object as created or loaded; unknown fields are kept. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly state: Monitor['state'];
  /** When the present state began. */
  readonly stateSinceMs: number;
  readonly lastTriggeredMs: number | null;
}

/** A v1/v2 event, an incident, a change: whatever the event search returns. */
export interface StoredEvent {
  readonly id: string;
  readonly change: Change;
  /** `change`, `alert`, `deployment`, … */
  readonly source: string;
  readonly tags: readonly string[];
}

export interface StoredIssue {
  readonly id: string;
  readonly service: string;
  readonly type: string;
  readonly message: string;
  readonly file: string | null;
  readonly function: string | null;
  readonly count: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly firstSeenVersion: string | null;
  readonly lastSeenVersion: string | null;
}

/**
 * All telemetry that the sandbox holds, bounded by retention. Queries see nothing later than the clock's now.
 * Spans of the store carry `issue.id` in `meta` once an error was grouped, and git tags copied to every span of a trace.
 */
export interface TelemetryStore {
  readonly clock: SandboxClock;
  /** Trace metrics are derived from the spans, but for the metric names that `derivesMetric` says no to. */
  addSpans(spans: readonly Span[], derivesMetric?: (metric: string) => boolean): void;
  addLogs(logs: readonly LogEvent[]): void;
  /**
   * Points of one series; repeated calls append. A count adds to the count of the same second, a gauge or rate replaces its
   * value, each point of a distribution is one observation. A histogram is answered as the agent reduces one: `name.avg`,
   * `.count`, `.median`, `.95percentile` and `.max`.
   */
  addSeries(series: TimeSeries, type: MetricSource['type'] | 'histogram'): void;
  addEvents(events: readonly StoredEvent[]): void;
  /** Declared dependencies; otherwise they are derived from spans. */
  setDependencies(dependencies: Readonly<Record<string, readonly string[]>>): void;

  /** In ascending order of start. */
  spans(window: TimeWindow): Iterable<Span>;
  trace(traceId: string): readonly Span[];
  logs(window: TimeWindow): Iterable<LogEvent>;
  events(window: TimeWindow): Iterable<StoredEvent>;
  issues(window: TimeWindow): Iterable<StoredIssue>;
  /**
   * Every source of this metric name, the trace metrics derived from spans among them. A series tagged `statistic:p95` answers
   * `p95`. Once filtered by the query's tags, sources go through `preferStatistic` (./statistic), which keeps those that
   * the aggregator is meant for.
   */
  metricSources(metric: string): readonly MetricSource[];
  /** Names of metrics with a point since `fromMs`. */
  metricNames(fromMs: number): readonly string[];
  dependencies(window: TimeWindow): Record<string, string[]>;

  monitors(): readonly StoredMonitor[];
  monitor(id: number): StoredMonitor | null;
  putMonitor(monitor: StoredMonitor): void;
  deleteMonitor(id: number): void;
}
