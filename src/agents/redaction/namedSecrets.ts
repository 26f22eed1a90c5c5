import { type Conceal, isPlaceholder } from './placeholders';
import { kindOfName, type NameKind } from './secretNames';
import { isEmptyValue, isMixed, isRandom } from './secretValues';

/** What stands between a name and its value, with the quotes and brackets around them; `>` is for XML. */
const BETWEEN =
  /\\{0,3}["'`]?\]?[ \t]{0,8}(?::=|=>|!?={1,3}|:[ \t]{0,4}(?:str|string|String)[ \t]{0,4}=|:(?!:|\/\/)|>)[ \t]{0,8}|(?<=(?<![\w-])--?[A-Za-z][\w-]{2,60})[ \t]{1,4}(?=[^\s-])/g;
const NAME_CHARACTER = /[\w$.-]/;
const LONGEST_NAME = 100;
/** Characters of a list or of a value that are looked at. */
const MAX_LOOKED_AT = 4096;
const TWO_WORDS = /(?:api|app|access|secret|private|auth|signing|encryption|account|session)[ ]$/i;
const SCHEME = /(?:bearer|basic|token|apikey|digest|negotiate)[ \t]{1,4}/iy;
/** After `,`, `;` or `&`: the next pair begins here, so that the separator is none of the value's characters. */
const NEXT_PAIR = /[\s"'`\\]|$|[\w .-]{1,40}[=:]/y;

/** A name and its value as two fields, as in lists of variables and of headers. */
const FIELDS =
  /\b(?:name|key)\\{0,3}["']?[ \t]{0,8}[:=]\s{0,8}\\{0,3}["']?([\w$.-]{2,100})\\{0,3}["']?(?:,|\\n)?\s{0,80}\\{0,3}["']?value\\{0,3}["']?[ \t]{0,8}[:=][ \t]{0,8}/gi;

/** Values behind names such as `password`, `DD_API_KEY` or `Authorization`, in assignments, JSON, YAML, XML, headers and command lines. */
export function concealNamed(text: string, conceal: Conceal): string {
  const inFields = concealEach(text, FIELDS, ([, name = '']) => name, conceal);
  return concealEach(inFields, BETWEEN, (found) => nameBefore(found.input, found.index, found[0].trim() === '>'), conceal);
}

/** Conceals the value behind each match of a pattern, where the name that belongs to it is that of a secret. */
function concealEach(text: string, pattern: RegExp, nameOf: (found: RegExpExecArray) => string, conceal: Conceal): string {
  const parts: string[] = [];
  const ends = endsIn(text);
  let done = 0;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const name = nameOf(found);
    const kind = name === '' ? 'none' : kindOfName(name);
    if (kind === 'none') continue;
    const [from, to] = valueAt(text, found.index + found[0].length, kind, ends);
    const value = text.slice(from, to);
    if (!isSecret(value, kind, name) || isCall(value, found[0])) continue;
    parts.push(text.slice(done, from), conceal('SECRET', value));
    done = to;
    pattern.lastIndex = to;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(done);
}

/** The identifier that ends at `end`, or two words such as `api key`; of XML only the name of an element. */
function nameBefore(text: string, end: number, isXml: boolean): string {
  const nameEnd = /[?!]/.test(text.charAt(end - 1)) ? end - 1 : end;
  let from = nameEnd;
  while (from > 0 && nameEnd - from < LONGEST_NAME && NAME_CHARACTER.test(text.charAt(from - 1))) from--;
  if (isXml && (text.charAt(from - 1) !== '<' || isPlaceholder(text.slice(from - 1, end + 1)))) return '';
  const lead = TWO_WORDS.exec(text.slice(Math.max(0, from - 12), from))?.[0] ?? '';
  return (lead + text.slice(from, nameEnd)).replace(/^[-.]+/, '');
}

/** Bounds of the value that begins at `from`, without quotes and the scheme of a header. */
function valueAt(text: string, from: number, kind: NameKind, ends: Ends): readonly [number, number] {
  const quote = /\\{0,3}(["'`])/y;
  quote.lastIndex = from;
  const opened = quote.exec(text);
  const begin = skipScheme(text, opened === null ? from : quote.lastIndex);
  if (opened !== null) return [begin, closing(text, begin, opened[0])];
  if (kind !== 'weak' && text.charAt(begin) === '[') return [begin + 1, listEnd(text, begin + 1, kind)];
  if (kind === 'header') return [begin, ends.line(begin)];
  return [begin, ends.unquoted(begin)];
}

interface Ends {
  line(from: number): number;
  unquoted(from: number): number;
}

/** Many names may stand in what would be one value (`token=token=…`): its end is looked for once. */
function endsIn(text: string): Ends {
  const once = (find: (text: string, from: number) => number) => {
    let [first, end] = [0, -1];
    return (from: number) => {
      if (from < first || from > end) [first, end] = [from, find(text, from)];
      return end;
    };
  };
  return { line: once(lineEnd), unquoted: once(unquotedEnd) };
}

/** A list of secrets is one; what has no end nearby is none, but one of cookies that was cut goes to the end of the line. */
function listEnd(text: string, from: number, kind: NameKind): number {
  const end = text.slice(from, from + MAX_LOOKED_AT).indexOf(']');
  if (end >= 0) return from + end;
  if (kind !== 'header') return from;
  const line = text.indexOf('\n', from);
  return line < 0 ? text.length : line;
}

function skipScheme(text: string, at: number): number {
  SCHEME.lastIndex = at;
  return SCHEME.test(text) ? SCHEME.lastIndex : at;
}

/** Where a quoted value ends: at the same quote with the same escapes, or at the end of the line. */
function closing(text: string, from: number, quote: string): number {
  const mark = quote.at(-1);
  const escapes = quote.length - 1;
  let slashes = 0;
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === mark && slashes <= escapes) return at - slashes;
    if (character === '\n') return at;
    slashes = character === '\\' ? slashes + 1 : 0;
  }
  return text.length;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/["'`\r\n]/.test(text.charAt(at)) && !isEscapedBreak(text, at)) at++;
  return at;
}

const isEscapedBreak = (text: string, at: number) => text.charAt(at) === '\\' && /[nrt"']/.test(text.charAt(at + 1));

function unquotedEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsValue(text, at)) at++;
  while (at > from && /[)\]},;.]/.test(text.charAt(at - 1))) at--;
  return at;
}

