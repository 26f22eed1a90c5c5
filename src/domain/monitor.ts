export type MonitorState = 'Alert' | 'Warn' | 'OK' | 'No Data' | 'Ignored' | 'Skipped' | 'Unknown';

/** A rule that watches telemetry and alerts. */
export interface Monitor {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly query: string;
  readonly message: string;
  readonly tags: readonly string[];
  readonly state: MonitorState;
  /** When it last began to alert, where the source says so. */
  readonly triggeredAtMs: number | null;
  readonly criticalThreshold: number | null;
  readonly warningThreshold: number | null;
  readonly priority: number | null;
}

/** Why an investigation begins: one alert that fired. */
export interface Alert {
  readonly title: string;
  readonly service: string | null;
  readonly metric: string | null;
  readonly threshold: number | null;
  readonly observed: number | null;
  readonly severity: Severity;
  readonly firedAtMs: number;
  readonly monitorId: number | null;
  readonly summary: string;
}

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'unknown';
