import type { Change } from '../domain/change';
import type { StackException } from '../domain/frame';
import type { Span } from '../domain/span';
import type { TemplateChange } from '../signals/logs/templateChange';
import type { SeriesChange } from '../signals/seriesChange';
import type { CallGraph } from '../signals/topology';
import type { OperationChange } from '../signals/traces/operations';
import type { RepeatedCall } from '../signals/traces/repeats';
import type { Trace } from '../signals/traces/traceTree';

/** How the alerting metric stands: it is beyond its limit, came back, never left, or cannot be told. */
export type AlertState = 'active' | 'recovered' | 'quiet' | 'unknown';

/** What people notice. */
export type Symptom = 'errors' | 'latency' | 'availability' | 'saturation' | 'traffic' | 'unknown';

/** A metric of one service that changed. `evidence` is null for those too small to be written down. */
export interface MetricFinding {
  readonly service: string | null;
  readonly change: SeriesChange;
  /** Pearson's r with the alerting metric over baseline and incident. */
  readonly correlation: number;
  readonly query: string;
  readonly evidence: string | null;
}

/** Errors of one kind that began in one service. */
export interface FailureFinding {
  readonly service: string;
  /** The peer that was being called, where the failing span is such a call. */
  readonly peer: string | null;
  readonly type: string | null;
  readonly message: string | null;
  readonly count: number;
  readonly stack: readonly StackException[];
  /** The failing span; null where only logs tell. */
  readonly span: Span | null;
  readonly firstSeenMs: number;
  readonly evidence: string;
}

export interface RepeatFinding {
  readonly call: RepeatedCall;
  readonly before: number;
  readonly evidence: string;
}

export interface SlowFinding {
  readonly operation: OperationChange;
  readonly evidence: string;
}

export interface TemplateFinding {
  readonly service: string;
  readonly change: TemplateChange;
  readonly evidence: string;
}

/** A group of errors that an error tracker saw for the first time. */
export interface IssueFinding {
  readonly service: string;
  readonly evidence: string;
}

/** A deployment, flag, configuration change or event. */
export interface ChangeFinding {
  readonly change: Change;
  readonly evidence: string;
}

/** What the facts amount to before anybody asks why. */
export interface Findings {
  /** The service that alerts; null where the alert names none. */
  readonly alerting: string | null;
  readonly onsetMs: number;
  /** Whether telemetry shows the onset, or the alert's time had to do. */
  readonly isOnsetSeen: boolean;
  readonly alertState: AlertState;
  /** Whether the monitor itself says that it alerts; null without a monitor. */
  readonly isAlerting: boolean | null;
  /** The fact that no metric of the alerting service got worse; null where one did, or there are too few to say so. */
  readonly calmEvidence: string | null;
  readonly symptom: Symptom;
  /** How the alerting metric moved, such as `p95 latency of shop rose from 12 ms to 45 ms at worst`; null where it did not. */
  readonly alertWords: string | null;
  readonly alertEvidence: readonly string[];
  readonly graph: CallGraph;
  readonly metrics: readonly MetricFinding[];
  readonly failures: readonly FailureFinding[];
  readonly repeats: readonly RepeatFinding[];
  readonly slow: readonly SlowFinding[];
  readonly templates: readonly TemplateFinding[];
  readonly during: readonly Trace[];
  readonly before: readonly Trace[];
  /** The service where the trouble shows first along the calls, and the calls that lead there from the alerting one. */
  readonly firstFailing: string | null;
  readonly path: readonly string[];
  readonly blastRadius: readonly string[];
  /** What was done to the system, with its evidence. */
  readonly changes: readonly ChangeFinding[];
  /** Groups of errors that an error tracker saw for the first time now. */
  readonly issues: readonly IssueFinding[];
}
