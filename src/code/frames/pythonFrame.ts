import type { StackFrame } from '../../domain/frame';
import { kindOfFile } from './origin';
import { digitsBefore, positiveOrNull } from './text';

/**
 * Reads `  File "path", line 12, in name`, or `line 12 in name` as faulthandler prints; null for other lines, also for the
 * `File` line of a syntax error, which has no `in` and is no frame.
 */
export function parsePythonFrame(line: string): StackFrame | null {
  const text = line.trimStart();
  if (!text.startsWith('File "')) return null;
  const close = text.indexOf('", line ');
  if (close <= 6) return null;
  const digits = close + 8;
  const end = Math.min(indexOrEnd(text, ',', digits), indexOrEnd(text, ' ', digits));
  const name = text.startsWith(', in ', end) ? end + 5 : text.startsWith(' in ', end) ? end + 4 : -1;
  const number = digitsBefore(text, end);
  if (name === -1 || number === null || number.start !== digits) return null;
  const file = text.slice(6, close);
  const isEvaluated = file.startsWith('<') && !file.startsWith('<frozen ');
  return {
    function: text.slice(name).trim(),
    file,
    line: positiveOrNull(number.value),
    column: null,
    kind: isEvaluated ? 'eval' : kindOfFile(file),
  };
}

function indexOrEnd(text: string, part: string, from: number): number {
  const at = text.indexOf(part, from);
  return at === -1 ? text.length : at;
}
