import { type OpenException, openException } from './exceptions';
import { identifierAt } from './text';

const UNHANDLED = ['Unhandled exception:', 'Unhandled Exception: '];
/** How Flutter introduces the error that it caught; the error's own words follow. */
const THROWN = ' was thrown';
/** Errors whose words do not begin with their name. */
const WORDINGS: readonly (readonly [string, string])[] = [
  ['Bad state: ', 'StateError'],
  ['Unsupported operation: ', 'UnsupportedError'],
  ['UnimplementedError', 'UnimplementedError'],
  ['Invalid argument', 'ArgumentError'],
  ['Concurrent modification during iteration', 'ConcurrentModificationError'],
  ['Null check operator used on a null value', 'TypeError'],
  ['Stack Overflow', 'StackOverflowError'],
  ['Out of Memory', 'OutOfMemoryError'],
  ['LateInitializationError', 'LateInitializationError'],
  ['type ', 'TypeError'],
];

/** `E/flutter ( 1234): `, `11-21 02:03:43.123  1234  1234 E flutter : `: what Android's log puts before a line. */
export function withoutLogcat(line: string): string {
  const at = line.indexOf('flutter');
  if (at === -1 || at > 60) return line;
  const end = at + 7;
  const colon = line.indexOf(':', end);
  const between = colon === -1 ? '' : line.slice(end, colon).trim();
  const isProcess = between === '' || (between.startsWith('(') && between.endsWith(')'));
  if (colon === -1 || !isProcess || !(line[at - 1] === '/' || line[at - 1] === ' ')) return line;
  return line[colon + 1] === ' ' ? line.slice(colon + 2) : line.slice(colon + 1);
}

/** The error that the lines above a trace tell of; null when they tell of none. */
export function readDartError(above: readonly string[]): OpenException | null {
  const unhandled = above.findLastIndex((line) => UNHANDLED.some((words) => line.includes(words)));
  if (unhandled !== -1) return errorIn([afterUnhandled(above[unhandled] ?? ''), ...above.slice(unhandled + 1)]);
  const thrown = above.findLastIndex((line) => line.startsWith('The following ') && line.includes(THROWN));
  if (thrown !== -1) return thrownBy(above[thrown] ?? '', above.slice(thrown + 1));
  const named = above.findLastIndex((line) => typeOf(line.trim()) !== null);
  return named === -1 ? null : errorIn(above.slice(named));
}

function afterUnhandled(line: string): string {
  const words = UNHANDLED.find((each) => line.includes(each)) ?? '';
  return line.slice(line.indexOf(words) + words.length);
}

/** `The following _TypeError was thrown building Cart(dirty):`, then the message up to an empty line. */
function thrownBy(line: string, following: readonly string[]): OpenException {
  const type = line.slice('The following '.length, line.indexOf(THROWN));
  const end = following.findIndex((each) => each.trim() === '');
  return { ...openException(type.trim(), '', null), message: end === -1 ? [...following] : following.slice(0, end) };
}

function errorIn(lines: readonly string[]): OpenException | null {
  const from = lines.findIndex((line) => line.trim() !== '');
  const first = lines[from]?.trim();
  if (first === undefined) return null;
  const type = typeOf(first) ?? 'Error';
  const message = first.startsWith(`${type}: `) ? first.slice(type.length + 2) : first;
  return { ...openException(type, '', null), message: [message, ...lines.slice(from + 1)] };
}

function typeOf(text: string): string | null {
  const name = identifierAt(text, 0);
  const isError = name.endsWith('Error') || name.endsWith('Exception');
  if (isError && (text.length === name.length || text.startsWith(': ', name.length) || text.startsWith(' (', name.length))) return name;
  if (text.startsWith("Instance of '") && text.endsWith("'")) return text.slice(13, -1);
  return WORDINGS.find(([words]) => text.startsWith(words))?.[1] ?? null;
}
