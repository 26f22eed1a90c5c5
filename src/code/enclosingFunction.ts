/**
 * The name of the innermost named function around a 1-based line, or null at the top level. A scan, no parser: braces for
 * JavaScript, TypeScript, Go, Java and their like, indentation for Python; strings and comments are skipped.
 */
export function enclosingFunction(text: string, line: number, path: string): string | null {
  if (!Number.isInteger(line) || line < 1) return null;
  return path.endsWith('.py') || path.endsWith('.pyi') ? inPython(text, line) : inBraces(text, line);
}

function inPython(text: string, line: number): string | null {
  const lines = text.split('\n');
  let indent = Number.POSITIVE_INFINITY;
  for (let at = Math.min(line, lines.length) - 1; at >= 0; at -= 1) {
    const current = lines[at] ?? '';
    const trimmed = current.trimStart();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const own = current.length - trimmed.length;
    if (own >= indent) continue;
    const match = /^(?:async )?def +([A-Za-z_]\w*)/.exec(trimmed);
    if (match !== null) return match[1] ?? null;
    indent = own;
    if (own === 0) return null;
  }
  return null;
}

/** A declaration is looked for in this many characters before its brace. */
const MAX_HEADER = 400;

interface Block {
  readonly opener: '{' | '(';
  readonly name: string | null;
  /** Where the statement began that the block belongs to. */
  readonly headerStart: number;
}

function inBraces(text: string, line: number): string | null {
  const start = startOfLine(text, line);
  const end = endOfLine(text, start);
  const blocks: Block[] = [];
  const names: string[] = [];
  let headerStart = 0;
  let around: string | null = null;
  let begun: string | null = null;
  for (let at = 0; at < end; ) {
    if (at >= start && around === null) around = names.at(-1) ?? null;
    const skipped = afterTextOrComment(text, at);
    if (skipped !== at) {
      at = skipped;
      continue;
    }
    const char = text[at];
    if (char === '{' || char === '(') {
      const name = char === '{' ? nameOf(text.slice(Math.max(headerStart, at - MAX_HEADER), at)) : null;
      blocks.push({ opener: char, name, headerStart });
      if (name !== null) names.push(name);
      if (at >= start && name !== null) begun = name;
      if (char === '{') headerStart = at + 1;
    } else if (char === '}' || char === ')') {
      const closed = blocks.pop();
      if (closed !== undefined && closed.name !== null) names.pop();
      headerStart = char === '}' && !isInParentheses(blocks) ? at + 1 : (closed?.headerStart ?? at + 1);
    } else if (char === ';' && !isInParentheses(blocks)) headerStart = at + 1;
    at += 1;
  }
  const arrow = ARROW.exec(text.slice(start, end).slice(0, MAX_HEADER))?.[1] ?? null;
  return begun ?? arrow ?? around ?? names.at(-1) ?? null;
}

const isInParentheses = (blocks: readonly Block[]) => blocks.at(-1)?.opener === '(';

function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let count = 1; count < line; count += 1) {
    const newline = text.indexOf('\n', at);
    if (newline === -1) return text.length;
    at = newline + 1;
  }
  return at;
}

function endOfLine(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline === -1 ? text.length : newline;
}

/** The position behind a string, template or comment that begins at `at`, or `at` itself. */
function afterTextOrComment(text: string, at: number): number {
  const char = text[at];
  if (char === '/' && text[at + 1] === '/') return endFrom(text, '\n', at);
  if (char === '/' && text[at + 1] === '*') return endFrom(text, '*/', at + 2) + 2;
  if (char !== '"' && char !== "'" && char !== '`') return at;
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === '\\' && char !== '`') end += 1;
    else if (text[end] === char) return end + 1;
    else if (text[end] === '\n' && char !== '`') return end;
  }
  return text.length;
}

function endFrom(text: string, what: string, from: number): number {
  const end = text.indexOf(what, from);
  return end === -1 ? text.length : end;
}

const NOT_FUNCTIONS = new Set(
  'if for while switch catch with return else do try function super synchronized select when using lock'.split(' '),
);

/** `const total = (cart) => …`, `total: async function`. */
const ARROW = /([\w$]+)\s*(?::[^=(){}]{0,80})?=\s*(?:async\s*)?(?:function\b|\([^()]{0,200}\)\s*(?::[^=(){}]{0,80})?=>|[\w$]+\s*=>)/;

const DECLARATIONS: readonly RegExp[] = [
  /\bfunction\b\s*\*?\s*([\w$]+)\s*\(/,
  /\bfunc\s+(?:\([^()]{0,80}\)\s*)?(\w+)\s*[([]/,
  /\bfun\s+(?:<[^<>]{0,40}>\s*)?(?:\w+\.)?(\w+)\s*\(/,
  ARROW,
  /([\w$]+)\s*:\s*(?:async\s*)?(?:function\b|\([^()]{0,200}\)\s*=>|[\w$]+\s*=>)/,
  /([\w$]+)\s*:=\s*func\b/,
  /(?:exports|prototype|this)\.([\w$]+)\s*=\s*(?:async\s*)?(?:function\b|\()/,
];
const METHOD = /(#?[\w$]+)\s*(?:<[^<>]{0,40}>)?\s*\([^{}]{0,300}\)\s*(?::[^;{}]{0,120}|throws[^;{}]{0,120})?$/;

/** What the text before a `{` (or an expression body) declares. */
function nameOf(header: string): string | null {
  const text = header.trim();
  for (const pattern of DECLARATIONS) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return name;
  }
  if (text.endsWith('=>') || text.endsWith('=')) return null;
  const line = text.slice(text.lastIndexOf('\n', text.lastIndexOf('(')) + 1);
  const method = METHOD.exec(line);
  const name = method?.[1];
  if (name === undefined || NOT_FUNCTIONS.has(name) || isCallArgument(line, method?.index ?? 0)) return null;
  return name;
}

/** `new Thing(…) {`, `x.call(…) {` and assignments are no declarations. */
function isCallArgument(line: string, at: number): boolean {
  const before = line.slice(0, at).trimEnd();
  return before.endsWith('.') || before.endsWith('new') || before.includes('=') || before.endsWith('(');
}
