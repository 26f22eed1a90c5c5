import type { Change } from '../domain/change';
import type { StackException } from '../domain/frame';
import type { Span } from '../domain/span';
import type { GaugeLevels } from '../signals/gauges/judgeGauge';
import type { Resource } from '../signals/gauges/resource';
import type { TemplateChange } from '../signals/logs/templateChange';
import type { SeriesChange } from '../signals/seriesChange';
import type { CallGraph } from '../signals/topology';
import type { OperationChange } from '../signals/traces/operations';
import type { RepeatedCall } from '../signals/traces/repeats';
import type { Trace } from '../signals/traces/traceTree';
import type { Sources } from './sources';

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
  /** Over how many moments. */
  readonly pairs: number;
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
  readonly lastSeenMs: number;
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

/** Calls that ceased although the caller goes on calling others. */
export interface SilentCallFinding {
  readonly caller: string;
  readonly callee: string;
  /** 0..1. */
  readonly certainty: number;
  readonly evidence: string;
}

export interface TemplateFinding {
  readonly service: string;
  readonly change: TemplateChange;
  readonly lastSeenMs: number;
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

/** A series of the alerting service or its kin, read by its levels, so that no quiet hour is needed to compare with. */
export interface GaugeFinding extends GaugeLevels {
  readonly service: string | null;
  readonly metric: string;
  readonly unit: string | null;
  /** The pod, host or database instance; null for the service as a whole. */
  readonly instance: string | null;
  readonly resource: Resource;
  readonly query: string;
  /** null for those that are as usual. */
  readonly evidence: string | null;
}

/** Something that a platform, a database or an application says in words: an event, a log line, the alert itself. */
export interface Statement {
  readonly source: 'event' | 'log' | 'alert';
  readonly service: string | null;
  readonly text: string;
  readonly atMs: number;
  /** The latest time that it was said. */
  readonly lastMs: number;
  /** How many times it was said. */
  readonly count: number;
  readonly isTrouble: boolean;
  readonly evidence: string;
}

/** A pod, deployment or node as the platform last reported it. */
export interface WorkloadFinding {
  readonly kind: 'pod' | 'deployment' | 'node';
  readonly name: string;
  readonly service: string | null;
  /** All that is wanted is there and ready. */
  readonly isReady: boolean;
  /** It is being removed, so that its state is not the service's. */
  readonly isLeaving: boolean;
  readonly restarts: number;
  /** Why it waits or ended, such as `CrashLoopBackOff`, `OOMKilled`, `MemoryPressure`; null where nothing is said. */
  readonly reason: string | null;
  readonly text: string;
  readonly evidence: string;
}

/** What a database spends its time on. */
export interface DatabaseWork {
  readonly kind: 'statement' | 'wait' | 'user' | 'host';
  readonly service: string | null;
  readonly name: string;
  /** Sessions that are active in it, on average. */
  readonly load: number;
  /** What those sessions wait for, largest first, such as `Lock:relation`. */
  readonly waits: readonly { readonly name: string; readonly load: number }[];
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
  /** Since when the alerting metric is back to normal; null unless it came back. */
  readonly recoveredAtMs: number | null;
  /** Evidence of trouble that was not seen any more after that. */
  readonly past: ReadonlySet<string>;
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
  readonly silentCalls: readonly SilentCallFinding[];
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
  /** The gauges of the alerting service and its kin, by level. */
  readonly gauges: readonly GaugeFinding[];
  readonly statements: readonly Statement[];
  readonly workloads: readonly WorkloadFinding[];
  readonly databaseWork: readonly DatabaseWork[];
  /** How far each source was read. */
  readonly sources: Sources;
}
