import type { StackException } from '../../domain/frame';
import { begin, closeException, type OpenException, openException, type Relation } from './exceptions';
import { identifierAt, stackLines } from './text';
import { parseV8Frame } from './v8Frame';

interface Header {
  readonly type: string;
  readonly message: string;
  readonly relation: Relation | 'unmarked';
}

/** Words that say that another exception follows, with what it is to the one before. */
const MARKERS: readonly (readonly [string, Relation])[] = [
  ['[cause]:', 'cause'],
  ['Caused by:', 'cause'],
  ['caused by:', 'cause'],
];

/**
 * Stacks of V8 as `error.stack`, `util.inspect` (nested `[cause]`, `[errors]`) and the uncaught-exception print give
 * them. A message may contain lines that look like frames: only the last run of frames counts. Linear in the text.
 */
export function parseV8(text: string): StackException[] {
  const exceptions: OpenException[] = [];
  let open: OpenException | null = null;
  let isInList = false;
  let isListStart = false;
  let interruption: string[] = [];
  const leading: string[] = [];
  for (const line of stackLines(text)) {
    const frame = parseV8Frame(line);
    if (frame !== null) {
      open ??= start(exceptions, headerOf(leading) ?? unknownHeader(leading), null);
      if (interruption.length > 0) disown(open, interruption);
      interruption = [];
      open.frames.push(frame);
      continue;
    }
    if (line.trim().startsWith('[errors]:')) {
      isInList = true;
      isListStart = true;
      continue;
    }
    const header = readHeader(line);
    if (header !== null && (isListStart || startsAnother(header, open))) {
      open = start(exceptions, header, relationOf(header, exceptions.length, isInList));
      interruption = [];
      isListStart = false;
    } else if (open === null) leading.push(line);
    else if (open.frames.length === 0) open.message.push(line);
    else if (!isElision(line)) interruption.push(line);
  }
  return exceptions.map((exception) => tidy(closeException(exception)));
}

function start(exceptions: OpenException[], header: Header, relation: Relation): OpenException {
  return begin(exceptions, openException(header.type, header.message, relation));
}

/** A header in the middle of a message belongs to that message unless it is marked. */
function startsAnother(header: Header, open: OpenException | null): boolean {
  return open === null || header.relation !== 'unmarked' || open.frames.length > 0;
}

function relationOf(header: Header, count: number, isInList: boolean): Relation {
  if (count === 0) return null;
  if (header.relation === 'cause') return 'cause';
  return isInList ? 'group' : 'context';
}

/** The frames so far were text of the message: more of the message follows them. */
function disown(open: OpenException, interruption: readonly string[]): void {
  if (interruption.every((line) => line.trim() === '')) return;
  for (const frame of open.frames) {
    const place = frame.file === null ? '<anonymous>' : [frame.file, frame.line, frame.column].filter((part) => part !== null).join(':');
    open.message.push(`    at ${frame.function === null ? place : `${frame.function} (${place})`}`);
  }
  open.message.push(...interruption);
  open.frames = [];
}

/** Lines between frames that carry no place: `... 4 lines matching cause stack trace ...`, `at name`. */
function isElision(line: string): boolean {
  const trimmed = line.trim();
  if (trimmed.startsWith('at ') && !trimmed.includes(' ', 3)) return true;
  return trimmed.startsWith('... ') && (trimmed.includes('lines matching') || trimmed.includes('more'));
}

/** Before the first frame anything may stand: a source line with a caret, a log prefix. */
function headerOf(lines: readonly string[]): Header | null {
  for (const line of lines) {
    const header = readHeader(line);
    if (header !== null) return header;
  }
  return null;
}

function unknownHeader(lines: readonly string[]): Header {
  const text = lines.filter((line) => line.trim() !== '').join('\n');
  return { type: 'Error', message: text, relation: 'unmarked' };
}

function readHeader(line: string): Header | null {
  let text = line.trim();
  let relation: Header['relation'] = 'unmarked';
  for (const [marker, meaning] of MARKERS) {
    if (!text.startsWith(marker)) continue;
    relation = meaning;
    text = text.slice(marker.length).trim();
  }
  if (text.startsWith('Uncaught ')) text = text.slice(9);
  if (text.startsWith('[')) text = text.slice(1);
  const type = identifierAt(text, 0);
  if (!isErrorName(type) && !(relation === 'cause' && text.startsWith(`${type}:`) && type !== '')) return null;
  const message = messageAfter(text.slice(type.length));
  return message === null ? null : { type, message, relation };
}

/** `TypeError`, `PricingError`, `error` (PostgreSQL's), `AbortException`; not `Errors` nor a sentence. */
function isErrorName(name: string): boolean {
  return name === 'error' || name === 'DOMException' || name.endsWith('Error') || name.endsWith('Exception');
}

/** What follows the type: `: message`, ` [CODE]: message` or nothing; null when it is no header. */
function messageAfter(rest: string): string | null {
  const tail = rest.startsWith(' [') ? afterCode(rest) : rest;
  if (tail === '' || tail === ':' || tail === ']' || tail === '] {' || tail === ' {') return '';
  return tail.startsWith(': ') ? tail.slice(2) : null;
}

function afterCode(rest: string): string {
  const close = rest.indexOf(']');
  return close === -1 ? rest : rest.slice(close + 1);
}

/** `[AggregateError: all failed] {` keeps its brackets only in print. */
function tidy(exception: StackException): StackException {
  const message = exception.message;
  if (exception.frames.length > 0) return exception;
  const line = message.split('\n', 1)[0] ?? '';
  const end = line.endsWith('] {') ? line.length - 3 : line.endsWith(']') ? line.length - 1 : -1;
  return end === -1 ? exception : { ...exception, message: line.slice(0, end) };
}
