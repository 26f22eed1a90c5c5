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

/** Lines from 1, both ends included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** A version-control repository, or a recording's list of commits where none is at hand. Paths are relative, with `/`. */
export interface Repository {
  /** File-system root, or null when there is no working tree. */
  readonly root: string | null;
  readonly name: string;
  /** Tracked files of the working tree; of `paths`, which may be files or folders, only those that are tracked, where given. */
  listFiles(signal: AbortSignal, paths?: readonly string[]): Promise<readonly string[]>;
  /** Cheap to ask; another answer than before means that the list of files may be another. Null when that cannot be told. */
  filesStamp(signal: AbortSignal): Promise<string | null>;
  /**
   * The saved text of a file of the working tree, tracked or not; null when it is absent, larger than `maxBytes` (4 MiB unless
   * told otherwise), no text, or outside of the repository.
   */
  readFile(path: string, signal: AbortSignal, maxBytes?: number): Promise<string | null>;
  /** Commits of all branches in the window, newest first, with diffs. */
  commitsBetween(window: TimeWindow, signal: AbortSignal): Promise<readonly Commit[]>;
  hasCommit(sha: string, signal: AbortSignal): Promise<boolean>;
  /** The file's text at the commit, or null. */
  fileAt(sha: string, path: string, signal: AbortSignal): Promise<string | null>;
  /** Follows a line of the commit to the working tree (saved files), through renames. */
  mapLine(sha: string, path: string, line: number, signal: AbortSignal): Promise<LineMapping>;
  /**
   * Follows a line of the working tree back to the commit, through renames; the mapping names path and line there. The line is
   * one of `unsavedText` where that is given, else of the saved file. `deleted` means that the commit did not have it yet.
   */
  mapLineBack(path: string, line: number, sha: string, signal: AbortSignal, unsavedText?: string): Promise<LineMapping>;
  /** Which commit last touched each of these lines as of `sha`; null where it is not known. */
  blame(sha: string, path: string, lines: readonly number[], signal: AbortSignal): Promise<readonly (string | null)[]>;
  /** Whether `ancestor` is contained in `sha`. */
  isAncestor(ancestor: string, sha: string, signal: AbortSignal): Promise<boolean>;
  /** Commits of the window that changed lines `fromLine` to `toLine` of the file as it is at `sha`, newest first, through renames. */
  lineHistory(sha: string, path: string, range: LineRange, window: TimeWindow, signal: AbortSignal): Promise<readonly string[]>;
  /**
   * Fetches exactly this commit from a remote, without touching branches, tags or files; call it only because a person asked.
   * False when no remote is configured. Rejects with an `AppError` that says why the remotes did not give it.
   */
  fetchCommit(sha: string, signal: AbortSignal): Promise<boolean>;
  /** The commit that a deployed version names: by tags such as `v1.2.3`, `checkout@1.2.3` or `checkout/v1.2.3`, or as a commit id. */
  resolveVersion(version: string, service: string | null, signal: AbortSignal): Promise<string | null>;
  /** Web-independent names of the remotes, `host/owner/name` in lower case, without credentials; `origin` first. */
  remotes(signal: AbortSignal): Promise<readonly string[]>;
  /** Whether any remote is known to have the commit, as of the last fetch or push; null when there is no remote to have it. */
  isPushed(sha: string, signal: AbortSignal): Promise<boolean | null>;
}

export interface ForecastRequest {
  readonly id: string;
  readonly title: string;
  readonly query: string;
  readonly series: TimeSeries;
  readonly threshold: number | null;
  /** Known period in steps, when there is one; it may be wrong. */
  readonly season: number | null;
  /** The monitor alerts when values fall below the threshold; above it when absent. */
  readonly isBelow?: boolean;
}

/** Predicts 60 steps with p10 / median / p90; deterministic. Answers whatever the series holds; rejects only when cancelled. */
export interface Forecaster {
  forecast(request: ForecastRequest, signal?: AbortSignal): Promise<Forecast>;
  /** Many at once, which is faster; in the order of the requests. Tells after each part how many are done. */
  forecastAll(requests: readonly ForecastRequest[], signal?: AbortSignal, onDone?: (done: number) => void): Promise<readonly Forecast[]>;
}
