import type { LogStatus } from '../../domain/log';

/** What one line of a log says, whatever its format. */
export interface LogRecord {
  readonly message: string;
  readonly status: LogStatus | null;
  readonly service: string | null;
  /** Epoch milliseconds. */
  readonly timeMs: number | null;
}

const LEVELS: ReadonlyMap<string, LogStatus> = new Map([
  ['trace', 'debug'],
  ['debug', 'debug'],
  ['verbose', 'debug'],
  ['info', 'info'],
  ['information', 'info'],
  ['notice', 'notice'],
  ['warn', 'warn'],
  ['warning', 'warn'],
  ['err', 'error'],
  ['error', 'error'],
  ['severe', 'error'],
  ['critical', 'critical'],
  ['crit', 'critical'],
  ['fatal', 'critical'],
  ['panic', 'emergency'],
  ['alert', 'alert'],
  ['emerg', 'emergency'],
  ['emergency', 'emergency'],
]);

/** What a level's name means; null where it is none. */
export function levelOf(word: string): LogStatus | null {
  return LEVELS.get(word.toLowerCase()) ?? null;
}

/** Syslog's severities (RFC 5424, 6.2.1). */
const SEVERITIES: readonly LogStatus[] = ['emergency', 'alert', 'critical', 'error', 'warn', 'notice', 'info', 'debug'];

export const severityOf = (priority: number): LogStatus | null => SEVERITIES[priority & 7] ?? null;

/** A level as a logger writes it into a field: a name, or a number of pino, bunyan (10…60) or Python's logging. */
export function fieldLevel(value: unknown): LogStatus | null {
  if (typeof value === 'string') return levelOf(value.trim());
  if (typeof value !== 'number') return null;
  if (value >= 10) return value >= 60 ? 'critical' : value >= 50 ? 'error' : value >= 40 ? 'warn' : value >= 30 ? 'info' : 'debug';
  return null;
}
