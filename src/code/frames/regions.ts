/**
 * How many lines without a marker may stand between two lines of one trace, before its first and after its last: messages
 * of many lines, printed source code, objects that are printed with an error.
 */
export const MAX_CONTEXT_LINES = 60;

/** Whole lines of a text, by offsets. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

interface Cursor {
  readonly marker: string;
  next: number;
}

/**
 * The parts of a text that hold one of the markers, with some lines around. Only the markers are searched for, so megabytes
 * of other text cost little.
 */
export function* regionsAround(text: string, markers: readonly string[]): Generator<Region> {
  const cursors = markers.map((marker) => ({ marker, next: find(text, marker, 0) }));
  let start = -1;
  let end = 0;
  for (let at = nearest(cursors); at !== Number.POSITIVE_INFINITY; at = nearest(cursors)) {
    const line = text.lastIndexOf('\n', at) + 1;
    if (start === -1 || !isNear(text, end, line)) {
      if (start !== -1) yield { start, end: linesAfter(text, end) };
      start = linesBefore(text, line, end);
    }
    end = lineEnd(text, at);
    for (const cursor of cursors) if (cursor.next < end) cursor.next = find(text, cursor.marker, end);
  }
  if (start !== -1) yield { start, end: linesAfter(text, end) };
}

function find(text: string, marker: string, from: number): number {
  const at = text.indexOf(marker, from);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}

function nearest(cursors: readonly Cursor[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { next } of cursors) if (next < least) least = next;
  return least;
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}

function isNear(text: string, end: number, line: number): boolean {
  let at = end;
  for (let count = 0; count <= MAX_CONTEXT_LINES && at < line; count += 1) at = lineEnd(text, at + 1);
  return at >= line;
}

/** The end of the last of the lines that may follow a line that ends at `end`. */
function linesAfter(text: string, end: number): number {
  let at = end;
  for (let count = 0; count <= MAX_CONTEXT_LINES && at < text.length; count += 1) at = lineEnd(text, at + 1);
  return at;
}

/** The start of the first of the lines that may precede the line at `start`, none of which begins before `least`. */
function linesBefore(text: string, start: number, least: number): number {
  let at = start;
  for (let count = 0; count < MAX_CONTEXT_LINES && at > least + 1; count += 1) at = text.lastIndexOf('\n', at - 2) + 1;
  return Math.max(at, least === 0 ? 0 : Math.min(start, least + 1));
}
