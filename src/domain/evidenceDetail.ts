/** The parts of a fact that a view can draw, beside the sentence that says it. */
export type EvidenceDetail = LogPattern | CriticalPath | TracePattern | OperationComparison | MovingTogether;

/** A message pattern and how its frequency changed against the quiet window. */
export interface LogPattern {
  readonly kind: 'logPattern';
  /** Variable parts are `<*>`. */
  readonly template: string;
  readonly example: string;
  readonly change: 'new' | 'bursting' | 'vanished' | 'anomalous' | 'known';
  readonly before: number;
  readonly during: number;
  /** Epoch milliseconds of the first and last message of the incident window; null when there is none. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** What the message is known to mean, such as "out of memory"; null for no key event. */
  readonly event: string | null;
}

/** The spans that decide how long a trace takes, in the order of time. Times in milliseconds from the trace's start. */
export interface CriticalPath {
  readonly kind: 'criticalPath';
  readonly traceId: string;
  readonly totalMs: number;
  readonly hops: readonly CriticalHop[];
}

export interface CriticalHop {
  readonly service: string;
  readonly operation: string;
  readonly startMs: number;
  readonly durationMs: number;
  /** Part of the path's time that is spent in this span itself. */
  readonly selfMs: number;
  readonly isError: boolean;
  /** Like calls one after the other that this hop stands for; one where it is left out. */
  readonly count?: number;
}

/** A shape of calls that is known to cause trouble. */
export interface TracePattern {
  readonly kind: 'tracePattern';
  readonly pattern: 'n+1' | 'fan-out' | 'retry storm' | 'error propagation' | 'hop gap';
  readonly service: string;
  readonly operation: string;
  /** The repeated or failing call. */
  readonly callee: string;
  readonly count: number;
  readonly totalMs: number;
  readonly traceId: string | null;
  /** Where retries lie below retries: the calls that reach the innermost callee for one request. */
  readonly reached?: number;
}

/** Slow traces against normal ones, by operation, the largest difference first. */
export interface OperationComparison {
  readonly kind: 'operationComparison';
  readonly rows: readonly {
    readonly service: string;
    readonly operation: string;
    readonly normalMs: number;
    readonly slowMs: number;
    /** Share of the whole slow-down that this operation explains, 0..1. */
    readonly share: number;
  }[];
}

/** Series that move with the alerting one. */
export interface MovingTogether {
  readonly kind: 'movingTogether';
  readonly reference: string;
  readonly rows: readonly {
    readonly title: string;
    /** -1..1 at the best lag. */
    readonly correlation: number;
    /** Seconds by which this series moves before the reference; negative when it follows. */
    readonly leadSec: number;
  }[];
}
