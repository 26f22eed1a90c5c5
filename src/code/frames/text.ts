import type { TextRange } from '../../domain/frame';
import type { TraceLine } from './languageParser';

/** The most of a stack text that is read; what follows is left out. Keeps the work bounded for hostile input. */
const MAX_LINES = 5_000;
const MAX_LINE_CHARS = 2_000;
const MAX_CHARS = 1_000_000;

/** The lines of a stack text without their line ends, bounded in number and length. */
export function stackLines(text: string): string[] {
  const lines: string[] = [];
  const bounded = text.slice(0, MAX_CHARS);
  let start = 0;
  while (start <= bounded.length && lines.length < MAX_LINES) {
    const newline = bounded.indexOf('\n', start);
    const end = newline === -1 ? bounded.length : newline;
    const line = bounded.slice(start, Math.min(end, start + MAX_LINE_CHARS));
    lines.push(line.endsWith('\r') ? line.slice(0, -1) : line);
    start = end + 1;
  }
  return lines;
}

/** The lines of a text that needs no preparation, such as a test's. */
export function plainLines(text: string): TraceLine[] {
  const lines: TraceLine[] = [];
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline;
    const end = text.charCodeAt(next - 1) === 13 && next > start ? next - 1 : next;
    lines.push({ text: text.slice(start, end), start, end });
    start = next + 1;
  }
  return lines;
}

/** Where a line's words stand in the original text: its range without the indentation. */
export function rangeOf(line: TraceLine): TextRange {
  return { start: Math.min(line.end, line.start + indentOf(line.text)), end: line.end };
}

/** How many blanks a line begins with; a tab counts as one. */
export function indentOf(line: string): number {
  let indent = 0;
  for (let code = line.charCodeAt(0); code === 32 || code === 9; code = line.charCodeAt(indent)) indent += 1;
  return indent;
}

const isDigit = (code: number) => code >= 48 && code <= 57;

/** A run of digits that ends right before `end`, or null. `start` is where it begins. */
export function digitsBefore(text: string, end: number): { readonly value: number; readonly start: number } | null {
  const start = digitsStart(text, end);
  if (start === end) return null;
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return { value, start };
}

/** Where the run of at most nine digits begins that ends right before `end`; `end` when there is none. */
export function digitsStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < 9 && isDigit(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** Positive numbers are line and column numbers; 0 means that there is none. */
export function positiveOrNull(value: number): number | null {
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** An identifier such as `TypeError`, `java.lang.IllegalStateException`, `Pricing$Failed` at `from`; empty when there is none. */
export function identifierAt(text: string, from: number): string {
  let end = from;
  while (end < text.length && end - from < 200 && isIdentifierPart(text.charCodeAt(end))) end += 1;
  return text.slice(from, end);
}

function isIdentifierPart(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127;
  return isLetter || isDigit(code) || code === 95 || code === 36 || code === 46;
}
