import type { StackFrame } from '../../domain/frame';
import { type Place, placeOf } from './place';
import { digitsBefore } from './text';

const V8 = 'eval at ';
const GECKO = ' > ';

/**
 * Reads the origin from the line of an evaluated frame: `at baz (eval at foo (eval at run (/app.js:21:17)), <anonymous>:1:30)`
 * or `baz@/app.js line 26 > eval line 2 > eval:1:30`. Null when the line does not name it.
 */
export function readEvalOrigin(line: string): Place | null {
  const inner = line.lastIndexOf(V8);
  if (inner === -1) return readGeckoOrigin(line);
  const open = line.indexOf('(', inner);
  const close = line.indexOf(')', open);
  return open === -1 || close === -1 ? null : placeOf(line.slice(open + 1, close));
}

function readGeckoOrigin(line: string): Place | null {
  const end = line.indexOf(GECKO);
  const number = end === -1 ? null : digitsBefore(line, end);
  if (number === null || !line.endsWith(' line ', number.start)) return null;
  const file = line.slice(line.indexOf('@') + 1, number.start - 6).trim();
  return { file, line: number.value, column: null };
}

/** Whether evaluated code evaluated the code of a frame. */
function isNested(line: string): boolean {
  const word = line.includes(V8) ? V8 : GECKO;
  const first = line.indexOf(word);
  return first !== -1 && line.includes(word, first + word.length);
}

/**
 * Where evaluated code evaluates more code, lines count in texts that nobody can open, each in another one. All evaluated
 * frames of such a stack, whose lines are given, name the statement in a file that began it.
 */
export function withOrigins(frames: StackFrame[], lines: ReadonlyMap<StackFrame, string>): StackFrame[] {
  if (!frames.some((frame) => isNested(lines.get(frame) ?? ''))) return frames;
  return frames.map((frame) => {
    const origin = readEvalOrigin(lines.get(frame) ?? '');
    return origin === null ? frame : { ...frame, file: origin.file, line: origin.line, column: origin.column };
  });
}
