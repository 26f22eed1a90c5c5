import type { StackFrame } from '../../domain/frame';
import { kindOfDotnetMethod } from './dotnetOrigin';
import { placeOf } from './place';
import { digitsBefore, positiveOrNull } from './text';

/** "at" in the languages that .NET Framework speaks; what stands for "in" and "line" is found by its position. */
const AT_WORDS = new Set([
  'at',
  'bei',
  'à',
  'en',
  'in',
  'em',
  'w',
  'в',
  'v',
  'bij',
  'vid',
  'ved',
  '場所',
  '在',
  '於',
  '위치:',
  'konum:',
  'σε',
  'kohteessa',
]);
const MOST_WORD_CHARS = 10;
const MOST_NAME_CHARS = 1_000;

/** A frame of .NET, Mono or Unity. */
export interface DotnetLine {
  readonly frame: StackFrame;
  /** 2 when no other language prints such a line. */
  readonly weight: 1 | 2;
  /** The last frame of a member of an AggregateException has an arrow behind it. */
  readonly endsMember: boolean;
}

interface Place {
  readonly file: string | null;
  readonly line: number | null;
}

const NOWHERE: Place = { file: null, line: null };

/** `at Ns.Type.Method(T a, T b) in FILE:line 12`, also as Mono and Unity print it; null for other lines. */
export function readDotnetLine(whole: string): DotnetLine | null {
  let text = whole.trim();
  const endsMember = text.endsWith('<---');
  if (endsMember) text = text.slice(0, -4).trimEnd();
  const blank = text.indexOf(' ');
  const word = blank > 0 && blank <= MOST_WORD_CHARS ? text.slice(0, blank) : '';
  const isUnity = text.endsWith(')') && text.includes(') (at ');
  if (!AT_WORDS.has(word) && !isUnity) return null;
  const from = AT_WORDS.has(word) ? wrapperEnd(text, blank + 1) : { end: 0, isWrapped: false };
  const parts = partsOf(text, from.end);
  if (parts === null) return null;
  const place = placeAfter(parts.tail, word === 'at' || word === '');
  if (place === null) return null;
  const weight = from.isWrapped ? 2 : weightOf(parts, word, place.file !== null);
  if (weight === 0) return null;
  const kind = from.isWrapped ? 'runtime' : kindOfDotnetMethod(parts.name);
  return { frame: { function: parts.name, file: place.file, line: place.line, column: null, kind }, weight, endsMember };
}

/** Mono names the kind of code it made itself: `(wrapper managed-to-native) `. */
function wrapperEnd(text: string, from: number): { readonly end: number; readonly isWrapped: boolean } {
  const close = text.startsWith('(wrapper ', from) ? text.indexOf(') ', from) : -1;
  return close === -1 ? { end: from, isWrapped: false } : { end: close + 2, isWrapped: true };
}

interface Parts {
  readonly name: string;
  /** What stands between the parentheses. */
  readonly parameters: string;
  /** What follows them. */
  readonly tail: string;
  /** Whether a blank stands before the parentheses, as with Mono. */
  readonly isSpaced: boolean;
}

function partsOf(text: string, from: number): Parts | null {
  const open = text.indexOf('(', from);
  if (open <= from || open - from > MOST_NAME_CHARS) return null;
  const close = closing(text, open);
  if (close === -1) return null;
  const name = text.slice(from, open).trimEnd();
  if (!isMethodName(name)) return null;
  return { name, parameters: text.slice(open + 1, close), tail: text.slice(close + 1).trimEnd(), isSpaced: text[open - 1] === ' ' };
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** Names have no blank but in the arguments of generic types: `Map[K, V].Get`, `Map<K, V>.Get`. */
function isMethodName(name: string): boolean {
  let depth = 0;
  for (const letter of name) {
    if (letter === '[' || letter === '<') depth += 1;
    else if (letter === ']' || letter === '>') depth -= 1;
    else if (letter === '/' || letter === '"' || letter === ';') return false;
    else if (letter === ' ' && depth <= 0) return false;
  }
  return name !== '';
}

/** The file and line in what follows the parameters; null when it is nothing that .NET writes there. */
function placeAfter(tail: string, isEnglish: boolean): Place | null {
  if (tail === '' || isOffset(tail)) return NOWHERE;
  if (tail.startsWith(' (at ') && tail.endsWith(')')) return place(tail.slice(5, -1));
  const offset = tail.startsWith(' [0x') ? tail.indexOf('] ') : tail.startsWith(' <0x') ? tail.indexOf('> ') : -1;
  if (offset !== -1) return tail.startsWith('in ', offset + 2) ? place(tail.slice(offset + 5)) : null;
  const blank = tail.indexOf(' ', 1);
  if (blank === -1 || blank > MOST_WORD_CHARS || (isEnglish && !tail.startsWith(' in '))) return null;
  return numberedPlace(tail.slice(blank + 1)) ?? (isEnglish ? place(tail.slice(blank + 1)) : null);
}

/** `C:\src\Cart.cs:line 12`; the word is German, Japanese, … and German ends with a full stop. */
function numberedPlace(whole: string): Place | null {
  const text = whole.endsWith('.') ? whole.slice(0, -1) : whole;
  const number = digitsBefore(text, text.length);
  const colon = number === null ? -1 : text.lastIndexOf(':', number.start);
  if (number === null || colon < 1 || number.start - colon < 2 || number.start - colon > 2 * MOST_WORD_CHARS) return null;
  if (text.slice(colon + 1, number.start).includes('\\') || text.slice(colon + 1, number.start).includes('/')) return null;
  return { file: text.slice(0, colon), line: positiveOrNull(number.value) };
}

/** `/src/Cart.cs:18`, `<filename unknown>:0`. */
function place(text: string): Place | null {
  if (text.startsWith('<')) return NOWHERE;
  const found = placeOf(text);
  if (found === null) return text.endsWith(':0') ? { file: text.slice(0, -2), line: null } : null;
  return { file: found.file, line: found.line };
}

/** ` + 0x24` of native code, ` +27` of ASP.NET's error page, ` [0x0001f]` of Mono. */
function isOffset(tail: string): boolean {
  if ((tail.startsWith(' [0x') && tail.endsWith(']')) || (tail.startsWith(' <IL 0x') && tail.endsWith('>'))) return true;
  return (tail.startsWith(' + 0x') || tail.startsWith(' +')) && digitsOrHex(tail.slice(2).trim());
}

function digitsOrHex(text: string): boolean {
  for (const letter of text.startsWith('0x') ? text.slice(2) : text) if (!'0123456789abcdefABCDEF'.includes(letter)) return false;
  return text !== '';
}

/** 0 for what Java or JavaScript may print: one word in parentheses that follow the name, or a place after a blank. */
function weightOf({ name, parameters, tail, isSpaced }: Parts, word: string, hasFile: boolean): 0 | 1 | 2 {
  const isMono = tail.startsWith(' [0x') || tail.startsWith(' <') || tail.startsWith(' (at ');
  if (isSpaced) return isMono ? 2 : 0;
  if (hasFile || isMono || tail.startsWith(' + 0x')) return 2;
  if (word !== 'at') return name.includes('.') && (parameters === '' || parameters.includes(' ')) ? 1 : 0;
  if (parameters === '') return 2;
  return parameters.includes(' ') && parameters !== 'Native Method' && parameters !== 'Unknown Source' ? 2 : 0;
}
