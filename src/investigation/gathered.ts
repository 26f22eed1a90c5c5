import type { Change, Commit } from '../domain/change';
import type { ErrorIssue } from '../domain/errorIssue';
import type { LogEvent } from '../domain/log';
import type { MetricResult, Repository } from '../domain/ports';
import type { Span } from '../domain/span';
import type { TimeSeries } from '../domain/timeSeries';
import type { Opening } from './openCase';
import type { Windows } from './windows';

/** Facts of a kind with the query that gives them again. */
export interface Answer<T> {
  readonly query: string;
  readonly items: readonly T[];
}

/** A commit and where it lies. */
export interface HeldCommit {
  readonly commit: Commit;
  readonly repository: Repository;
}

/** All that was read about the incident. */
export interface Gathered {
  readonly opening: Opening;
  readonly windows: Windows;
  /** When the alerting metric left its level; null where it shows no step and the alert's time had to do. */
  readonly onsetMs: number | null;
  /** The alert's own series over many hours; null where it is no metric or could not be read. */
  readonly alertSeries: TimeSeries | null;
  /** The same around the incident, in finer intervals where the source has them. */
  readonly fineSeries: TimeSeries | null;
  readonly alertQuery: string | null;
  readonly metrics: readonly MetricResult[];
  readonly errorLogs: Answer<LogEvent>;
  readonly logs: Answer<LogEvent>;
  readonly quietLogs: Answer<LogEvent>;
  readonly errorSpans: Answer<Span>;
  readonly spans: Answer<Span>;
  readonly quietSpans: Answer<Span>;
  readonly issues: Answer<ErrorIssue>;
  readonly changes: readonly Change[];
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly commits: readonly HeldCommit[];
}
