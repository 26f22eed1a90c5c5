/** The kinds of incident that have an analyser of their own. */
export const incidentTypes = [
  'memory_exhaustion',
  'cpu_saturation',
  'network_latency',
  'connection_pool',
  'disk_space',
  'crash_loop',
  'error_burst_after_deploy',
  'latency_regression',
  'dependency_outage',
  'configuration_change',
  'expired_certificate',
  'quota_exceeded',
  'traffic_surge',
  'contention',
  'healthy',
] as const;
export type IncidentType = (typeof incidentTypes)[number];

/** What one analyser saw. */
export interface IncidentCheck {
  readonly type: IncidentType;
  /** Whether it found something that a person should look at. */
  readonly isInteresting: boolean;
  /** One sentence. */
  readonly summary: string;
  readonly evidence: readonly string[];
  /** What it could not look at, such as `memory metrics of checkout`. */
  readonly unchecked: readonly string[];
}

/** An explanation that was considered and speaks against itself. */
export interface RuledOut {
  readonly type: IncidentType | 'code_change';
  readonly service: string | null;
  /** One sentence: what would have been seen, and was not. */
  readonly reason: string;
  readonly evidence: readonly string[];
}
