import type { FrameKind, StackFrame } from '../../domain/frame';
import { kindOfFile } from './origin';
import { fileEnd, placeIn } from './place';
import { digitsStart, indentOf } from './text';

const BLANK = 32;
const OPEN = 40;
const CLOSE = 41;
const COMMA = 44;
const DOT = 46;
const BRACKET = 93;
const LOWER_A = 97;
const LOWER_J = 106;
const LOWER_I = 105;
const LOWER_S = 115;
const LOWER_T = 116;
const BRACE = 123;

/** How places begin that are no files: `<anonymous>`, `eval at`, `native`, `wasm:`. */
const SPECIAL = new Set(['<', 'e', 'n', 'w'].map((initial) => initial.charCodeAt(0)));
/** Of the extensions below, with the dot. */
const LONGEST_EXTENSION = 6;

const SCRIPT_EXTENSIONS = ['.js', '.ts', '.mjs', '.cjs', '.jsx', '.tsx', '.vue', '.svelte', '.html'];
/** Files of languages that print places behind `at` too, as Rust does. */
const FOREIGN_EXTENSIONS = new Set([
  '.rs',
  '.java',
  '.kt',
  '.cs',
  '.go',
  '.py',
  '.swift',
  '.ex',
  '.erl',
  '.fs',
  '.vb',
  '.scala',
  '.c',
  '.h',
]);

/**
 * Reads one `at …` line of V8 (Node.js, Chromium), Hermes or Internet Explorer; null when the line is no frame. Format:
 * https://v8.dev/docs/stack-trace-api
 */
export function parseV8Frame(line: string): StackFrame | null {
  const start = indentOf(line);
  if (!line.startsWith('at ', start)) return null;
  const end = contentEnd(line);
  const isAsync = line.startsWith('async ', start + 3);
  const from = isAsync ? start + 9 : start + 3;
  const open = line.charCodeAt(end - 1) === CLOSE ? openingParenthesis(line, from, end) : -1;
  if (open === -1) return bareFrame(line, from, end);
  const name = functionName(line, from, open);
  const initial = line.charCodeAt(open + 1);
  const inside = initial === LOWER_A && line.startsWith('address at ', open + 1) ? open + 12 : open + 1;
  if (initial === LOWER_I && line.startsWith('index ', inside) && digitsStart(line, end - 1) === inside + 6) return nowhere(name, 'async');
  const frame = frameAt(name, line, inside, end - 1);
  const isGlued = line.charCodeAt(open - 1) !== BLANK;
  return isGlued && (frame?.column ?? null) === null && line.indexOf('/', inside) === -1 ? null : frame;
}

/** Whether a line is a frame with line and column of a JavaScript file, told without reading it all. */
export function isCertainV8Frame(line: string): boolean {
  if (!line.startsWith('at ', indentOf(line))) return false;
  const end = contentEnd(line);
  const file = fileEnd(line, line.charCodeAt(end - 1) === CLOSE ? end - 1 : end);
  if (file <= 0) return false;
  const letter = line.charCodeAt(file - 2);
  if (line.charCodeAt(file - 1) === LOWER_S && (letter === LOWER_J || letter === LOWER_T)) return true;
  for (const extension of SCRIPT_EXTENSIONS) if (line.endsWith(extension, file)) return true;
  return line.includes('://') || line.includes('(node:') || line.includes('blob:');
}

/** util.inspect ends the last frame of a stack with ` {`, and members of a list with a comma. */
function contentEnd(line: string): number {
  const end = trimmedEnd(line, line.length);
  const last = line.charCodeAt(end - 1);
  if (last === COMMA) return end - 1;
  return last === BRACE && line.charCodeAt(end - 2) === BLANK ? end - 2 : end;
}

function trimmedEnd(line: string, from: number): number {
  let end = from;
  while (end > 0 && (line.charCodeAt(end - 1) === BLANK || line.charCodeAt(end - 1) === 9)) end -= 1;
  return end;
}

/** Where the `(` stands whose parenthesis closes at the end, or -1. */
function openingParenthesis(line: string, from: number, end: number): number {
  let depth = 0;
  for (let at = end - 1; at > from; at -= 1) {
    const code = line.charCodeAt(at);
    if (code === CLOSE) depth += 1;
    else if (code === OPEN) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** `Object.discount [as alias] ` → `Object.discount`. */
function functionName(line: string, from: number, open: number): string | null {
  let start = from;
  while (line.charCodeAt(start) === BLANK) start += 1;
  const end = trimmedEnd(line, open);
  const alias = line.charCodeAt(end - 1) === BRACKET ? line.lastIndexOf(' [as ', end) : -1;
  if (start >= end) return null;
  const name = line.slice(start, alias > start ? alias : end);
  return name === '<anonymous>' ? null : name;
}

/** Without parentheses the place is all there is; engines always name the column then, unless the path is a URL. */
function bareFrame(line: string, from: number, end: number): StackFrame | null {
  const frame = frameAt(null, line, from, end);
  if (frame?.file === null || frame === null) return frame?.line === null ? null : frame;
  return frame.column === null && frame.file.includes(' ') ? null : frame;
}

function nowhere(name: string | null, kind: FrameKind): StackFrame {
  return { function: name, file: null, line: null, column: null, kind };
}

/** Reads a place from one offset up to another. */
function frameAt(name: string | null, text: string, from: number, to: number): StackFrame | null {
  const place = placeIn(text, from, to);
  if (place === null) return isNative(text.slice(from, to)) ? nowhere(name, 'native') : null;
  const { file, line, column } = place;
  if (SPECIAL.has(text.charCodeAt(from))) {
    if (file === '<anonymous>' || file === 'eval code' || file.startsWith('eval at ')) {
      return { function: name, file: null, line, column, kind: 'eval' };
    }
    if (file === 'native' || file.startsWith('wasm://')) return nowhere(name, 'native');
  }
  return isForeign(file) ? null : { function: name, file, line, column, kind: kindOfFile(file) };
}

/** `<anonymous>`, `native`, `native array.js`, `[native code]`, `wasm://wasm/3f2a:wasm-function[1]:0x1e`, `eval at f (native)`. */
function isNative(inside: string): boolean {
  if (inside === '<anonymous>' || inside === 'native' || inside === '[native code]') return true;
  return inside.startsWith('wasm://') || inside.startsWith('native ') || inside.endsWith(' native');
}

function isForeign(file: string): boolean {
  if (file.endsWith('.js') || file.endsWith('.ts')) return false;
  let dot = file.length - 1;
  while (dot > 0 && file.length - dot < LONGEST_EXTENSION && file.charCodeAt(dot) !== DOT) dot -= 1;
  return file.charCodeAt(dot) === DOT && FOREIGN_EXTENSIONS.has(file.slice(dot)) && !file.includes('://');
}
