import type { LineRange } from '../domain/ports';
import { indentOf } from './frames/text';

/** A function that is longer is cut to what is near the line. */
const MAX_LINES = 300;

/**
 * The lines of the function of that name around a line: from the nearest line above that has the name and is indented less, to the next
 * one that is not indented more. Null when no such line is near.
 */
export function functionRange(lines: readonly string[], line: number, name: string): LineRange | null {
  const last = name.split(/[.\s#:]+/).at(-1) ?? '';
  if (!/^[\p{L}_$][\p{L}\p{N}_$?!]*$/u.test(last) || lines[line - 1] === undefined) return null;
  const first = headerOf(lines, line, last);
  if (first === null) return null;
  const indent = indentOf(lines[first - 1] ?? '');
  let end = Math.max(first, line);
  while (end < Math.min(lines.length, first + MAX_LINES)) {
    const next = lines[end] ?? '';
    const isClosing = /^\s*[)}\]]|^\s*end\b/.test(next);
    const goesOn = isClosing && /[{:]\s*$/.test(next);
    if (next.trim() !== '' && !goesOn && indentOf(next) <= indent) return { from: first, to: isClosing ? end + 1 : end };
    end += 1;
  }
  return { from: first, to: end };
}

function headerOf(lines: readonly string[], line: number, name: string): number | null {
  let indent = Number.POSITIVE_INFINITY;
  for (let at = line; at >= Math.max(1, line - MAX_LINES); at -= 1) {
    const text = lines[at - 1] ?? '';
    if (text.trim() === '') continue;
    const own = indentOf(text);
    if (own >= indent) continue;
    if (hasWord(text, name)) return at;
    // A signature of several lines closes as far out as it began.
    if (/^\s*[)\]}]/.test(text)) {
      indent = own + 1;
      continue;
    }
    // The line itself may be the only one of its function; those above must be further out.
    indent = own;
    if (own === 0) return null;
  }
  return null;
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!/[\p{L}\p{N}_$]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}_$]/u.test(text[at + word.length] ?? ' ')) return true;
  return false;
}
