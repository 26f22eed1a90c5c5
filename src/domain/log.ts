import type { Json } from './json';

export type LogStatus = 'debug' | 'info' | 'notice' | 'warn' | 'error' | 'critical' | 'alert' | 'emergency';

/** One log event. `attributes.error.{kind,message,stack}` and `attributes.dd.{trace_id,span_id}` as the tracers write them. */
export interface LogEvent {
  readonly timestampMs: number;
  readonly service: string;
  readonly status: LogStatus;
  readonly host: string | null;
  readonly message: string;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly tags: readonly string[];
}

/** Whether the status says that something failed. */
export function isErrorStatus(status: LogStatus): boolean {
  return status === 'error' || status === 'critical' || status === 'alert' || status === 'emergency';
}
