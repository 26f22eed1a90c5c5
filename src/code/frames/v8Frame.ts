import type { StackFrame } from '../../domain/frame';
import { kindOfFile } from './origin';
import { placeOf } from './place';
import { digitsBefore } from './text';

const NOWHERE = { file: null, line: null, column: null };

/** Files of languages that print places behind `at` too, as Rust does. */
const FOREIGN_EXTENSIONS = ['.rs', '.java', '.kt', '.cs', '.go', '.py', '.swift', '.ex', '.erl', '.fs', '.vb', '.scala'];

/**
 * Reads one `at …` line of V8 (Node.js, Chromium), Hermes or Internet Explorer; null when the line is no frame. Format:
 * https://v8.dev/docs/stack-trace-api
 */
export function parseV8Frame(line: string): StackFrame | null {
  const trimmed = line.trim();
  if (!trimmed.startsWith('at ')) return null;
  const isAsync = trimmed.startsWith('at async ');
  const rest = withoutTail(trimmed.slice(isAsync ? 9 : 3).trimStart());
  const open = openingParenthesis(rest);
  if (open === -1) return bareFrame(rest);
  const name = functionName(rest.slice(0, open));
  const inside = rest.slice(open + 1, -1);
  if (inside.startsWith('index ') && digitsBefore(inside, inside.length) !== null) {
    return { function: name, ...NOWHERE, kind: 'async' };
  }
  const frame = frameAt(name, inside.startsWith('address at ') ? inside.slice(11) : inside);
  const isGlued = rest[open - 1] !== ' ';
  return isGlued && (frame?.column ?? null) === null && !inside.includes('/') ? null : frame;
}

/** util.inspect ends the last frame of a stack with ` {`, and members of a list with a comma. */
function withoutTail(text: string): string {
  if (text.endsWith(' {')) return text.slice(0, -2);
  return text.endsWith(',') ? text.slice(0, -1) : text;
}

/** Where the `(` stands whose parenthesis closes at the end, or -1. */
function openingParenthesis(text: string): number {
  if (!text.endsWith(')')) return -1;
  let depth = 0;
  for (let at = text.length - 1; at > 0; at -= 1) {
    const code = text.charCodeAt(at);
    if (code === 41) depth += 1;
    else if (code === 40) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** `Object.discount [as alias] ` → `Object.discount`. */
function functionName(text: string): string | null {
  const alias = text.endsWith('] ') ? text.lastIndexOf(' [as ') : -1;
  const name = (alias === -1 ? text : text.slice(0, alias)).trim();
  return name === '' || name === '<anonymous>' ? null : name;
}

/** Without parentheses the place is all there is; engines always name the column then, unless the path is a URL. */
function bareFrame(text: string): StackFrame | null {
  const place = placeOf(text);
  if (place === null || (place.column === null && place.file.includes(' '))) return null;
  return frameAt(null, text);
}

function frameAt(name: string | null, inside: string): StackFrame | null {
  if (inside === '<anonymous>' || inside === 'native' || inside === '[native code]') return { function: name, ...NOWHERE, kind: 'native' };
  if (inside.startsWith('wasm://')) return { function: name, ...NOWHERE, kind: 'native' };
  const place = placeOf(inside);
  if (inside.startsWith('eval at ')) {
    return { function: name, file: null, line: place?.line ?? null, column: place?.column ?? null, kind: 'eval' };
  }
  if (place === null) {
    return inside.endsWith(' native') || inside.startsWith('native ') ? { function: name, ...NOWHERE, kind: 'native' } : null;
  }
  if (place.file === '<anonymous>' || place.file === 'eval code') return { function: name, ...place, file: null, kind: 'eval' };
  return isForeign(place.file) ? null : { function: name, ...place, kind: kindOfFile(place.file) };
}

function isForeign(file: string): boolean {
  return !file.includes('://') && FOREIGN_EXTENSIONS.some((extension) => file.endsWith(extension));
}
