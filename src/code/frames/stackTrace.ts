import type { StackException, StackLanguage, StackTrace } from '../../domain/frame';
import { culpritFrameOf } from './culprit';
import type { TraceLine } from './languageParser';

/** How Python begins the frames of an exception, which it names below them. */
const TRACEBACK = 'Traceback (most recent';
/** How far below the last frame the line that names the exception is looked for. */
const MAX_LINES_BELOW = 60;

/** A trace and the index of the first line after it. */
export interface FoundTrace {
  readonly trace: StackTrace;
  readonly next: number;
}

/**
 * Makes traces of what a parser read in lines: each exception without a relation begins one. A trace reaches from its header
 * to its last frame, or to the exception's line where that stands last.
 */
export function tracesOf(language: StackLanguage, exceptions: readonly StackException[], lines: readonly TraceLine[]): FoundTrace[] {
  const found: FoundTrace[] = [];
  let next = 0;
  for (const group of groupsOf(exceptions)) {
    const { first, last } = extentOf(group, lines, next);
    const range = { start: lines[first]?.start ?? 0, end: lines[last]?.end ?? 0 };
    const trace = { language: languageOf(language, group), exceptions: group, culpritFrame: culpritFrameOf(group), range };
    next = last + 1;
    found.push({ trace, next });
  }
  return found;
}

function groupsOf(exceptions: readonly StackException[]): StackException[][] {
  const groups: StackException[][] = [];
  for (const exception of exceptions) {
    if (exception.relation === null || groups.length === 0) groups.push([exception]);
    else groups.at(-1)?.push(exception);
  }
  return groups;
}

/** Kotlin runs on Java's machine and prints the same; its files tell it apart. */
function languageOf(language: StackLanguage, exceptions: readonly StackException[]): StackLanguage {
  if (language !== 'java') return language;
  const frames = exceptions.flatMap((exception) => exception.frames);
  const own = frames.filter(({ kind, file }) => kind === 'app' && file !== null);
  const [first] = own.length > 0 ? own : frames.filter(({ file }) => file !== null);
  return first?.file?.endsWith('.kt') || first?.file?.endsWith('.kts') ? 'kotlin' : 'java';
}

/** The first and the last line of a trace, by index; it begins at or after `from`. */
function extentOf(exceptions: readonly StackException[], lines: readonly TraceLine[], from: number): { first: number; last: number } {
  const [least, most] = frameRange(exceptions);
  if (least === null || most === null) {
    const named = lineNaming(exceptions, lines, from, lines.length);
    return named === -1 ? { first: from, last: Math.max(from, lines.length - 1) } : { first: named, last: named };
  }
  const firstFrame = lineAt(lines, least);
  const lastFrame = lineAt(lines, most - 1);
  const first = headerAbove(exceptions, lines, from, firstFrame);
  const isNamedBelow = first === -1 ? exceptions[0]?.message !== '' : lines[first]?.text.includes(TRACEBACK);
  const below = isNamedBelow ? lineNaming(exceptions, lines, lastFrame + 1, lastFrame + 1 + MAX_LINES_BELOW) : -1;
  return { first: first === -1 ? firstFrame : first, last: Math.max(below, lastFrame) };
}

/** The last line before the frames that names the first exception, or any, or has its message; -1 when there is none. */
function headerAbove(exceptions: readonly StackException[], lines: readonly TraceLine[], from: number, firstFrame: number): number {
  const type = exceptions[0]?.type ?? '';
  for (let at = firstFrame - 1; at >= from; at -= 1) {
    const text = lines[at]?.text ?? '';
    if ((type !== '' && isNamed(text, type)) || text.includes(TRACEBACK)) return at;
  }
  const above = lines.slice(from, firstFrame);
  const named = above.findLastIndex(({ text }) => namesAny(text, exceptions));
  const said = named === -1 ? above.findLastIndex(({ text }) => says(text, exceptions[0])) : named;
  return said === -1 ? -1 : from + said;
}

/** The first of some lines that has the name of one of the exceptions; -1 when none has. */
function lineNaming(exceptions: readonly StackException[], lines: readonly TraceLine[], from: number, to: number): number {
  for (let at = from; at < to && at < lines.length; at += 1) if (namesAny(lines[at]?.text ?? '', exceptions)) return at;
  return -1;
}

function namesAny(text: string, exceptions: readonly StackException[]): boolean {
  return exceptions.some(({ type }) => type !== '' && text.includes(type));
}

/** Whether a line names an exception as headers do, not as code does: `new Failed(`. */
function isNamed(text: string, type: string): boolean {
  const at = text.indexOf(type);
  return at !== -1 && ': [])'.includes(text.charAt(at + type.length));
}

/** Whether a line has the message of an exception, whose name may not be printed. */
function says(text: string, exception: StackException | undefined): boolean {
  const [message = ''] = exception?.message.split('\n', 1) ?? [];
  return message.length > 3 && text.includes(message);
}

/** Where the first frame in the text begins and the last one ends; an exception has its frames in their order or turned round. */
function frameRange(exceptions: readonly StackException[]): readonly [number | null, number | null] {
  let least: number | null = null;
  let most: number | null = null;
  for (const { frames } of exceptions) {
    const one = frames[0]?.range;
    const other = frames.at(-1)?.range;
    if (one === undefined || other === undefined) continue;
    least = Math.min(least ?? one.start, one.start, other.start);
    most = Math.max(most ?? one.end, one.end, other.end);
  }
  return [least, most];
}

/** The index of the line that holds an offset. */
function lineAt(lines: readonly TraceLine[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
