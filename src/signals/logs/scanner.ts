import { classOf, DIGIT, isBoundary, isDigit, isHexDigit, isUpper, LETTER, SEPARATOR, SPACE } from './characters';
import { HOST_ENDINGS, MONTHS, REVERSED_STARTS, TRUTH_VALUES, UNITS, WEEKDAYS, ZONES } from './vocabulary';

/** Kinds of tokens. */
export const WORD = 0;
/** Stands for anything: a number, an address, a path, a time. */
export const VALUE = 1;
export const MARK = 2;
/** A word that carries a number, such as `blk_4711`; its letters are kept. */
export const NAMED = 3;

/** Longer messages are read up to here. */
export const MAX_MESSAGE = 4000;
const MAX_TOKENS = 256;
const SHORTEST_HEX = 6;

const EQUALS = 61;
const COLON = 58;
const COMMA = 44;
const OPEN = 40;
const CLOSE = 41;
const LESS = 60;
const SLASH = 47;
const BACKSLASH = 92;
const DOT = 46;
const AT = 64;
const QUOTE = 39;
const MINUS = 45;

/**
 * Cuts a message into words, values and separators in one pass, without allocating: results lie in `starts`, `ends` and `kinds` until
 * the next call. Numbers, ids, times, addresses and paths become values.
 */
export class LineScanner {
  readonly starts = new Int32Array(MAX_TOKENS);
  readonly ends = new Int32Array(MAX_TOKENS);
  readonly kinds = new Uint8Array(MAX_TOKENS);
  count = 0;
  #text = '';
  #end = 0;

  scan(text: string): void {
    this.#text = text;
    this.#end = Math.min(text.length, MAX_MESSAGE);
    this.count = 0;
    let at = 0;
    while (at < this.#end && this.count < MAX_TOKENS - 2) {
      const code = text.charCodeAt(at);
      const kind = classOf(code);
      if (kind === SPACE) at++;
      else if (kind === SEPARATOR) at = this.#separator(at, code);
      else at = this.#token(at, code);
    }
    this.#context();
    this.#compact();
  }