function endsValue(text: string, at: number): boolean {
  const character = text.charAt(at);
  if (/[\s"'`]/.test(character)) return true;
  if (character === '<') return text.charAt(at + 1) === '/';
  if (character === '\\') return isEscapedBreak(text, at);
  if (character !== ',' && character !== ';' && character !== '&') return false;
  NEXT_PAIR.lastIndex = at + 1;
  return NEXT_PAIR.test(text);
}

/** `password = getPassword(user)` is code; `password=ab(1` need not be. */
const isCall = (value: string, between: string) => /^ .* $/.test(between) && /^[A-Za-z_$][\w$.]{0,100}\(/.test(value);

/** `token=Token{69a4316` is how objects are logged. */
const LOGGED_OBJECT = /^[A-Z][A-Za-z]{0,60}\{/;

function isSecret(value: string, kind: NameKind, name: string): boolean {
  if (isPlaceholder(value) || isEmptyValue(value) || !/[\p{L}\p{N}]/u.test(value)) return false;
  if (kind === 'weak') {
    if (LOGGED_OBJECT.test(value)) return false;
    const start = value.slice(0, MAX_LOOKED_AT);
    return isMixed(start, /tokens?$|session|jwt|auth/i.test(name) ? 8 : 20) && (isRandom(start) || start.length < 16);
  }
  // `pass: 12, fail: 0` is the result of a test run.
  return !(/^pass$/i.test(name) && /^\d{1,5}$/.test(value));
}
