import type { FrameKind } from '../../domain/frame';
import { digitsBefore, indentOf, positiveOrNull } from './text';

/** A line of a Ruby backtrace in its parts. */
export interface RubyLine {
  readonly file: string;
  readonly line: number;
  readonly function: string | null;
  /** What follows the place: the message and the class of the error; null for a line that is only a frame. */
  readonly error: string | null;
  /** Whether `from` stands before the place. */
  readonly isCaller: boolean;
  /** The number that counts up to the error when the innermost frame is printed last; null in the usual order. */
  readonly level: number | null;
}

/** How far into a line the words of a logger may reach. */
const MAX_LOG_CHARS = 200;
const LOG_MARKS = [' -- :', 'WARN: ', 'ERROR: ', 'FATAL: ', 'INFO: '];

/** The line without what Ruby's loggers put before it: `E, [time #12] ERROR -- : `, `pid=1 tid=a WARN: `. */
export function withoutLogWords(line: string): string {
  let from = 0;
  const head = line.slice(0, MAX_LOG_CHARS);
  for (const mark of LOG_MARKS) {
    const at = head.lastIndexOf(mark);
    if (at !== -1) from = Math.max(from, at + mark.length);
  }
  return from === 0 ? line : line.slice(tagsEnd(line, line[from] === ' ' ? from + 1 : from));
}

/** Rails puts the identifiers of the request in brackets: `[8a7d] [10.0.0.1] `. */
function tagsEnd(line: string, from: number): number {
  let end = from;
  while (line[end] === '[') {
    const close = line.indexOf(']', end);
    if (close === -1 || close - end > MAX_LOG_CHARS || (line[close + 1] !== ' ' && line[close + 1] !== undefined)) break;
    end = Math.min(line.length, close + 2);
  }
  return end;
}

/** ``file:12:in `name'``, with `from` before it, a number before that, or the error behind it; null for other lines. */
export function readRubyLine(whole: string): RubyLine | null {
  const text = withoutLogWords(whole);
  const start = placeStart(text);
  const at = functionAt(text, start.offset);
  if (at === -1) return start.isCaller ? callerWithoutFunction(text, start) : errorWithoutFunction(text, start);
  const number = digitsBefore(text, at);
  const line = number === null ? null : positiveOrNull(number.value);
  if (number === null || line === null || text[number.start - 1] !== ':' || number.start - 1 <= start.offset) return null;
  const rest = text.slice(at + 5);
  const close = rest.indexOf("': ");
  if (close === -1 && !rest.trimEnd().endsWith("'")) return null;
  return {
    file: text.slice(start.offset, number.start - 1),
    line,
    function: close === -1 ? rest.trimEnd().slice(0, -1) : rest.slice(0, close),
    error: close === -1 ? null : rest.slice(close + 3),
    isCaller: start.isCaller,
    level: start.level,
  };
}

interface PlaceStart {
  readonly offset: number;
  readonly isCaller: boolean;
  readonly level: number | null;
}

/** Where the file begins: after blanks, `12: from `, `from `, or the `# ` that test reports begin comments with. */
function placeStart(text: string): PlaceStart {
  let offset = indentOf(text);
  let level: number | null = null;
  const from = text.indexOf(': from ', offset);
  const number = from === -1 || from - offset > 9 ? null : digitsBefore(text, from);
  if (number !== null && number.start === offset) {
    level = number.value;
    offset = from + 2;
  }
  const isCaller = text.startsWith('from ', offset);
  if (isCaller) offset += 5;
  else if (text.startsWith('# ', offset)) offset += 2;
  return { offset, isCaller, level };
}

/** Where ``:in ` `` or, since Ruby 3.4, `:in '` stands after a number. */
function functionAt(text: string, from: number): number {
  for (let at = text.indexOf(':in ', from); at !== -1; at = text.indexOf(':in ', at + 4)) {
    const isQuoted = text[at + 4] === '`' || text[at + 4] === "'";
    if (isQuoted && digitsBefore(text, at) !== null) return at;
  }
  return -1;
}

/** `main.rb:3: syntax error, … (SyntaxError)`: an error that no function was running for. */
function errorWithoutFunction(text: string, start: PlaceStart): RubyLine | null {
  const colon = text.endsWith('Error)') ? text.indexOf(': ', start.offset) : -1;
  const number = colon === -1 ? null : digitsBefore(text, colon);
  const line = number === null ? null : positiveOrNull(number.value);
  if (number === null || line === null || text[number.start - 1] !== ':' || number.start - 1 <= start.offset) return null;
  const file = text.slice(start.offset, number.start - 1);
  return { file, line, function: null, error: text.slice(colon + 2), isCaller: false, level: null };
}

/** `from main.rb:3`, as for code outside of any method in old versions. */
function callerWithoutFunction(text: string, start: PlaceStart): RubyLine | null {
  const number = digitsBefore(text, text.length);
  const line = number === null ? null : positiveOrNull(number.value);
  if (number === null || line === null || text[number.start - 1] !== ':' || number.start - 1 <= start.offset) return null;
  const file = text.slice(start.offset, number.start - 1);
  return { file, line, function: null, error: null, isCaller: true, level: start.level };
}

const LIBRARY_PARTS = ['/gems/', '/vendor/bundle/', '/usr/local/bundle/', '/bundler/gems/', '/.gem/', '/lib/ruby/site_ruby/'];
const RUNTIME_PARTS = ['/lib/ruby/', '/rubygems/', '/lib/truffle/', '/stdlib/'];

/** Whether a file that Ruby names is the program's own, a gem's or the language's. */
export function kindOfRubyFile(file: string): FrameKind {
  const path = file.replaceAll('\\', '/');
  if (path.startsWith('<internal:') || path.startsWith('uri:classloader:')) return 'runtime';
  if (path.startsWith('(eval') || path === '-e' || path === '(irb)' || path === '(pry)') return 'eval';
  if (LIBRARY_PARTS.some((part) => path.includes(part)) || path.startsWith('vendor/bundle/') || isInNamedGem(path)) return 'library';
  return RUNTIME_PARTS.some((part) => path.includes(part)) ? 'runtime' : 'app';
}

/** `actionpack (7.0.4) lib/action_controller/metal.rb`: Rails names the gem and its version instead of its folder. */
function isInNamedGem(path: string): boolean {
  const open = path.indexOf(' (');
  const version = path.charCodeAt(open + 2);
  return open > 0 && version >= 48 && version <= 57 && path.indexOf(') ', open) !== -1 && !path.slice(0, open).includes('/');
}
