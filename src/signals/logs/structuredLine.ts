import { fieldLevel, type LogRecord } from './logRecord';
import { fieldTime } from './timestamp';

const MESSAGE = ['message', 'msg', '@message', '@m', 'log', 'event', 'text', 'body', 'textPayload', '_msg', 'MESSAGE'];
const LEVEL = [
  'level',
  'severity',
  'status',
  'lvl',
  '@l',
  'loglevel',
  'log_level',
  'level_name',
  'levelname',
  'severity_text',
  'log.level',
];
const SERVICE = ['service', 'service.name', 'service_name', 'dd.service', 'app', 'application', 'logger', 'component', 'container_name'];
const TIME = ['timestamp', '@timestamp', 'time', 'ts', '@t', 'date', 'datetime', 'eventTime'];
const LONGEST_OBJECT = 1_000_000;

/** A line that is one JSON object of a logger; null for anything else. */
export function jsonLine(line: string, nowMs: number): LogRecord | null {
  if (line.length > LONGEST_OBJECT || line.charCodeAt(line.length - 1) !== 125) return null;
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return null;
  }
  return isObject(fields) ? recordOf(fields, nowMs) : null;
}

function recordOf(fields: Readonly<Record<string, unknown>>, nowMs: number): LogRecord | null {
  const message = first(fields, MESSAGE);
  if (message === undefined) return null;
  const nested = isObject(message) ? first(message, MESSAGE) : message;
  return {
    message: typeof nested === 'string' ? nested : JSON.stringify(nested),
    status: fieldLevel(first(fields, LEVEL)),
    service: textOf(first(fields, SERVICE)),
    timeMs: fieldTime(first(fields, TIME), nowMs),
  };
}

function first(fields: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  for (const name of names) if (Object.hasOwn(fields, name) && fields[name] !== null) return fields[name];
  return undefined;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value;
  return isObject(value) ? textOf(value.name) : null;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const PAIR = /([A-Za-z_@][\w.@-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?:\s+|$)/y;
const LONGEST_LOGFMT = 20_000;

/** A line of `key=value` pairs alone, one of them the message and one the level or the time; null for anything else. */
export function logfmtLine(line: string, nowMs: number): LogRecord | null {
  if (line.length > LONGEST_LOGFMT) return null;
  const fields: Record<string, string> = {};
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < line.length) {
    const found = PAIR.exec(line);
    if (!found) return null;
    fields[found[1] ?? ''] = found[2]?.replace(/\\(["\\])/g, '$1') ?? found[3] ?? '';
  }
  const isLog = first(fields, LEVEL) !== undefined || first(fields, TIME) !== undefined;
  const record = isLog ? recordOf(fields, nowMs) : null;
  return record && (record.status !== null || record.timeMs !== null) ? record : null;
}
