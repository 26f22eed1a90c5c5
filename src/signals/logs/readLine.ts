import { isDigit, isUpper } from './characters';
import type { LogRecord } from './logRecord';
import { jsonLine, logfmtLine } from './structuredLine';
import { containerPrefix, datedLine, leadingLevel, syslogLine } from './textLine';

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colour codes begin with one
const COLOURS = /\u001b\[[\d;]*m/g;
const ESCAPE = '\u001b';

/**
 * Reads one line of a log: JSON of the common loggers, logfmt, syslog (RFC 5424 and 3164), a line that begins with a time, or a plain
 * message; each also behind a container runtime's prefix. `nowMs` tells the year of times that have none. Never throws.
 */
export function readLogLine(line: string, nowMs: number): LogRecord {
  const bare = line.includes(ESCAPE) ? line.replace(COLOURS, '') : line;
  const first = bare.charCodeAt(0);
  if (isDigit(first)) {
    const prefix = bare.charCodeAt(10) === 84 ? containerPrefix(bare) : 0;
    if (prefix > 0) return inner(bare, prefix, nowMs);
    return datedLine(bare, nowMs) ?? plain(bare);
  }
  if (first === 123) return fromJson(bare, nowMs) ?? plain(bare);
  if (first === 60) return syslogLine(bare, nowMs) ?? plain(bare);
  if (first === 91 || isUpper(first)) return datedLine(bare, nowMs) ?? plain(bare);
  const equals = bare.indexOf('=');
  return (equals > 0 && equals < 40 ? logfmtLine(bare, nowMs) : null) ?? plain(bare);
}

/** Docker's own file wraps the line once more: `{"log":"…\n","stream":"stdout","time":"…"}`. */
function fromJson(line: string, nowMs: number): LogRecord | null {
  const record = jsonLine(line, nowMs);
  if (!record || !line.includes('"stream"') || !record.message.startsWith('{')) return record;
  const wrapped = jsonLine(record.message.trimEnd(), nowMs);
  return wrapped ? { ...wrapped, timeMs: wrapped.timeMs ?? record.timeMs, service: wrapped.service ?? record.service } : record;
}

function inner(line: string, prefix: number, nowMs: number): LogRecord {
  const record = readLogLine(line.slice(prefix), nowMs);
  return record.timeMs === null ? { ...record, timeMs: datedLine(line, nowMs)?.timeMs ?? null } : record;
}

const plain = (line: string): LogRecord => ({ message: line, status: leadingLevel(line), service: null, timeMs: null });
