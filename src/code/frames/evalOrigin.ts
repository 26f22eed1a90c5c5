import type { StackFrame } from '../../domain/frame';
import { type Place, placeOf } from './place';
import { digitsBefore } from './text';

/** The statement in a file that evaluated the code of a frame. */
export interface EvalOrigin extends Place {
  /** Whether evaluated code evaluated the frame's code. */
  readonly isNested: boolean;
}

const V8 = 'eval at ';

/**
 * Reads the origin from the line of an evaluated frame: `at baz (eval at foo (eval at run (/app.js:21:17)), <anonymous>:1:30)`
 * or `baz@/app.js line 26 > eval line 2 > eval:1:30`. Null when the line does not name it.
 */
export function readEvalOrigin(line: string): EvalOrigin | null {
  const inner = line.lastIndexOf(V8);
  if (inner === -1) return readGeckoOrigin(line);
  const open = line.indexOf('(', inner);
  const close = line.indexOf(')', open);
  const place = open === -1 || close === -1 ? null : placeOf(line.slice(open + 1, close));
  return place === null ? null : { ...place, isNested: line.indexOf(V8) !== inner };
}

function readGeckoOrigin(line: string): EvalOrigin | null {
  const end = line.indexOf(' > ');
  const number = end === -1 ? null : digitsBefore(line, end);
  if (number === null || !line.endsWith(' line ', number.start)) return null;
  const file = line.slice(line.indexOf('@') + 1, number.start - 6).trim();
  return { file, line: number.value, column: null, isNested: line.includes(' > ', end + 3) };
}

/**
 * Where evaluated code evaluates more code, lines count in texts that nobody can open, each in another one. All evaluated
 * frames of such a stack name the statement in a file that began it.
 */
export function withOrigins(frames: StackFrame[], origins: ReadonlyMap<StackFrame, EvalOrigin>): StackFrame[] {
  if (!frames.some((frame) => origins.get(frame)?.isNested)) return frames;
  return frames.map((frame) => {
    const origin = origins.get(frame);
    return origin === undefined ? frame : { ...frame, file: origin.file, line: origin.line, column: origin.column };
  });
}
