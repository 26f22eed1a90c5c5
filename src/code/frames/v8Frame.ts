import type { StackFrame } from '../../domain/frame';
import { kindOfFile } from './origin';
import { digitsBefore, positiveOrNull } from './text';

const NOWHERE = { file: null, line: null, column: null };

/** Reads one `at …` line of V8 (Node.js, Chromium); null when the line is no frame. Format: https://v8.dev/docs/stack-trace-api */
export function parseV8Frame(line: string): StackFrame | null {
  const trimmed = line.trim();
  if (!trimmed.startsWith('at ')) return null;
  const isAsync = trimmed.startsWith('at async ');
  const rest = withoutTail(trimmed.slice(isAsync ? 9 : 3).trimStart());
  const open = openingParenthesis(rest);
  if (open === -1) return bareFrame(rest);
  const name = functionName(rest.slice(0, open));
  const inside = rest.slice(open + 2, -1);
  if (inside.startsWith('index ') && digitsBefore(inside, inside.length) !== null) {
    return { function: name, ...NOWHERE, kind: 'async' };
  }
  return frameAt(name, inside);
}

/** util.inspect ends the last frame of a stack with ` {`, and members of a list with a comma. */
function withoutTail(text: string): string {
  if (text.endsWith(' {')) return text.slice(0, -2);
  return text.endsWith(',') ? text.slice(0, -1) : text;
}

/** Where the ` (` stands whose parenthesis closes at the end, or -1. */
function openingParenthesis(text: string): number {
  if (!text.endsWith(')')) return -1;
  let depth = 0;
  for (let at = text.length - 1; at > 0; at -= 1) {
    if (text[at] === ')') depth += 1;
    else if (text[at] === '(') depth -= 1;
    if (depth === 0) return text[at - 1] === ' ' ? at - 1 : -1;
  }
  return -1;
}

/** `Object.discount [as alias]` → `Object.discount`. */
function functionName(text: string): string | null {
  const alias = text.lastIndexOf(' [as ');
  const name = (alias === -1 ? text : text.slice(0, alias)).trim();
  return name === '' || name === '<anonymous>' ? null : name;
}

function bareFrame(text: string): StackFrame | null {
  const place = placeOf(text);
  return place === null ? null : frameAt(null, text);
}

function frameAt(name: string | null, inside: string): StackFrame | null {
  if (inside === '<anonymous>' || inside === 'native') return { function: name, ...NOWHERE, kind: 'native' };
  if (inside.startsWith('eval at ')) {
    const place = placeOf(inside);
    return { function: name, file: null, line: place?.line ?? null, column: place?.column ?? null, kind: 'eval' };
  }
  const place = placeOf(inside);
  if (place?.file === '<anonymous>') return { function: name, ...place, file: null, kind: 'eval' };
  if (place !== null) return { function: name, ...place, kind: kindOfFile(place.file) };
  return inside.endsWith(' native') || inside.startsWith('native ') ? { function: name, ...NOWHERE, kind: 'native' } : null;
}

/** `file:line:column` or `file:line`. */
function placeOf(text: string): { file: string; line: number; column: number | null } | null {
  const last = digitsBefore(text, text.length);
  if (last === null || text[last.start - 1] !== ':') return null;
  const before = digitsBefore(text, last.start - 1);
  const hasColumn = before !== null && text[before.start - 1] === ':';
  const file = text.slice(0, (hasColumn ? before.start : last.start) - 1);
  const line = positiveOrNull(hasColumn ? before.value : last.value);
  if (file === '' || line === null) return null;
  return { file, line, column: hasColumn ? positiveOrNull(last.value) : null };
}