  #code(at: number): number {
    return at < this.#end ? this.#text.charCodeAt(at) : Number.NaN;
  }

  #push(start: number, end: number, kind: number): void {
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.kinds[this.count++] = kind;
  }

  #separator(at: number, code: number): number {
    const next = this.#code(at + 1);
    if (code === LESS && isDigit(next)) return this.#quantity(at);
    this.#push(at, at + 1, MARK);
    if (this.#holdsNothing(at, code, next)) this.#push(at + 1, at + 1, VALUE);
    return at + 1;
  }

  /** `key=` without a value, and `()`: the place is there though nothing stands in it. */
  #holdsNothing(at: number, code: number, next: number): boolean {
    if (code === EQUALS) return at > 0 && classOf(this.#code(at - 1)) >= DIGIT && isBoundary(next) && isValueEnd(next);
    return (code === OPEN && next === CLOSE) || (code === 91 && next === 93) || (code === 123 && next === 125);
  }

  /** `<1 sec`: less than a unit is a quantity as any other. */
  #quantity(at: number): number {
    let end = at + 1;
    while (end < this.#end && (isDigit(this.#code(end)) || this.#code(end) === DOT)) end++;
    let last = end;
    if (this.#code(last) === 32) last++;
    const from = last;
    while (classOf(this.#code(last)) === LETTER) last++;
    if (last < this.#end && this.#code(last) === 62) {
      this.#push(at, at + 1, MARK);
      return at + 1;
    }
    this.#push(at, UNITS.has(this.#text.slice(from, last)) ? last : end, VALUE);
    return UNITS.has(this.#text.slice(from, last)) ? last : end;
  }

  #token(at: number, code: number): number {
    if (code === SLASH && classOf(this.#code(at + 1)) >= DIGIT) return this.#path(at);
    if (isHexDigit(code)) {
      const end = this.#colonHex(at);
      if (end > at) return end;
    }
    let end = at;
    let flags = 0;
    for (let next = code; ; next = this.#text.charCodeAt(end)) {
      const kind = classOf(next);
      if (kind <= SEPARATOR) break;
      if (kind === DIGIT) flags |= 1;
      else if (next === AT) flags |= 2;
      else if (next === DOT) {
        if (end > at && this.#code(end + 1) === DOT) break;
        flags |= 4;
      } else if (next === BACKSLASH) flags |= 8;
      else if (next === SLASH) flags |= 16;
      if (++end >= this.#end) break;
    }
    const next = this.#code(end);
    if (next === COLON && this.#code(end + 1) === SLASH && this.#code(end + 2) === SLASH) return this.#url(at, end);
    if (next === COLON && this.#code(end + 1) === BACKSLASH && end - at === 1) return this.#path(at);
    if (next === DOT) {
      this.#classify(at, end, flags);
      return this.#dots(end);
    }
    this.#classify(at, end, flags);
    return end;
  }

  /** Runs of dots lead the eye, as in `enabled.......1`. */
  #dots(at: number): number {
    let end = at;
    while (this.#code(end) === DOT) end++;
    return end;
  }

  #url(at: number, colon: number): number {
    let end = colon + 3;
    while (end < this.#end && !isUrlEnd(this.#text.charCodeAt(end))) end++;
    while (end > colon + 3 && (isTrailing(this.#text.charCodeAt(end - 1)) || classOf(this.#text.charCodeAt(end - 1)) === SEPARATOR)) end--;
    this.#push(at, end, VALUE);
    return end;
  }

  #path(at: number): number {
    let end = at + (this.#code(at + 1) === COLON ? 2 : 1);
    while (end < this.#end) {
      const code = this.#text.charCodeAt(end);
      if (classOf(code) <= SEPARATOR || code === QUOTE) break;
      end++;
    }
    let last = end;
    while (last > at + 1 && isTrailing(this.#text.charCodeAt(last - 1))) last--;
    this.#push(at, last, VALUE);
    return end;
  }

  /** Hardware and IPv6 addresses and times of day: digits of base 16 between colons. Returns `at` where there is none. */
  #colonHex(at: number): number {
    let end = at;
    let colons = 0;
    let digits = 0;
    while (end < this.#end) {
      const code = this.#text.charCodeAt(end);
      if (code === COLON) colons++;
      else if (isDigit(code)) digits++;
      else if (!isHexDigit(code) && code !== DOT) break;
      end++;
    }
    while (end > at && (this.#code(end - 1) === COLON || this.#code(end - 1) === DOT) && this.#code(end - 2) !== COLON) {
      if (this.#code(--end) === COLON) colons--;
    }
    const next = this.#code(end);
    if (colons < 2 || digits === 0 || classOf(next) === LETTER) return at;
    this.#push(at, end, VALUE);
    return end;
  }

  #classify(from: number, to: number, flags: number): void {
    let start = from;
    let end = to;
    while (end > start + 1 && isTrailing(this.#text.charCodeAt(end - 1))) end--;
    while (start < end - 1 && this.#text.charCodeAt(start) === QUOTE) start++;
    if (flags & 1) this.#push(start, end, this.#hasName(start, end) && !(flags & 4 && this.#isHost(start, end)) ? NAMED : VALUE);
    else this.#push(start, end, this.#isValue(start, end, flags) ? VALUE : WORD);
  }

  /** Whether a token with digits starts with letters worth keeping, as `node-12` does and `3a` and `e7f0` do not. */
  #hasName(start: number, end: number): boolean {
    let at = start;
    while (at < end && classOf(this.#text.charCodeAt(at)) === LETTER) at++;
    if (at - start < 2) return false;
    if (this.#isHexId(start, end)) return false;
    const next = this.#text.charCodeAt(at);
    if (next === 95 || next === MINUS || next === 35 || next === 126 || next === DOT || next === SLASH) return true;
    if (!isDigit(next)) return false;
    while (at < end && isDigit(this.#text.charCodeAt(at))) at++;
    return at === end || classOf(this.#text.charCodeAt(at)) !== LETTER;
  }

  /** Whether the letters and digits it starts with are an id of base 16, as in `de80940` and `deadbeef-0012`. */
  #isHexId(start: number, end: number): boolean {
    let at = start;
    while (at < end && isHexDigit(this.#text.charCodeAt(at))) at++;
    return at - start >= SHORTEST_HEX && (at === end || classOf(this.#text.charCodeAt(at)) !== LETTER);
  }

  #isValue(start: number, end: number, flags: number): boolean {
    if (flags & 2 && end - start > 2) return true;
    if (flags & 8 && end - start > 3) return true;
    if (flags & 4 && this.#isHost(start, end)) return true;
    if (flags === 0 && end - start >= 8 && this.#isHex(start, end)) return true;
    return end - start <= 9 && this.#isAfterEquals() && TRUTH_VALUES.has(this.#text.slice(start, end));
  }

  #isAfterEquals(): boolean {
    const last = this.count - 1;
    if (last < 0) return false;
    if (this.kinds[last] === VALUE) return this.starts[last] === this.ends[last] && this.#code((this.starts[last] ?? 0) - 1) === EQUALS;
    return this.kinds[last] === MARK && this.#code(this.starts[last] ?? 0) === EQUALS;
  }

  #isHex(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (!isHexDigit(this.#text.charCodeAt(at))) return false;
    return true;
  }

  /** A dotted name before a port, or one that ends as hosts do. */
  #isHost(start: number, end: number): boolean {
    const name = this.#text.slice(start, end);
    const labels = name.split('.');
    if (labels.length < 2 || labels.includes('')) return false;
    if (this.#code(end) === COLON && isDigit(this.#code(end + 1))) return true;
    return HOST_ENDINGS.has(labels.at(-1) ?? '') && !REVERSED_STARTS.has(labels[0] ?? '') && /^[\w.-]+$/.test(name);
  }

  /** Names of days and months before numbers, zones behind a time of day and units behind a quantity belong to the value. */
  #context(): void {
    for (let at = this.count - 1; at >= 0; at--) {
      const start = this.starts[at] ?? 0;
      const end = this.ends[at] ?? 0;
      if (this.kinds[at] !== WORD || end - start > 9) continue;
      const isBehind = at > 0 && this.kinds[at - 1] === VALUE;
      const isBefore = at + 1 < this.count && this.kinds[at + 1] === VALUE;
      if (!isBehind && !(isBefore && isUpper(this.#code(start)))) continue;
      const word = this.#text.slice(start, end);
      if (isBefore && (MONTHS.has(word) || WEEKDAYS.has(word))) this.kinds[at] = VALUE;
      else if (isBehind && (UNITS.has(word) || (ZONES.has(word) && this.#isClock(at - 1)))) this.kinds[at] = VALUE;
    }
  }

  #isClock(at: number): boolean {
    return this.#text.slice(this.starts[at], this.ends[at]).includes(':');
  }

  /** Lists of values count as one; a remark in brackets that holds nothing but a value, or nothing, goes. */
  #compact(): void {
    let kept = 0;
    for (let at = 0; at < this.count; at++) {
      const start = this.starts[at] ?? 0;
      const kind = this.kinds[at] ?? WORD;
      if (kind === VALUE && kept > 0 && this.kinds[kept - 1] === VALUE) {
        this.ends[kept - 1] = this.ends[at] ?? 0;
        continue;
      }
      if (
        kind === VALUE &&
        kept > 1 &&
        this.kinds[kept - 1] === MARK &&
        this.kinds[kept - 2] === VALUE &&
        isListMark(this.#code(this.starts[kept - 1] ?? 0))
      ) {
        kept--;
        this.ends[kept - 1] = this.ends[at] ?? 0;
        continue;
      }
      if (kind === MARK && this.#code(start) === OPEN && kept > 0 && this.#code(start - 1) === 32) {
        const close = this.#remarkEnd(at);
        if (close > at) {
          at = close;
          continue;
        }
      }
      this.starts[kept] = start;
      this.ends[kept] = this.ends[at] ?? 0;
      this.kinds[kept++] = kind;
    }
    this.count = kept;
  }

  /** The closing bracket of a remark without words, or -1. */
  #remarkEnd(open: number): number {
    for (let at = open + 1; at < Math.min(this.count, open + 8); at++) {
      const kind = this.kinds[at];
      const start = this.starts[at] ?? 0;
      if (kind === MARK && this.#code(start) === CLOSE) return at;
      if (kind === NAMED) return -1;
      if (kind === WORD && !UNITS.has(this.#text.slice(start, this.ends[at]))) return -1;
      if (kind === MARK && this.#code(start) !== COLON && this.#code(start) !== COMMA) return -1;
    }
    return -1;
  }
}

const isListMark = (mark: number) => mark === COMMA || mark === COLON;

/** What may follow `key=` for its value to be absent. */
const isValueEnd = (code: number) =>
  classOf(code) === SPACE || code === COMMA || code === 59 || code === CLOSE || code === 93 || code === 125;

const isTrailing = (code: number) => code === DOT || code === 33 || code === 63 || code === QUOTE || code === 96;

const isUrlEnd = (code: number) =>
  classOf(code) === SPACE ||
  code === 34 ||
  code === QUOTE ||
  code === LESS ||
  code === 62 ||
  code === CLOSE ||
  code === 93 ||
  code === 125 ||
  code === COMMA;
