import type { Change, Commit } from '../domain/change';
import type { Json } from '../domain/json';
import type { LogEvent } from '../domain/log';
import type { Alert } from '../domain/monitor';
import type { Span } from '../domain/span';
import type { TimeSeries } from '../domain/timeSeries';

/** A series, with its type where the recording says so; recordings of other tools often do not. */
export interface RecordedSeries extends TimeSeries {
  readonly type: 'gauge' | 'count' | 'rate' | 'distribution' | null;
}

/** Everything that an investigation may look at, frozen: one incident, its telemetry, the changes around it. */
export interface Recording {
  readonly id: string;
  /** The moment at which the investigator looks; nothing later is visible. */
  readonly nowMs: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly alert: Alert;
  /** What else the recording says of the alert, such as labels. */
  readonly alertDetails: Readonly<Record<string, Json>>;
  readonly services: readonly string[];
  /** Datadog v1 monitor objects, whole. */
  readonly monitors: readonly Readonly<Record<string, Json>>[];
  readonly series: readonly RecordedSeries[];
  readonly logs: readonly LogEvent[];
  readonly spans: readonly Span[];
  readonly changes: readonly Change[];
  readonly commits: readonly Commit[];
  /** caller → callees; null when they are to be derived from the spans. */
  readonly dependencies: Readonly<Record<string, readonly string[]>> | null;
  /** Lines that could not be used, such as `logs.ndjson line 12: timestamp: …`. */
  readonly problems: readonly string[];
}
