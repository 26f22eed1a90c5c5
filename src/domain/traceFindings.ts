import type { CriticalHop, OperationComparison, TracePattern } from './evidenceDetail';

/** What one trace tells; a line of `aidog traces --json`. */
export interface TraceFinding {
  readonly kind: 'trace';
  readonly traceId: string;
  /** The first service and what it was asked. */
  readonly service: string;
  readonly operation: string;
  readonly durationMs: number;
  readonly spans: number;
  /** Spans whose parent was not given. */
  readonly orphans: number;
  readonly criticalPath: readonly PathSpan[];
  readonly errorOrigin: ErrorOrigin | null;
  readonly patterns: readonly FoundPattern[];
}

/** A hop with the span that it is. */
export interface PathSpan extends CriticalHop {
  readonly spanId: string;
  /** Callers on the path. */
  readonly depth: number;
}

export interface FoundPattern extends TracePattern {
  /** The span that makes the calls. */
  readonly spanId: string;
}

/** Where the error of a trace began, and how far it went. */
export interface ErrorOrigin {
  readonly service: string;
  readonly operation: string;
  readonly spanId: string;
  readonly message: string | null;
  /** What was being called, where it is no service of the trace. */
  readonly peer: string | null;
  /** Whether the caller failed on its own although what it called did not, as with a timeout. */
  readonly isGivenUp: boolean;
  /** The service that went on all the same; null where the whole request failed. */
  readonly handledBy: string | null;
  /** The failing spans from the origin up. */
  readonly path: readonly { readonly spanId: string; readonly service: string; readonly operation: string }[];
}

/** What all traces together tell; the last line of `aidog traces --json`. */
export interface TraceSummary {
  readonly kind: 'summary';
  readonly traces: number;
  readonly spans: number;
  /** Records that are no spans. */
  readonly unread: number;
  /** The service in which most failing traces went wrong. */
  readonly firstFailingService: string | null;
  /** Services in which traces went wrong, most traces first. */
  readonly failing: readonly FailingService[];
  readonly topology: TopologySummary;
  readonly comparison: SlowComparison | null;
}

export interface FailingService {
  readonly service: string;
  readonly traces: number;
  /** Epoch milliseconds of the first such failure. */
  readonly firstMs: number;
}

export interface TopologySummary {
  readonly services: readonly {
    readonly service: string;
    /** Known only from the calls of others. */
    readonly isExternal: boolean;
    readonly requests: number;
    readonly errors: number;
    /** Calls between a user and this service; 0 for an entry. */
    readonly distanceToEdge: number | null;
  }[];
  readonly calls: readonly {
    readonly caller: string;
    readonly callee: string;
    readonly calls: number;
    readonly errors: number;
    /** Share of the caller's requests that make this call, 0..1. */
    readonly share: number;
  }[];
  /** Whom trouble of the first failing (else the slow) service reaches, by the share of their requests that pass through it. */
  readonly blastRadius: readonly { readonly service: string; readonly share: number }[];
}

/** Slow traces of a request against the others. */
export interface SlowComparison extends OperationComparison {
  readonly slow: number;
  readonly normal: number;
  readonly slowMs: number;
  readonly normalMs: number;
  /** A tag whose value nearly all slow traces and hardly any normal one have. */
  readonly tag: { readonly key: string; readonly value: string; readonly service: string } | null;
}
