import { classOf, isDigit, isHexDigit, JOINER, LETTER } from './characters';
import { HOST_ENDINGS, REVERSED_STARTS } from './vocabulary';

const COLON = 58;
const DOT = 46;
const SHORTEST_HEX = 6;
const SHORTEST_HASH = 8;
const SHORTEST_LETTERS_ONLY_HEX = 8;

/**
 * The end of a hardware or IPv6 address or a time of day: digits of base 16 between two colons or more; `at` where there is none.
 */
export function colonHexEnd(codes: Uint16Array, at: number): number {
  let end = at;
  let colons = 0;
  let digits = 0;
  for (let code = codes[end] ?? 0; ; code = codes[end] ?? 0) {
    if (code === COLON) colons++;
    else if (code >= 48 && code <= 57) digits++;
    else if (!isHexDigit(code) && code !== DOT) break;
    end++;
    if (colons === 0 && end - at > 8) return at;
  }
  while (end > at && (codes[end - 1] === COLON || codes[end - 1] === DOT) && codes[end - 2] !== COLON) {
    if (codes[--end] === COLON) colons--;
  }
  return colons < 2 || digits === 0 || classOf(codes[end] ?? 0) === LETTER ? at : end;
}

/** Whether a token with digits starts with letters worth keeping, as `node-12` does and `3a` and `e7f0` do not. */
export function hasName(codes: Uint16Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && classOf(codes[at] ?? 0) === LETTER) at++;
  if (at - start < 2 || isHexId(codes, start, end) || holdsHash(codes, at, end)) return false;
  const next = codes[at] ?? 0;
  // _ - # ~ . /
  if (next === 95 || next === 45 || next === 35 || next === 126 || next === DOT || next === 47) return true;
  if (!isDigit(next)) return false;
  while (at < end && isDigit(codes[at] ?? 0)) at++;
  return at === end || classOf(codes[at] ?? 0) !== LETTER;
}

/** Whether the letters and digits that a token starts with are an id of base 16, as in `de80940` and `deadbeef-0012`. */
function isHexId(codes: Uint16Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && isHexDigit(codes[at] ?? 0)) at++;
  return at - start >= SHORTEST_HEX && (at === end || classOf(codes[at] ?? 0) !== LETTER);
}

/** Whether a part is letters and digits in a mixture, and long: what carries a hash is an id as a whole, as `web-7d9f8b6c5d-x2x4z`. */
function holdsHash(codes: Uint16Array, start: number, end: number): boolean {
  let from = start;
  let changes = 0;
  for (let at = start; at <= end; at++) {
    const kind = at < end ? classOf(codes[at] ?? 0) : JOINER;
    if (kind === JOINER) {
      if (at - from >= SHORTEST_HASH && changes >= 2) return true;
      from = at + 1;
      changes = 0;
    } else if (at > from && kind !== classOf(codes[at - 1] ?? 0)) changes++;
  }
  return false;
}

/** A word of nothing but a to f that is too long to be one. */
export function isLetterHex(codes: Uint16Array, start: number, end: number): boolean {
  if (end - start < SHORTEST_LETTERS_ONLY_HEX) return false;
  for (let at = start; at < end; at++) if (!isHexDigit(codes[at] ?? 0)) return false;
  return true;
}

/** A dotted name before a port, or one that ends as those of hosts do and does not begin as those of packages do. */
export function isHost(text: string, codes: Uint16Array, start: number, end: number): boolean {
  let first = end;
  let last = start;
  for (let at = start; at < end; at++) {
    const code = codes[at] ?? 0;
    if (code === DOT) {
      if (first === end) first = at;
      last = at;
    } else if (code < 45 || code === 47 || code === 92) return false;
  }
  if (first === end || first === start || last === end - 1) return false;
  if (codes[end] === COLON && isDigit(codes[end + 1] ?? 0)) return true;
  return end - last <= 12 && HOST_ENDINGS.has(text.slice(last + 1, end)) && !REVERSED_STARTS.has(text.slice(start, first));
}
