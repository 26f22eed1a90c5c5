/** Where a handler is written at the call that registers it; offsets of UTF-16 units in the text. */
export interface RegisteredHandler {
  /** `inline`: a function at `offset`; `named`: a name at `offset` whose definition has to be looked up. */
  readonly kind: 'inline' | 'named';
  readonly offset: number;
  readonly name: string | null;
}

/** How far a call's arguments are read. */
const MAX_CHARACTERS = 20_000;
/** So many calls on a line are looked at. */
const MAX_CALLS = 20;
/** So many calls around a handler are looked through: `route(limit(handler))`. */
const MAX_WRAPPERS = 4;

/** The methods with which Express, Fastify, Koa's router, Hono and their like register a route, and those that carry it on. */
const REGISTRATION =
  /\.\s*(?:all|any|delete|get|head|options|patch|post|put|route|use|on|method|search|propfind|trace|connect|addRoute|register)\s*\(/y;
const INLINE = /(?:async\s+)?(?:function\b|[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=>)/uy;
const PARAMETERS = /(?:async\s*)?\(/uy;
/** After the parameters of an arrow function, with the type that it returns. */
const ARROW = /\s*(?::[^=;{]{0,120})?=>/uy;
const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
/** What can stand before arguments that are a handler in the end: `handler.bind(`, but also `wrap(`. */
const BOUND = new Set(['bind', 'call', 'apply']);

/**
 * The handler that the call at a line (from 1) registers: `app.get('/x', auth, handler)`, `router.route('/x').get(wrap(async () =>
 * …))`, `fastify.route({ url, handler })`. With several handlers it is the last, which answers. null when the line registers none.
 */
export function registeredHandler(text: string, line: number, column: number | null): RegisteredHandler | null {
  const start = offsetOfLine(text, line);
  if (start === null) return null;
  const lineEnd = endOfLine(text, start);
  const from = column !== null && start + column - 1 < lineEnd ? start + Math.max(0, column - 2) : start;
  const open = registrationIn(text, from, lineEnd) ?? registrationIn(text, start, lineEnd);
  if (open === null) return null;
  return handlerOfCall(text, open, 0);
}

/** The position after the opening bracket of the first call with a handler that begins between two offsets. */
function registrationIn(text: string, from: number, to: number): number | null {
  let calls = 0;
  for (let at = text.indexOf('.', from); at !== -1 && at < to && calls < MAX_CALLS; at = text.indexOf('.', at + 1)) {
    const call = matchAt(REGISTRATION, text, at);
    if (call === null) continue;
    calls += 1;
    if (handlerOfCall(text, at + call.length, 0) !== null) return at + call.length;
  }
  return null;
}

function handlerOfCall(text: string, open: number, depth: number): RegisteredHandler | null {
  if (depth > MAX_WRAPPERS) return null;
  const last = argumentsAt(text, open).at(-1);
  return last === undefined ? null : handlerAt(text, last.start, last.end, depth);
}

function handlerAt(text: string, start: number, end: number, depth: number): RegisteredHandler | null {
  if (depth > MAX_WRAPPERS) return null;
  if (isInline(text, start)) return { kind: 'inline', offset: start, name: null };
  const first = text[start];
  if (first === '{') return handlerProperty(text, start, depth);
  if (first === '[') return handlerOfCall(text, start + 1, depth + 1);
  return handlerOfExpression(text, start, end, depth);
}

function isInline(text: string, start: number): boolean {
  if (matchAt(INLINE, text, start) !== null) return true;
  const opened = matchAt(PARAMETERS, text, start);
  const close = opened === null ? null : closeOf(text, start + opened.length);
  return close !== null && matchAt(ARROW, text, close + 1) !== null;
}

/** `handler`, `orders.create`, `wrap(handler)`, `orders.create.bind(orders)`. */
function handlerOfExpression(text: string, start: number, end: number, depth: number): RegisteredHandler | null {
  let name: RegisteredHandler | null = null;
  let at = start;
  while (at < end) {
    const found = matchAt(NAME, text, at);
    if (found === null) return null;
    if (!(name && BOUND.has(found))) name = { kind: 'named', offset: at, name: found };
    const next = skipBlanks(text, at + found.length);
    if (next >= end) return name;
    if (text[next] === '(') return name && BOUND.has(found) ? name : (handlerOfCall(text, next + 1, depth + 1) ?? name);
    if (text[next] !== '.') return null;
    at = skipBlanks(text, next + 1);
  }
  return name;
}

/** The property `handler` of an object, as Fastify and Hapi take it. */
function handlerProperty(text: string, brace: number, depth: number): RegisteredHandler | null {
  for (const { start, end } of argumentsAt(text, brace + 1)) {
    const isAsync = /^async\s+handler\b/.test(text.slice(start, start + 40));
    const key = isAsync ? start + text.slice(start, end).indexOf('handler') : start;
    if (matchAt(NAME, text, key) !== 'handler') continue;
    const after = skipBlanks(text, key + 'handler'.length);
    if (after >= end) return { kind: 'named', offset: key, name: 'handler' };
    if (text[after] === '(') return { kind: 'inline', offset: key, name: 'handler' };
    if (text[after] === ':') return handlerAt(text, skipBlanks(text, after + 1), end, depth + 1);
  }
  return null;
}

interface Part {
  readonly start: number;
  readonly end: number;
}

const OPENING = '([{';
const CLOSING = ')]}';

/** The parts between the commas up to the bracket that closes, without the blanks and comments around them; none if none does. */
function argumentsAt(text: string, open: number): Part[] {
  const parts: Part[] = [];
  let start = skipBlanks(text, open);
  let end = start;
  const close = walk(text, open, (at, next, depth) => {
    if (depth === 0 && text[at] === ',') {
      if (end > start) parts.push({ start, end });
      start = skipBlanks(text, next);
      end = start;
    } else if (at >= start && !isBlank(text.charAt(at)) && !isComment(text, at)) end = next;
  });
  if (close === null) return [];
  if (end > start) parts.push({ start, end });
  return parts;
}

const closeOf = (text: string, open: number) => walk(text, open, () => undefined);

/** Goes through strings, comments and single characters up to the bracket that closes what `open` is in, and gives its offset. */
function walk(text: string, open: number, onToken: (at: number, next: number, depth: number) => void): number | null {
  const limit = Math.min(text.length, open + MAX_CHARACTERS);
  let depth = 0;
  for (let at = open; at < limit; ) {
    const character = text.charAt(at);
    if (CLOSING.includes(character)) depth -= 1;
    if (depth < 0) return at;
    const next = afterToken(text, at);
    onToken(at, next, depth);
    if (OPENING.includes(character)) depth += 1;
    at = next;
  }
  return null;
}

const isBlank = (character: string) => character === ' ' || character === '\n' || character === '\r' || character === '\t';
const isComment = (text: string, at: number) => text[at] === '/' && (text[at + 1] === '/' || text[at + 1] === '*');

/** Past a string, a template, a comment, or one character. */
function afterToken(text: string, at: number): number {
  const character = text.charAt(at);
  if (isComment(text, at)) return afterComment(text, at);
  if (character !== "'" && character !== '"' && character !== '`') return at + 1;
  const limit = Math.min(text.length, at + MAX_CHARACTERS);
  for (let next = at + 1; next < limit; next += 1) {
    if (text[next] === '\\') next += 1;
    else if (text[next] === character) return next + 1;
    else if (text[next] === '\n' && character !== '`') return next;
  }
  return limit;
}

function afterComment(text: string, at: number): number {
  const isLine = text[at + 1] === '/';
  const end = text.indexOf(isLine ? '\n' : '*/', at + 2);
  if (end === -1) return text.length;
  return isLine ? end : end + 2;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && (isBlank(text.charAt(at)) || isComment(text, at))) at = isComment(text, at) ? afterComment(text, at) : at + 1;
  return at;
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function offsetOfLine(text: string, line: number): number | null {
  let at = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf('\n', at);
    if (end === -1) return null;
    at = end + 1;
  }
  return at;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
