import type { Severity } from './monitor';

/** The envelope of what happened. */
export interface Incident {
  readonly title: string;
  readonly severity: Severity;
  readonly service: string | null;
  /** Incident type, such as `error_burst`, `latency_regression`, `dependency_outage`, `healthy`, `unknown`. */
  readonly type: string;
  /** ISO 8601 UTC, or null when the onset could not be placed. */
  readonly startedAt: string | null;
  readonly primarySymptom: string;
  /** Every service that suffers, the one at fault included. */
  readonly blastRadius: readonly string[];
}

export type Verdict = 'code' | 'configuration' | 'infrastructure' | 'external' | 'healthy' | 'inconclusive';
