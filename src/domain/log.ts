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

const STATUS_BY_WORD: Readonly<Record<string, LogStatus>> = {
  trace: 'debug',
  debug: 'debug',
  verbose: 'debug',
  info: 'info',
  information: 'info',
  ok: 'info',
  notice: 'notice',
  warn: 'warn',
  warning: 'warn',
  err: 'error',
  error: 'error',
  critical: 'critical',
  crit: 'critical',
  fatal: 'critical',
  alert: 'alert',
  emerg: 'emergency',
  emergency: 'emergency',
};

/** The status that a level's name means (`warning`, `FATAL`, …); `info` when it means none. */
export function logStatusOf(word: string): LogStatus {
  return STATUS_BY_WORD[word.trim().toLowerCase()] ?? 'info';
}
