import type { StackFrame } from '../../domain/frame';
import { kindOfFile } from './origin';
import { identifierAt, indentOf, positiveOrNull } from './text';

const LINKED = ' of linked script ';
const INLINE = ' script in ';
const FUNCTION = ': In function ';

/**
 * Reads `Line 31 of linked script http://shop/app.js: In function run` of Opera's old backtraces, which print the line of code
 * below each place; null when the line is no frame.
 */
export function parseOperaFrame(line: string): StackFrame | null {
  const start = indentOf(line);
  if (!line.startsWith('Line ', start)) return null;
  const linked = line.indexOf(LINKED, start);
  const inline = line.indexOf(INLINE, start);
  const from = linked !== -1 ? linked + LINKED.length : inline === -1 ? -1 : inline + INLINE.length;
  const digits = identifierAt(line, start + 5);
  const number = positiveOrNull(Number(digits));
  if (from === -1 || number === null) return null;
  const inFunction = line.indexOf(FUNCTION, from);
  const file = line.slice(from, inFunction === -1 ? line.length : inFunction).trim();
  const name = inFunction === -1 ? '' : line.slice(inFunction + FUNCTION.length).trim();
  return file === '' ? null : { function: name === '' ? null : name, file, line: number, column: null, kind: kindOfFile(file) };
}
