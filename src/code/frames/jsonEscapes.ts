import { DerivedText } from './derivedText';

const BACKSLASH = 92;
const REPLACEMENTS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '/': '/', '\\': '\\' };

/** A part of a text, without its line end. */
interface Line {
  readonly start: number;
  readonly end: number;
}

/**
 * The text with the lines that a JSON string (or a copy from one) holds written as lines: `"stack":"Error: x\n    at f"`.
 * Source code with `\n` in a literal, which runtimes print inside of stacks, stays as it is. Null when nothing changed.
 */
export function withEscapedLines(text: string): DerivedText | null {
  let at = text.indexOf('\\n');
  if (at === -1) return null;
  const derived = new DerivedText(text);
  let copied = 0;
  while (at !== -1) {
    const line = lineAround(text, at);
    if (!isSourceCode(text, line) && isEscapedText(text, line)) {
      derived.copy(copied, line.start);
      unescapeLine(text, line, derived);
      copied = line.end;
    }
    at = text.indexOf('\\n', line.end);
  }
  if (copied === 0) return null;
  derived.copy(copied, text.length);
  return derived;
}

function lineAround(text: string, at: number): Line {
  const end = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at) + 1, end: end === -1 ? text.length : end };
}

/** Python and Node.js print the failing line below its place, or above a line of carets. */
function isSourceCode(text: string, line: Line): boolean {
  const before = text.slice(Math.max(text.lastIndexOf('\n', line.start - 2) + 1, line.start - 1_000), line.start);
  if (line.start > 0 && before.includes('File "') && before.includes(', line ')) return true;
  let at = line.end + 1;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '|') at += 1;
  if (text[at] !== '^' && text[at] !== '~') return false;
  while (text[at] === '^' || text[at] === '~') at += 1;
  return at >= text.length || text[at] === '\n' || text[at] === '\r';
}

function isEscapedText(text: string, line: Line): boolean {
  let first = line.start;
  while (text[first] === ' ' || text[first] === '\t') first += 1;
  const initial = text[first];
  if (initial === '{' || initial === '"' || text.startsWith('[{', first) || text.startsWith('["', first)) return true;
  if (initial === '#' && isDigit(text.charCodeAt(first + 1))) return hasNumberedLine(text, line);
  for (let at = text.indexOf('\\n', line.start); at !== -1 && at < line.end; at = text.indexOf('\\n', at + 2)) {
    if (breaksBefore(text, at + 2) || breaksAfter(text, at)) return true;
  }
  return false;
}

/** Numbered frames quote their arguments, which may hold anything; only another number begins a line. */
function hasNumberedLine(text: string, line: Line): boolean {
  const at = text.indexOf('\\n#', line.start);
  return at !== -1 && at < line.end;
}

/** Whether what follows `\n` is the beginning of an indented or empty line, which no path has. */
function breaksBefore(text: string, at: number): boolean {
  return text[at] === ' ' || text.startsWith('\\t', at) || text.startsWith('\\n', at) || text.startsWith('\\r', at);
}

/** Whether a line ends right before `\n`: with `)`, a quote or `:12`, perhaps with a colon behind. */
function breaksAfter(text: string, at: number): boolean {
  const end = text[at - 1] === ':' ? at - 1 : at;
  const last = text[end - 1];
  if (last === ')' || last === "'") return true;
  let digits = end;
  while (digits > 0 && end - digits < 9 && isDigit(text.charCodeAt(digits - 1))) digits -= 1;
  return digits < end && text[digits - 1] === ':';
}

const isDigit = (code: number) => code >= 48 && code <= 57;

/** String literals that hold lines lose their quotes and stand on lines of their own; empty lines part them from the rest. */
function unescapeLine(text: string, line: Line, derived: DerivedText): void {
  let at = line.start;
  while (at < line.end) {
    const open = openingQuote(text, at, line.end);
    unescapePart(text, at, open, derived);
    if (open >= line.end) return;
    const close = closingQuote(text, open + 1, line.end);
    if (hasBreak(text, open + 1, close)) {
      derived.put('\n\n', open);
      unescapePart(text, open + 1, close, derived);
      if (close < line.end) derived.put('\n\n', close);
    } else derived.copy(open, Math.min(close + 1, line.end));
    at = close + 1;
  }
}

function openingQuote(text: string, from: number, end: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && at < end && text.charCodeAt(at - 1) === BACKSLASH) at = text.indexOf('"', at + 1);
  return at === -1 || at > end ? end : at;
}

function closingQuote(text: string, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === 34) return at;
  }
  return end;
}

function hasBreak(text: string, from: number, to: number): boolean {
  const at = text.indexOf('\\n', from);
  return at !== -1 && at < to;
}

function unescapePart(text: string, from: number, to: number, derived: DerivedText): void {
  let copied = from;
  let at = text.indexOf('\\', from);
  while (at !== -1 && at < to - 1) {
    const { value, length } = escapeAt(text, at);
    if (value !== null) {
      derived.copy(copied, at);
      derived.put(value, at);
      copied = at + length;
    }
    at = text.indexOf('\\', at + length);
  }
  derived.copy(copied, to);
}

function escapeAt(text: string, at: number): { readonly value: string | null; readonly length: number } {
  const letter = text.charAt(at + 1);
  const value = REPLACEMENTS[letter];
  if (value !== undefined) return { value, length: 2 };
  const digits = letter === 'u' ? 4 : letter === 'x' ? 2 : 0;
  const code = digits === 0 ? Number.NaN : hexadecimal(text, at + 2, digits);
  return Number.isNaN(code) ? { value: null, length: 1 } : { value: String.fromCharCode(code), length: 2 + digits };
}

function hexadecimal(text: string, from: number, digits: number): number {
  const part = text.slice(from, from + digits);
  return part.length === digits && /^[0-9a-fA-F]+$/.test(part) ? Number.parseInt(part, 16) : Number.NaN;
}
