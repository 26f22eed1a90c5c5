import type { FrameKind, StackException, StackFrame } from '../../domain/frame';
import { begin, closeException, type OpenException, openException } from './exceptions';
import { kindOfFile } from './origin';
import { digitsBefore, positiveOrNull, stackLines } from './text';

/** What net/http prints when a handler panics. */
const SERVING = ' panic serving ';

/**
 * Go panics, fatal errors and `debug.Stack()`. When a handler recovered, the frames above `panic(…)` belong to the
 * handler and are left out. Of many goroutines only the first, which failed, is read.
 */
export function parseGo(text: string): StackException[] {
  const exceptions: OpenException[] = [];
  let open: OpenException | null = null;
  let name: string | null = null;
  let goroutines = 0;
  for (const line of stackLines(text)) {
    if (goroutines === 0 && (line.startsWith('panic: ') || line.startsWith('fatal error: '))) {
      const type = line.startsWith('panic: ') ? 'panic' : 'fatal error';
      open = begin(
        exceptions,
        openException(type, withoutRecovered(line.slice(type.length + 2)), exceptions.length === 0 ? null : 'context'),
      );
    } else if (line.trim().startsWith('panic: ') && open !== null && goroutines === 0) {
      open = begin(exceptions, openException('panic', withoutRecovered(line.trim().slice(7)), 'context'));
    } else if (line.includes(SERVING) && open === null) {
      open = begin(exceptions, openException('panic', afterAddress(line), null));
    } else if (isGoroutine(line)) {
      goroutines += 1;
      if (goroutines > 1) break;
      if (open === null) open = begin(exceptions, openException('goroutine', '', null));
    } else if (line.startsWith('\t') || line.startsWith('    ')) {
      const frame: StackFrame | null = goroutines > 0 && name !== null ? parseGoFrame(name, line) : null;
      if (frame !== null && open !== null) addFrame(open, frame);
      name = null;
    } else if (goroutines > 0) name = line.trim() === '' ? null : line.trim();
    else if (open !== null && line !== '' && !line.startsWith('[signal ')) open.message.push(line);
  }
  return withFramesOnLast(exceptions).map(closeException);
}

/** `http: panic serving 127.0.0.1:5000: message`. */
function afterAddress(line: string): string {
  const address = line.indexOf(SERVING) + SERVING.length;
  const colon = line.indexOf(': ', address);
  return colon === -1 ? '' : line.slice(colon + 2);
}

/** Panics that panicked again are listed oldest first; all share the one stack, and the last one was fatal. */
function withFramesOnLast(exceptions: OpenException[]): OpenException[] {
  const reversed = exceptions.reverse();
  reversed.forEach((exception, index) => {
    exception.relation = index === 0 ? null : 'context';
  });
  return reversed;
}

function withoutRecovered(message: string): string {
  const at = message.lastIndexOf(' [recovered');
  return at === -1 ? message : message.slice(0, at);
}

function isGoroutine(line: string): boolean {
  return line.startsWith('goroutine ') && line.endsWith(']:');
}

function addFrame(open: OpenException, frame: StackFrame): void {
  if (frame.function === 'panic' && open.frames.length > 0) open.frames = [];
  if (frame.function === 'panic' || frame.function === 'runtime/debug.Stack') return;
  open.frames.push(frame);
}

/** `name` is the line before: `pkg.(*T).Method(0x1, 0x2)` or `created by pkg.f in goroutine 1`. */
export function parseGoFrame(name: string, line: string): StackFrame | null {
  const place = line.trim().split(' ', 1)[0] ?? '';
  const number = digitsBefore(place, place.length);
  if (number === null || place[number.start - 1] !== ':') return null;
  const file = place.slice(0, number.start - 1);
  if (!file.includes('.')) return null;
  const creator = name.startsWith('created by ');
  return {
    function: creator ? (name.slice(11).split(' in goroutine ', 1)[0] ?? null) : withoutArguments(name),
    file,
    line: positiveOrNull(number.value),
    column: null,
    kind: creator ? 'async' : kindOfGo(name, file),
  };
}

/** The arguments are the last parenthesised group; a method's receiver `(*T)` is not. */
function withoutArguments(name: string): string {
  if (!name.endsWith(')')) return name;
  let depth = 0;
  for (let at = name.length - 1; at > 0; at -= 1) {
    if (name[at] === ')') depth += 1;
    else if (name[at] === '(') depth -= 1;
    if (depth === 0) return name.slice(0, at);
  }
  return name;
}

function kindOfGo(name: string, file: string): FrameKind {
  const kind = kindOfFile(file);
  if (kind !== 'app') return kind;
  return name.startsWith('runtime.') || name.startsWith('runtime/') ? 'runtime' : 'app';
}
