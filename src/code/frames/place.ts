import { digitsBefore, positiveOrNull } from './text';

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
}

/** Reads `file:line:column` or `file:line`; null when a text does not end with a line number. */
export function placeOf(text: string): Place | null {
  const last = digitsBefore(text, text.length);
  if (last === null || text[last.start - 1] !== ':') return null;
  const before = digitsBefore(text, last.start - 1);
  const hasColumn = before !== null && text[before.start - 1] === ':';
  const file = text.slice(0, (hasColumn ? before.start : last.start) - 1);
  const line = positiveOrNull(hasColumn ? before.value : last.value);
  if (file === '' || line === null) return null;
  return { file, line, column: hasColumn ? positiveOrNull(last.value) : null };
}
