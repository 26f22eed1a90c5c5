import { indentOf } from './text';

/** What a log puts before a line: at most this many parts (time, level, process, …) of at most this many characters. */
const MAX_PARTS = 6;
const MAX_PART_CHARS = 80;

const TAB = 9;
const BLANK = 32;
const QUOTE = 62;

const LEVELS = new Set(['TRACE', 'DEBUG', 'INFO', 'WARN', 'WARNING', 'ERROR', 'SEVERE', 'CRITICAL', 'FATAL', 'ERR', 'WRN']);
const STREAMS = new Set(['stdout', 'stderr']);
const MONTHS = new Set(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']);

/**
 * How many characters of a line are not the program's: quoting (`> `), a code fence, a container's name (`web-1  | `), a time
 * with what loggers put behind it. The indentation that follows is kept, but for the blank that parts it from the prefix.
 */
export function prefixLength(line: string): number {
  const first = line.charCodeAt(0);
  if ((first === BLANK || first === TAB) && line.charCodeAt(indentOf(line)) !== QUOTE) return 0;
  let at = quotingLength(line);
  let isLogLine = false;
  for (let part = 0; part < MAX_PARTS; part += 1) {
    const end = partEnd(line, at, isLogLine);
    if (end === at) break;
    isLogLine = true;
    at = line[end] === ' ' ? end + 1 : end;
  }
  return at;
}

/** `> > `, as in e-mails and chats, and the fence of a code block. */
function quotingLength(line: string): number {
  let end = 0;
  for (let at = indentOf(line); line[at] === '>' && (line[at + 1] === ' ' || line[at + 1] === '>' || line[at + 1] === undefined); ) {
    end = line[at + 1] === ' ' ? at + 2 : at + 1;
    at = line[at + 1] === ' ' && line[at + 2] === '>' ? at + 2 : at + 1;
  }
  return line.startsWith('```', end) ? end + 3 : end;
}

/** Where the part of a log prefix that begins at `at` ends; `at` when there is none. */
function partEnd(line: string, at: number, isLogLine: boolean): number {
  const code = line.charCodeAt(at);
  if (isDigit(code)) return timeEnd(line, at) ?? containerEnd(line, at) ?? at;
  if (code === 91) return bracketEnd(line, at, isLogLine) ?? at;
  if (!isWordPart(code)) return at;
  return monthEnd(line, at) ?? containerEnd(line, at) ?? wordEnd(line, at, isLogLine) ?? at;
}

/** `2026-11-21T02:03:43.123Z`, `2026/11/21 02:03:43`, `02:03:43,123`. */
function timeEnd(line: string, at: number): number | null {
  let end = at;
  if (fits(line, at, 'dddd-dd-dd') || fits(line, at, 'dddd/dd/dd')) {
    end += 10;
    if (line[end] !== 'T' && line[end] !== ' ') return null;
    end += 1;
  }
  if (!fits(line, end, 'dd:dd:dd')) return null;
  end += 8;
  if (line[end] === '.' || line[end] === ',') end = digitsEnd(line, end + 1);
  if (line[end] === 'Z') end += 1;
  else if (fits(line, end, '+dd:dd') || fits(line, end, '-dd:dd')) end += 6;
  else if (line.startsWith(' UTC', end)) end += 4;
  return line[end] === undefined || line[end] === ' ' || line[end] === '\t' || line[end] === ':' ? end : null;
}

/** `Nov 21 02:03:43 host service[123]:`, as syslog writes it. */
function monthEnd(line: string, at: number): number | null {
  if (line.charCodeAt(at + 3) !== BLANK || !MONTHS.has(line.slice(at, at + 3)) || !fits(line, at + 6, ' dd:dd:dd ')) return null;
  const host = line.indexOf(' ', at + 16);
  const colon = line.indexOf(': ', host);
  const name = host === -1 || colon === -1 || colon - at > 2 * MAX_PART_CHARS ? '' : line.slice(host + 1, colon);
  return name === '' || name.includes(' ') ? null : colon + 1;
}

/** `[2026-11-21 02:03:43]`, `[ERROR]`; behind a time any bracket, such as `[main]`. */
function bracketEnd(line: string, at: number, isLogLine: boolean): number | null {
  const close = line.indexOf(']', at);
  const isFollowed = line[close + 1] === ' ' && line[close + 2] !== undefined && line[close + 2] !== '{';
  if (close === -1 || close - at > MAX_PART_CHARS || !isFollowed) return null;
  const isPrefix = isLogLine || isDigit(line.charCodeAt(at + 1)) || LEVELS.has(line.slice(at + 1, close));
  return isPrefix ? close + 1 : null;
}

/** `web-1  | `: a name, not a number as before lines of source code. */
function containerEnd(line: string, at: number): number | null {
  if (!line.includes('|')) return null;
  let end = at;
  let isNumber = true;
  while (end - at < MAX_PART_CHARS && isWordPart(line.charCodeAt(end))) {
    isNumber &&= isDigit(line.charCodeAt(end));
    end += 1;
  }
  if (isNumber || end === at) return null;
  while (line[end] === ' ') end += 1;
  return line[end] === '|' && (line[end + 1] === ' ' || line[end + 1] === undefined) ? end + 1 : null;
}

/** A level such as `ERROR`, and behind a time `stdout F` of container runtimes. */
function wordEnd(line: string, at: number, isLogLine: boolean): number | null {
  if (!isLogLine && !isUpper(line.charCodeAt(at + 1))) return null;
  let end = at;
  while (end - at < 9 && isLetter(line.charCodeAt(end))) end += 1;
  const word = line.slice(at, end);
  if (isLogLine && STREAMS.has(word) && (line.startsWith(' F ', end) || line.startsWith(' P ', end))) return end + 2;
  if (!LEVELS.has(word)) return null;
  if (line[end] === ':') end += 1;
  return line[end] === ' ' && line[end + 1] !== undefined ? end : null;
}

/** Whether the characters from `at` have a form in which `d` stands for a digit. */
function fits(line: string, at: number, form: string): boolean {
  for (let index = 0; index < form.length; index += 1) {
    if (form[index] === 'd' ? !isDigit(line.charCodeAt(at + index)) : line[at + index] !== form[index]) return false;
  }
  return true;
}

function digitsEnd(line: string, from: number): number {
  let end = from;
  while (isDigit(line.charCodeAt(end))) end += 1;
  return end;
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isUpper = (code: number) => code >= 65 && code <= 90;
const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isWordPart = (code: number) => isDigit(code) || isLetter(code) || code === 45 || code === 46 || code === 95 || code === 47;
