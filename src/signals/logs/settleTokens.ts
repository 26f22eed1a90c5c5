import { isUpper } from './characters';
import { MARK, NAMED, type Tokens, VALUE, WORD } from './tokens';
import { MONTHS, UNITS, WEEKDAYS, ZONES } from './vocabulary';

const STAR = 42;
const COLON = 58;
const COMMA = 44;
const OPEN = 40;
const CLOSE = 41;
const LONGEST_WORD = 9;
const LONGEST_REMARK = 8;

/** First characters of the words that may be absorbed; hardly any other word begins with one, and looking them up costs. */
const INITIALS = new Set([...MONTHS, ...WEEKDAYS, ...ZONES, ...UNITS, '*'].map((word) => word.charCodeAt(0)));

/** What needs a look at the neighbours: dates and units become part of values, lists of values become one. */
export function settleTokens(tokens: Tokens): void {
  absorbWords(tokens);
  compact(tokens);
}

/** Names of days and months before numbers, zones behind a time of day, units behind a quantity and asterisks in the place of a number belong to the value. */
function absorbWords(tokens: Tokens): void {
  const { kinds, starts, ends, count } = tokens;
  for (let at = count - 1; at >= 0; at--) {
    if (kinds[at] !== WORD || (ends[at] ?? 0) - (starts[at] ?? 0) > LONGEST_WORD) continue;
    const isBehind = at > 0 && kinds[at - 1] === VALUE;
    const isBefore = at + 1 < count && kinds[at + 1] === VALUE && isUpper(tokens.codeAt(at));
    if ((!isBehind && !isBefore) || !INITIALS.has(tokens.codeAt(at))) continue;
    const word = tokens.wordAt(at);
    if (isBehind && tokens.codeAt(at) === STAR && /^\*+$/.test(word)) kinds[at] = VALUE;
    if (isBefore && (MONTHS.has(word) || WEEKDAYS.has(word))) kinds[at] = VALUE;
    else if (isBehind && (UNITS.has(word) || (ZONES.has(word) && isClock(tokens, at - 1)))) kinds[at] = VALUE;
  }
}

/** Whether a value is a time of day, or a fraction of a second behind one: `13:48:39,308`. */
function isClock(tokens: Tokens, at: number): boolean {
  return tokens.wordAt(at).includes(':') || (at > 1 && tokens.kinds[at - 1] === MARK && tokens.wordAt(at - 2).includes(':'));
}

/** Lists of values count as one; a remark in brackets that holds nothing but values, or nothing, goes. */
function compact(tokens: Tokens): void {
  const { kinds, starts, ends, count, codes } = tokens;
  let kept = 0;
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? WORD;
    const start = starts[at] ?? 0;
    if (kind === VALUE && kept > 0) {
      const items = itemsBefore(tokens, kept);
      if (items > 0) {
        kept -= items - 1;
        ends[kept - 1] = ends[at] ?? 0;
        continue;
      }
    }
    if (kind === MARK && kept > 0 && codes[start] === OPEN && codes[start - 1] === 32) {
      const close = remarkEnd(tokens, at);
      if (close > at) {
        at = close;
        continue;
      }
    }
    starts[kept] = start;
    ends[kept] = ends[at] ?? 0;
    kinds[kept++] = kind;
  }
  tokens.count = kept;
}

/** How many of the kept tokens make a list with the value that follows: the value before it, or that and a comma or colon; 0 for none. */
function itemsBefore({ kinds, starts, codes }: Tokens, kept: number): number {
  if (kinds[kept - 1] === VALUE) return 1;
  if (kept < 2 || kinds[kept - 1] !== MARK || kinds[kept - 2] !== VALUE) return 0;
  const mark = codes[starts[kept - 1] ?? 0];
  return mark === COMMA || mark === COLON ? 2 : 0;
}

/** The closing bracket of a remark without words, or -1. */
function remarkEnd(tokens: Tokens, open: number): number {
  const most = Math.min(tokens.count, open + LONGEST_REMARK);
  for (let at = open + 1; at < most; at++) {
    const kind = tokens.kinds[at];
    const code = tokens.codeAt(at);
    if (kind === MARK && code === CLOSE) return at;
    if (kind === NAMED || (kind === MARK && code !== COLON && code !== COMMA)) return -1;
    if (kind === WORD && !UNITS.has(tokens.wordAt(at))) return -1;
  }
  return -1;
}
