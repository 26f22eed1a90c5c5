import { digitsStart } from './text';

const COLON = 58;

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
}

/** Reads `file:line:column` or `file:line`; null when a text does not end with a line number. */
export function placeOf(text: string): Place | null {
  return placeIn(text, 0, text.length);
}

/** The same for the part of a text from one offset up to another. */
export function placeIn(text: string, from: number, to: number): Place | null {
  const last = digitsStart(text, to);
  if (last === to || last - 1 <= from || text.charCodeAt(last - 1) !== COLON) return null;
  const before = digitsStart(text, last - 1);
  const hasColumn = before < last - 1 && before - 1 > from && text.charCodeAt(before - 1) === COLON;
  const line = hasColumn ? numberIn(text, before, last - 1) : numberIn(text, last, to);
  if (line === 0) return null;
  const column = hasColumn ? numberIn(text, last, to) : 0;
  return { file: text.slice(from, (hasColumn ? before : last) - 1), line, column: column === 0 ? null : column };
}

/** Where the file ends in a text that ends, before `end`, with `file:line:column`; -1 when it does not. */
export function fileEnd(text: string, end: number): number {
  const column = digitsStart(text, end);
  if (column === end || text.charCodeAt(column - 1) !== COLON) return -1;
  const line = digitsStart(text, column - 1);
  return line === column - 1 || text.charCodeAt(line - 1) !== COLON ? -1 : line - 1;
}

/** The value of a run of at most nine digits. */
function numberIn(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}
