import type { Change, Commit } from './change';
import type { ErrorIssue } from './errorIssue';
import type { Forecast } from './forecast';
import type { LineStatus } from './frame';
import type { LogEvent } from './log';
import type { Monitor } from './monitor';
import type { Span } from './span';
import type { TimeSeries, TimeWindow } from './timeSeries';

/** Wall time as the investigator sees it; a recording fixes it. */
export interface Clock {
  nowMs(): number;
}

/** Where what happened is written for later; never shown to the user, never given secrets. */
export interface Log {
  info(message: string): void;
  /** The cause is kept whole, with its stack. */
  error(message: string, cause?: unknown): void;
}

/** A search over events; `query` is in Datadog's search syntax. */
export interface EventQuery {
  readonly query: string;
  readonly window: TimeWindow;
  readonly limit: number;
  /** Newest first unless told otherwise. */
  readonly oldestFirst?: boolean;
}

export interface MetricQuery {
  readonly query: string;
  readonly window: TimeWindow;
}

/** One metric query and what came back; the query can match many series. */
export interface MetricResult {
  readonly query: string;
  readonly series: readonly TimeSeries[];
}

export type EvidenceTarget =
  | { readonly kind: 'monitor'; readonly id: number }
  | { readonly kind: 'logs' | 'spans'; readonly query: string; readonly window: TimeWindow }
  | { readonly kind: 'trace'; readonly traceId: string }
  | { readonly kind: 'metric'; readonly query: string; readonly window: TimeWindow }
  | { readonly kind: 'issue'; readonly id: string };

/**
 * A source of telemetry. Methods reject with an `AppError` from `errors.ts` whose message is fit for a person,
 * or with the signal's reason when aborted. Each method costs one API call unless it says otherwise; answers that
 * were given before come from a cache and cost none.
 */
export interface Telemetry {
  /** For a person: `Datadog (datadoghq.eu)`. */
  readonly name: string;
  /** Calls that reached the network so far. */
  apiCalls(): number;
  /** Whether the keys work; rejects with the sentence to show when they do not. */
  checkAccess(signal: AbortSignal): Promise<void>;
  listMonitors(
    filter: { readonly states?: readonly Monitor['state'][]; readonly service?: string },
    signal: AbortSignal,
  ): Promise<Monitor[]>;
  getMonitor(id: number, signal: AbortSignal): Promise<Monitor>;
  /** Names of the metrics that reported since `fromMs`. */
  listMetrics(fromMs: number, signal: AbortSignal): Promise<string[]>;
  /** All queries share one window and cost one call together; results are in the order of the queries. */
  queryMetrics(queries: readonly string[], window: TimeWindow, signal: AbortSignal): Promise<MetricResult[]>;
  searchLogs(query: EventQuery, signal: AbortSignal): Promise<LogEvent[]>;
  searchSpans(query: EventQuery, signal: AbortSignal): Promise<Span[]>;
  searchErrors(query: EventQuery, signal: AbortSignal): Promise<ErrorIssue[]>;
  searchChanges(window: TimeWindow, signal: AbortSignal): Promise<Change[]>;
  /** caller → callees. */
  listDependencies(window: TimeWindow, env: string | null, signal: AbortSignal): Promise<Record<string, string[]>>;
  /** A web page that shows the same to a person, or null where there is none. */
  linkTo(target: EvidenceTarget): string | null;
}

export interface LineMapping {
  readonly path: string;
  /** 1-based line in the working tree; for `deleted`, where it used to be. */
  readonly line: number;
  readonly status: LineStatus;
}

/** A version-control repository, or a recording's list of commits where none is at hand. Paths are relative, with `/`. */
export interface Repository {
  /** File-system root, or null when there is no working tree. */
  readonly root: string | null;
  readonly name: string;
  /** Tracked files of the working tree. */
  listFiles(signal: AbortSignal): Promise<readonly string[]>;
  /** Commits of all branches in the window, newest first, with diffs. */
  commitsBetween(window: TimeWindow, signal: AbortSignal): Promise<readonly Commit[]>;
  hasCommit(sha: string, signal: AbortSignal): Promise<boolean>;
  /** The file's text at the commit, or null. */
  fileAt(sha: string, path: string, signal: AbortSignal): Promise<string | null>;
  /** Follows a line of the commit to the working tree (saved files), through renames. */
  mapLine(sha: string, path: string, line: number, signal: AbortSignal): Promise<LineMapping>;
  /** Which commit last touched each of these lines as of `sha`; null where it is not known. */
  blame(sha: string, path: string, lines: readonly number[], signal: AbortSignal): Promise<readonly (string | null)[]>;
  /** Whether `ancestor` is contained in `sha`. */
  isAncestor(ancestor: string, sha: string, signal: AbortSignal): Promise<boolean>;
}

export interface ForecastRequest {
  readonly id: string;
  readonly title: string;
  readonly query: string;
  readonly series: TimeSeries;
  readonly threshold: number | null;
  /** Known period in steps, when there is one. */
  readonly season: number | null;
}

/** Predicts 60 steps with p10 / median / p90; deterministic. */
export interface Forecaster {
  forecast(request: ForecastRequest): Promise<Forecast>;
}
