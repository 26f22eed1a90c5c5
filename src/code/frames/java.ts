import type { StackException, StackFrame } from '../../domain/frame';
import { begin, closeException, type OpenException, openException, type Relation } from './exceptions';
import { kindOfJvmMethod } from './origin';
import { digitsBefore, identifierAt, positiveOrNull, stackLines } from './text';

const MARKERS: readonly (readonly [string, Relation])[] = [
  ['Caused by: ', 'cause'],
  ['Suppressed: ', 'suppressed'],
  ['Wrapped by: ', 'context'],
];

/** Stack traces of Java and Kotlin. Only the file's name is printed; the package stands in the function. */
export function parseJava(text: string): StackException[] {
  const exceptions: OpenException[] = [];
  let open: OpenException | null = null;
  for (const line of stackLines(text)) {
    const frame = parseJavaFrame(line);
    if (frame !== null) {
      open ??= begin(exceptions, openException('Exception', '', null));
      open.frames.push(frame);
      continue;
    }
    const header = readHeader(line, open);
    if (header !== null) open = begin(exceptions, header);
    else if (open !== null && !line.trim().startsWith('... ')) extend(open, line);
  }
  return exceptions.map(closeException);
}

/** A line after frames: more message when frames follow it (those before were text), else noise. */
function extend(open: OpenException, line: string): void {
  if (line.trim() === '') return;
  for (const frame of open.frames) open.message.push(`\tat ${frame.function}(${frame.file}:${frame.line})`);
  open.frames = [];
  open.message.push(line);
}

function readHeader(line: string, open: OpenException | null): OpenException | null {
  const text = line.trim();
  for (const [marker, relation] of MARKERS) {
    if (!text.startsWith(marker)) continue;
    const type = identifierAt(text, marker.length);
    if (type !== '') return openException(type, messageAfter(text, marker.length + type.length), relation);
  }
  if (open !== null && open.frames.length === 0) return null;
  const from = typeStart(text);
  const type = identifierAt(text, from);
  if (!isExceptionName(type)) return null;
  const next = text[from + type.length];
  if (next !== undefined && next !== ':') return null;
  return openException(type, messageAfter(text, from + type.length), open === null ? null : 'context');
}

/** `Exception in thread "main" ` stands before the type when nobody caught it. */
function typeStart(text: string): number {
  if (!text.startsWith('Exception in thread "')) return 0;
  const quote = text.indexOf('" ', 21);
  return quote === -1 ? 0 : quote + 2;
}

function messageAfter(text: string, from: number): string {
  return text.startsWith(': ', from) ? text.slice(from + 2) : '';
}

function isExceptionName(name: string): boolean {
  return name.endsWith('Exception') || name.endsWith('Error') || name.endsWith('Throwable') || (name.includes('.') && isClassName(name));
}

function isClassName(name: string): boolean {
  const initial = name.slice(name.lastIndexOf('.') + 1).charAt(0);
  return initial !== initial.toLowerCase();
}

/** `at [loader/][module@version/]pkg.Class.method(File.java:12)`. */
export function parseJavaFrame(line: string): StackFrame | null {
  const text = line.trim();
  if (!text.startsWith('at ')) return null;
  const open = text.indexOf('(');
  const close = text.indexOf(')', open);
  if (open < 4 || close === -1 || text[open - 1] === ' ') return null;
  const method = text.slice(text.lastIndexOf('/', open) + 1, open).replace(/^at /, '');
  const place = text.slice(open + 1, close);
  if (!method.includes('.') || method.includes(' ') || !isJavaPlace(place)) return null;
  const number = digitsBefore(place, place.length);
  const hasLine = number !== null && place[number.start - 1] === ':';
  const file = hasLine ? place.slice(0, number.start - 1) : place;
  if (file === 'Native Method') return { function: method, file: null, line: null, column: null, kind: 'native' };
  return {
    function: method,
    file: file === 'Unknown Source' ? null : file,
    line: hasLine ? positiveOrNull(number.value) : null,
    column: null,
    kind: kindOfJvmMethod(method),
  };
}

function isJavaPlace(place: string): boolean {
  if (place === 'Native Method' || place === 'Unknown Source') return true;
  const colon = place.indexOf(':');
  const file = colon === -1 ? place : place.slice(0, colon);
  return ['.java', '.kt', '.kts', '.scala', '.groovy'].some((extension) => file.endsWith(extension)) && !file.includes('/');
}
