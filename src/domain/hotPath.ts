import type { CodeLocation, WorkingTreeLocation } from './frame';
import type { TimeWindow } from './timeSeries';

/** What was measured at one place in one stretch of time. Percentiles are null where nothing tells them. */
export interface PathLoad {
  readonly requests: number;
  readonly errors: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/** An error that came out of a line. */
export interface PathFailure {
  /** Exception type and message as the program wrote them. */
  readonly text: string;
  /** The trace that failed last. */
  readonly link: string | null;
}

/** A place in the code with the traffic that runs through it. */
export interface HotPath {
  /**
   * `entry`: where Code Origin says that requests enter, which with Express and Fastify is the line that registers the route,
   * or where the route of a service without Code Origin is registered;
   * `failure`: the line that errors came out of.
   */
  readonly kind: 'entry' | 'failure';
  readonly location: CodeLocation;
  readonly workspace: WorkingTreeLocation | null;
  /** Column at the deployed commit, from 1; null when the tracer names none. */
  readonly column: number | null;
  readonly service: string;
  readonly env: string | null;
  readonly resource: string | null;
  readonly now: PathLoad;
  /** The same hour a day and a week ago; null when nothing is known of it. */
  readonly dayAgo: PathLoad | null;
  readonly weekAgo: PathLoad | null;
  /** Where the numbers come from: counted over all requests, or read off the spans that a search returned. */
  readonly basis: 'metrics' | 'spans';
  /** Spans that the place and, for `spans`, the numbers were read from. */
  readonly sampleSize: number;
  /** Epoch milliseconds of the newest span. */
  readonly lastSeenMs: number;
  readonly failure: PathFailure | null;
  /** Page that shows the spans, or null. */
  readonly link: string | null;
}

/** The hot paths of some folders as of one moment. */
export interface HotPathReport {
  readonly window: TimeWindow;
  readonly env: string | null;
  readonly takenAtMs: number;
  /** Whether the search returned every span that it matched, so that what is missing had no traffic. */
  readonly isWhole: boolean;
  /** Hottest first. */
  readonly paths: readonly HotPath[];
  /** What could not be looked at, a sentence each. */
  readonly problems: readonly string[];
  readonly apiCalls: number;
}
