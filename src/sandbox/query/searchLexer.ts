import { HttpError } from '../http';
import type { Pattern } from './searchAst';

export type SearchToken = { readonly at: number } & (
  | { readonly kind: '(' | ')' | '[' | ']' | '{' | '}' | '-' | 'AND' | 'OR' | 'NOT' | 'TO' | 'end' }
  | { readonly kind: '>' | '>=' | '<' | '<=' }
  /** A word before a colon; `key` is unescaped, without the `@`. */
  | { readonly kind: 'key'; readonly key: string; readonly isAttribute: boolean }
  | { readonly kind: 'word'; readonly pattern: Pattern }
);

/** A 400 that says what about the search is wrong. */
export function searchError(reason: string): HttpError {
  return new HttpError(400, `Query parsing error: ${reason}`);
}

const OPERATORS = new Set(['AND', 'OR', 'NOT', 'TO']);
const STOP = /[\s()[\]{}"]/u;
const WHITESPACE = /\s/u;

/** Splits a search into tokens. Throws a 400 for unclosed quotes and for syntax that is not supported. */
export function lexSearch(query: string): SearchToken[] {
  const tokens: SearchToken[] = [];
  let at = 0;
  let isValue = false;
  while (at < query.length) {
    const char = query.charAt(at);
    if (WHITESPACE.test(char)) {
      at++;
      isValue = false;
    } else {
      const [token, next] = lexAt(query, at, isValue);
      tokens.push(token);
      at = next;
      isValue = token.kind === 'key';
      rejectGlue(query, at, token);
    }
  }
  tokens.push({ kind: 'end', at: query.length });
  return tokens;
}

function lexAt(query: string, at: number, isValue: boolean): [SearchToken, number] {
  const char = query.charAt(at);
  if (char === '(' || char === ')' || char === '[' || char === ']' || char === '{' || char === '}') return [{ kind: char, at }, at + 1];
  if (char === '"') return lexQuoted(query, at);
  if (char === '-' && !isValue && startsOperand(query, at + 1)) return [{ kind: '-', at }, at + 1];
  if (char === '>' || char === '<') return lexComparison(query, at, char, isValue);
  if (char === '+' || char === '!' || char === '~' || char === '^' || char === ':' || char === '=')
    throw searchError(`'${char}' at position ${at} is not supported here; put the text in double quotes or use '-' or NOT to exclude`);
  return lexWord(query, at, isValue);
}

function lexComparison(query: string, at: number, char: '>' | '<', isValue: boolean): [SearchToken, number] {
  if (!isValue) throw searchError(`'${char}' at position ${at} needs a field before it, as in @duration:${char}5`);
  const isInclusive = query.charAt(at + 1) === '=';
  return [{ kind: isInclusive ? `${char}=` : char, at }, at + (isInclusive ? 2 : 1)];
}

const startsOperand = (query: string, at: number) => at < query.length && !WHITESPACE.test(query.charAt(at));

/** A quoted phrase: only `\` and `"` are special in it, so wildcards are plain text. */
function lexQuoted(query: string, start: number): [SearchToken, number] {
  let text = '';
  for (let at = start + 1; at < query.length; at++) {
    const char = query.charAt(at);
    if (char === '"') return [{ kind: 'word', pattern: [text], at: start }, at + 1];
    if (char === '\\') at++;
    text += query.charAt(at);
  }
  throw searchError(`the quote at position ${start} is not closed`);
}

/** A word up to white space or a bracket; up to an unescaped colon, where it becomes a key. */
function lexWord(query: string, start: number, isValue: boolean): [SearchToken, number] {
  const parts: (string | { wildcard: '*' | '?' })[] = [];
  let text = '';
  let at = start;
  let hasEscape = false;
  for (; at < query.length; at++) {
    const char = query.charAt(at);
    if (STOP.test(char)) break;
    if (char === '\\') {
      if (at + 1 >= query.length) throw searchError('a backslash at the end has nothing to escape');
      // Both halves of a character outside the basic plane belong to the escape.
      const escaped = String.fromCodePoint(query.codePointAt(at + 1) ?? 0);
      text += escaped;
      at += escaped.length;
      hasEscape = true;
    } else if (char === ':' && !isValue) {
      return [keyToken(parts, text, start), at + 1];
    } else if (char === '*' || char === '?') {
      if (text !== '') parts.push(text);
      text = '';
      parts.push({ wildcard: char });
    } else if (char === '~' || char === '^') {
      throw searchError(`'${char}' at position ${at}: fuzzy and boosted terms are not supported; escape it to mean the character`);
    } else text += char;
  }
  if (text !== '') parts.push(text);
  const word = query.slice(start, at);
  if (!hasEscape && !isValue && OPERATORS.has(word)) return [{ kind: word as 'AND', at: start }, at];
  if (word === '&&' || word === '||') throw searchError(`'${word}' is not supported; write ${word === '&&' ? 'AND' : 'OR'}`);
  return [{ kind: 'word', pattern: parts, at: start }, at];
}

function keyToken(parts: readonly unknown[], text: string, at: number): SearchToken {
  if (parts.length > 0) throw searchError(`wildcards in the name of a field are not supported (position ${at})`);
  const isAttribute = text.startsWith('@');
  const key = isAttribute ? text.slice(1) : text;
  if (key === '') throw searchError(`a field has no name (position ${at})`);
  return { kind: 'key', key, isAttribute, at };
}

/** `"a"b`, `a"b"` and `CIDR(a)` would silently become two terms. */
function rejectGlue(query: string, at: number, token: SearchToken): void {
  if (token.kind !== 'word' || at >= query.length) return;
  const next = query.charAt(at);
  if (next === '(')
    throw searchError(
      `a parenthesis right after a word (position ${at}): functions such as CIDR() are not supported; escape it to mean the character`,
    );
  const isClosed = query.charAt(at - 1) === '"' && query.charAt(token.at) === '"';
  if (next === '"' || (isClosed && !/[\s()[\]{}]/u.test(next)))
    throw searchError(`a quote inside of a word at position ${at} must be escaped`);
}
