import { classOf, DIGIT, isDigit, isHexDigit, isTrailing, LETTER, SEPARATOR, SPACE } from './characters';
import { settleTokens } from './settleTokens';
import { MARK, MAX_TOKENS, NAMED, Tokens, VALUE, WORD } from './tokens';
import { colonHexEnd, hasName, isHost, isLetterHex } from './valueShapes';
import { TRUTH_VALUES, UNITS } from './vocabulary';

const EQUALS = 61;
const COLON = 58;
const COMMA = 44;
const CLOSE = 41;
const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const BACKSLASH = 92;
const DOT = 46;
const AT = 64;
const QUOTE = 39;

const HAS_DIGIT = 1;
const HAS_AT = 2;
const HAS_DOT = 4;
const HAS_BACKSLASH = 8;
const LONGEST_TRUTH_VALUE = 9;

/**
 * Cuts messages into words, values and separators in one pass, without making garbage: the result is good until the next call. Numbers,
 * ids, times, addresses and paths become values.
 */
export class LineScanner {
  readonly #tokens = new Tokens();
  readonly #codes = this.#tokens.codes;

  scan(text: string): Tokens {
    const tokens = this.#tokens;
    const codes = this.#codes;
    tokens.load(text);
    let at = 0;
    while (at < tokens.length && tokens.count < MAX_TOKENS - 2) {
      const code = codes[at] ?? 0;
      const kind = classOf(code);
      if (kind === SPACE) at++;
      else if (kind === SEPARATOR) at = this.#separator(at, code);
      else at = this.#token(at, code);
    }
    settleTokens(tokens);
    return tokens;
  }

  #separator(at: number, code: number): number {
    const next = this.#codes[at + 1] ?? 0;
    if (code === LESS && isDigit(next)) return this.#quantity(at);
    this.#tokens.push(at, at + 1, MARK);
    if (this.#holdsNothing(at, code, next)) this.#tokens.push(at + 1, at + 1, VALUE);
    return at + 1;
  }

  /** `key=` without a value, and `()`: the place is there though nothing stands in it. */
  #holdsNothing(at: number, code: number, next: number): boolean {
    if (code === EQUALS) return at > 0 && classOf(this.#codes[at - 1] ?? 0) >= DIGIT && isValueEnd(next);
    return (code === 40 && next === CLOSE) || (code === 91 && next === 93) || (code === 123 && next === 125);
  }

  /** `<1 sec`: less than a unit is a quantity as any other. `<1>` is a number in brackets. */
  #quantity(at: number): number {
    const codes = this.#codes;
    let end = at + 1;
    while (isDigit(codes[end] ?? 0) || codes[end] === DOT) end++;
    const unit = codes[end] === 32 ? end + 1 : end;
    let last = unit;
    while (classOf(codes[last] ?? 0) === LETTER) last++;
    if (codes[last] === GREATER) {
      this.#tokens.push(at, at + 1, MARK);
      return at + 1;
    }
    const whole = UNITS.has(this.#tokens.text.slice(unit, last)) ? last : end;
    this.#tokens.push(at, whole, VALUE);
    return whole;
  }

  #token(at: number, code: number): number {
    const codes = this.#codes;
    if (code === SLASH && classOf(codes[at + 1] ?? 0) >= DIGIT) return this.#path(at);
    if (isHexDigit(code)) {
      const end = colonHexEnd(codes, at);
      if (end > at) {
        this.#tokens.push(at, end, VALUE);
        return end;
      }
    }
    let end = at;
    let flags = 0;
    for (let next = code; ; next = codes[end] ?? 0) {
      const kind = classOf(next);
      if (kind <= SEPARATOR) break;
      if (kind === DIGIT) flags |= HAS_DIGIT;
      else if (kind !== LETTER) {
        if (next === DOT) {
          if (end > at && codes[end + 1] === DOT) break;
          flags |= HAS_DOT;
        } else if (next === AT) flags |= HAS_AT;
        else if (next === BACKSLASH) flags |= HAS_BACKSLASH;
      }
      end++;
    }
    return this.#ended(at, end, flags);
  }

  #ended(at: number, end: number, flags: number): number {
    const codes = this.#codes;
    if (codes[end] === COLON && codes[end + 1] === SLASH && codes[end + 2] === SLASH) return this.#url(at, end);
    if (codes[end] === COLON && codes[end + 1] === BACKSLASH && end - at === 1) return this.#path(at);
    this.#classify(at, end, flags);
    // Runs of dots lead the eye, as in `enabled.......1`.
    let next = end;
    while (codes[next] === DOT) next++;
    return next;
  }

  #url(at: number, colon: number): number {
    const codes = this.#codes;
    let end = colon + 3;
    while (!isUrlEnd(codes[end] ?? 0)) end++;
    while (end > colon + 3 && (isTrailing(codes[end - 1] ?? 0) || classOf(codes[end - 1] ?? 0) === SEPARATOR)) end--;
    this.#tokens.push(at, end, VALUE);
    while (isTrailing(codes[end] ?? 0)) end++;
    return end;
  }

  #path(at: number): number {
    const codes = this.#codes;
    let end = at + (codes[at + 1] === COLON ? 2 : 1);
    while (classOf(codes[end] ?? 0) > SEPARATOR && codes[end] !== QUOTE) end++;
    let last = end;
    while (last > at + 1 && isTrailing(codes[last - 1] ?? 0)) last--;
    this.#tokens.push(at, last, VALUE);
    return end;
  }

  #classify(from: number, to: number, flags: number): void {
    const codes = this.#codes;
    let start = from;
    let end = to;
    while (end > start + 1 && isTrailing(codes[end - 1] ?? 0)) end--;
    while (start < end - 1 && codes[start] === QUOTE) start++;
    this.#tokens.push(start, end, flags & HAS_DIGIT ? this.#kindWithDigit(start, end, flags) : this.#kindOfWord(start, end, flags));
  }

  #kindWithDigit(start: number, end: number, flags: number): number {
    if (!hasName(this.#codes, start, end)) return VALUE;
    return flags & HAS_DOT && isHost(this.#tokens.text, this.#codes, start, end) ? VALUE : NAMED;
  }

  #kindOfWord(start: number, end: number, flags: number): number {
    const { text } = this.#tokens;
    if (flags & HAS_AT && end - start > 2) return VALUE;
    if (flags & HAS_BACKSLASH && end - start > 3) return VALUE;
    if (flags & HAS_DOT && isHost(text, this.#codes, start, end)) return VALUE;
    if (flags === 0 && isLetterHex(this.#codes, start, end)) return VALUE;
    return end - start <= LONGEST_TRUTH_VALUE && this.#isAfterEquals() && TRUTH_VALUES.has(text.slice(start, end)) ? VALUE : WORD;
  }

  #isAfterEquals(): boolean {
    const tokens = this.#tokens;
    const last = tokens.count - 1;
    if (last < 0) return false;
    const start = tokens.starts[last] ?? 0;
    if (tokens.kinds[last] === VALUE) return start === tokens.ends[last] && this.#codes[start - 1] === EQUALS;
    return tokens.kinds[last] === MARK && this.#codes[start] === EQUALS;
  }
}

/** What may follow `key=` for its value to be absent. */
const isValueEnd = (code: number) =>
  classOf(code) === SPACE || code === COMMA || code === 59 || code === CLOSE || code === 93 || code === 125;

const isUrlEnd = (code: number) =>
  classOf(code) === SPACE ||
  code === 34 ||
  code === QUOTE ||
  code === LESS ||
  code === GREATER ||
  code === CLOSE ||
  code === 93 ||
  code === 125 ||
  code === COMMA;
