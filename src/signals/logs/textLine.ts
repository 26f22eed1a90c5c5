import { isUpper } from './characters';
import { type LogRecord, levelOf, severityOf } from './logRecord';
import { ownCopy } from './ownCopy';
import { type LeadingTime, leadingTime } from './timestamp';

const RFC5424 = /<(\d{1,3})>1 (\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /y;
const PRIORITY = /<(\d{1,3})>/y;
/** Host and tag of RFC 3164: `web-1 sshd[4711]: `. */
const TAG = / (\S{1,255}) ([\w./()-]{1,64}?)(?:\[\w{1,16}\])?: /y;

/** A line of syslog that begins with its priority, RFC 5424 or RFC 3164; null for anything else. */
export function syslogLine(line: string, nowMs: number): LogRecord | null {
  RFC5424.lastIndex = 0;
  const modern = RFC5424.exec(line);
  if (modern) {
    const [whole, priority, time = '', , app] = modern;
    const message = afterStructuredData(line, whole.length);
    const timeMs = leadingTime(time, 0, nowMs)?.timeMs ?? null;
    return { message, status: severityOf(Number(priority)), service: app === '-' ? null : (app ?? null), timeMs };
  }
  PRIORITY.lastIndex = 0;
  const priority = PRIORITY.exec(line);
  const time = priority && leadingTime(line, PRIORITY.lastIndex, nowMs);
  if (!priority || !time) return null;
  const status = severityOf(Number(priority[1]));
  return tagged(line, time, status) ?? { message: line.slice(time.end).trimStart(), status, service: null, timeMs: time.timeMs };
}

/** What follows a host and a tag. */
function tagged(line: string, { end, timeMs }: LeadingTime, status: LogRecord['status']): LogRecord | null {
  TAG.lastIndex = end;
  const tag = TAG.exec(line);
  return tag && { message: line.slice(TAG.lastIndex).trimStart(), status, service: tag[2] ?? null, timeMs };
}

/** `-` or `[id name="value"]…`; a quoted value may hold an escaped bracket. */
function afterStructuredData(line: string, start: number): string {
  let at = start;
  if (line[at] === '-') at++;
  while (line[at] === '[') {
    let isQuoted = false;
    for (at++; at < line.length && (isQuoted || line[at] !== ']'); at++) {
      if (line[at] === '\\') at++;
      else if (line[at] === '"') isQuoted = !isQuoted;
    }
    at++;
  }
  return line.slice(at).replace(/^ ?\ufeff?/, '');
}

/** What container runtimes put before each line: `2026-01-02T03:04:05.678901234Z stdout F `. */
const CONTAINER = /\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] /y;

/** The end of a container runtime's prefix; 0 where there is none. Most lines lack the name of a stream, and need no pattern to tell. */
export function containerPrefix(line: string): number {
  if (!line.startsWith('std', line.indexOf(' ') + 1)) return 0;
  CONTAINER.lastIndex = 0;
  return CONTAINER.test(line) ? CONTAINER.lastIndex : 0;
}

const GROUP = /[\s|,:-]*(?:\[([^[\]]{0,80})\]|\(([^()]{0,80})\))/y;
const LEVEL = /[\s|,:-]*([A-Za-z]{3,11})(?=[\s:|\]-]|$)/y;
const LOGGER = /\s*(?:[A-Za-z][\w.$/-]{0,80}(?:\[\d+\])?(?: - |: ))/y;
const MAX_GROUPS = 4;
const MAX_HEAD = 300;

/**
 * A line that begins with a time: host and tag may follow, as syslog daemons write them into files, or thread, level and logger. null for
 * anything else.
 */
export function datedLine(line: string, nowMs: number): LogRecord | null {
  const isBracketed = line.charCodeAt(0) === 91;
  const time = leadingTime(line, isBracketed ? 1 : 0, nowMs);
  if (!time) return null;
  const start = isBracketed && line[time.end] === ']' ? time.end + 1 : time.end;
  if (isUpper(line.charCodeAt(0))) return tagged(line, time, null);
  const head = headOf(line, start);
  if (head) return { message: line.slice(head.end).replace(/^[\s|:\]-]+/, ''), status: head.status, service: null, timeMs: time.timeMs };
  // Behind a year, which the time of BSD's syslog lacks, only a tag with a process id is one.
  const fromDaemon = line.includes(']: ') && /^ \S{1,255} [\w./-]{1,64}\[\d{1,10}\]: /.test(line.slice(time.end, time.end + 400));
  return (fromDaemon ? tagged(line, time, null) : null) ?? plainAfter(line, start, time.timeMs);
}

const plainAfter = (line: string, start: number, timeMs: number): LogRecord => ({
  message: line.slice(start).replace(/^[\s|:-]+/, ''),
  status: null,
  service: null,
  timeMs,
});

interface Head {
  readonly status: LogRecord['status'];
  readonly end: number;
}

/** The head that was read last, with all its text: neighbouring lines share it. Only one that ends with a logger is told by its text alone. */
let lastHead: { readonly text: string; readonly status: LogRecord['status'] } | null = null;

/** Level and what stands around it before the message; null where no level is named, since then nothing tells head from message. */
function headOf(line: string, start: number): Head | null {
  if (lastHead !== null && line.startsWith(lastHead.text, start)) return { status: lastHead.status, end: start + lastHead.text.length };
  const head = readHead(line, start);
  if (head?.hasLogger && head.end - start <= MAX_HEAD)
    lastHead = { text: ownCopy(line.slice(start, head.end), MAX_HEAD), status: head.status };
  return head;
}

function readHead(line: string, start: number): (Head & { readonly hasLogger: boolean }) | null {
  let at = start;
  for (let groups = 0; groups < MAX_GROUPS; groups++) {
    LEVEL.lastIndex = at;
    const word = LEVEL.exec(line);
    const status = word ? levelOf(word[1] ?? '') : null;
    if (status) return { status, ...afterLogger(line, LEVEL.lastIndex) };
    GROUP.lastIndex = at;
    const group = GROUP.exec(line);
    if (!group) return null;
    at = GROUP.lastIndex;
    const named = levelOf((group[1] ?? group[2] ?? '').trim());
    if (named) return { status: named, ...afterLogger(line, at) };
  }
  return null;
}

function afterLogger(line: string, start: number) {
  let at = start;
  GROUP.lastIndex = at;
  if (GROUP.test(line)) at = GROUP.lastIndex;
  LOGGER.lastIndex = at;
  const hasLogger = LOGGER.test(line);
  return { end: hasLogger ? LOGGER.lastIndex : at, hasLogger };
}

const LEADING_LEVEL = /\[?([A-Z]{3,9})(?:\]|:|\s)/y;

/** The level a line begins with, written in capitals; it stays part of the message. */
export function leadingLevel(line: string): LogRecord['status'] {
  LEADING_LEVEL.lastIndex = 0;
  const found = LEADING_LEVEL.exec(line);
  return found ? levelOf(found[1] ?? '') : null;
}
