import type { Json } from '../../domain/json';
import { idNumbers } from '../../domain/span';
import { createTextCache } from '../store/textCache';
import type { Pattern, SearchNode, ValueTest } from './searchAst';
import { boundValue } from './searchParser';

export type Scalar = string | number | boolean;

/** What a search looks at. */
export interface Searchable {
  /** Texts in which bare terms are looked for. */
  texts(): readonly string[];
  /** Values of `key` (reserved names and tags) or of `@key` (attributes, by dotted path). */
  values(key: string, isAttribute: boolean): readonly Scalar[];
}

export type SearchPredicate = (item: Searchable) => boolean;

/**
 * Bare terms match whole words, in any case; a phrase matches consecutive text. Reserved names and tags match in any
 * case, attributes exactly, as Datadog documents. Comparisons look at numbers, also when they were written as text.
 */
export function compileSearch(node: SearchNode): SearchPredicate {
  switch (node.kind) {
    case 'all':
      return () => true;
    case 'text': {
      const isIn = textMatcher(node.pattern);
      return (item) => item.texts().some(isIn);
    }
    case 'field': {
      const { key, isAttribute } = node;
      const test = ID_KEYS.has(key) ? idMatcher(node.test) : valueMatcher(node.test, isAttribute);
      return (item) => item.values(key, isAttribute).some(test);
    }
    case 'not': {
      const of = compileSearch(node.of);
      return (item) => !of(item);
    }
    case 'and': {
      const of = node.of.map(compileSearch);
      return (item) => of.every((predicate) => predicate(item));
    }
    default: {
      const of = node.of.map(compileSearch);
      return (item) => of.some((predicate) => predicate(item));
    }
  }
}

const ID_KEYS = new Set(['trace_id', 'dd.trace_id', 'span_id', 'dd.span_id', 'parent_id']);

/** A span is asked for its ids once for each of many wanted ones. */
const readings = createTextCache(idNumbers);

/** Ids are compared by their lower 64 bits: tracers write them as decimal or hexadecimal text, of 64 or 128 bits. */
function idMatcher(test: ValueTest): (value: Scalar) => boolean {
  const [wanted] = test.kind === 'is' && test.pattern.length === 1 ? test.pattern : [];
  if (typeof wanted !== 'string') return valueMatcher(test, true);
  const numbers = idNumbers(wanted);
  return (value) => String(value) === wanted || readings(String(value)).some((number) => numbers.includes(number));
}

function valueMatcher(test: ValueTest, isCaseSensitive: boolean): (value: Scalar) => boolean {
  if (test.kind === 'exists') return () => true;
  if (test.kind === 'is') {
    const matches = globMatcher(test.pattern, isCaseSensitive);
    return (value) => matches(String(value));
  }
  const min = test.min === null ? null : boundValue(test.min.text);
  const max = test.max === null ? null : boundValue(test.max.text);
  const isMinInclusive = test.min?.isInclusive !== false;
  const isMaxInclusive = test.max?.isInclusive !== false;
  return (value) => {
    const number = typeof value === 'number' ? value : typeof value === 'string' ? boundValue(value.trim()) : null;
    if (number === null) return false;
    if (min !== null && (isMinInclusive ? number < min : number <= min)) return false;
    return max === null || (isMaxInclusive ? number <= max : number < max);
  };
}

/** Whether the whole value fits the pattern. Linear in the value for each wildcard: no expression that backtracks. */
export function globMatcher(pattern: Pattern, isCaseSensitive: boolean): (value: string) => boolean {
  const fold = (text: string) => (isCaseSensitive ? text : text.toLowerCase());
  const [only] = pattern;
  if (pattern.length === 1 && typeof only === 'string') {
    const wanted = fold(only);
    return (value) => fold(value) === wanted;
  }
  const units = pattern.flatMap((part): Pattern => (typeof part === 'string' ? [...fold(part)] : [part]));
  return (value) => globMatches(units, [...fold(value)]);
}

function globMatches(units: Pattern, chars: readonly string[]): boolean {
  let unitAt = 0;
  let charAt = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (charAt < chars.length) {
    const unit = units[unitAt];
    if (typeof unit === 'object' && unit.wildcard === '*') {
      starAt = unitAt++;
      resumeAt = charAt;
    } else if (unit !== undefined && (typeof unit === 'object' || unit === chars[charAt])) {
      unitAt++;
      charAt++;
    } else if (starAt >= 0) {
      unitAt = starAt + 1;
      charAt = ++resumeAt;
    } else return false;
  }
  return units.slice(unitAt).every((unit) => typeof unit === 'object' && unit.wildcard === '*');
}

const WORD_CHAR = /[\p{L}\p{N}_]/u;

function textMatcher(pattern: Pattern): (text: string) => boolean {
  const [only] = pattern;
  if (pattern.length === 1 && typeof only === 'string') return phraseMatcher(only.toLowerCase());
  const matches = globMatcher(pattern, false);
  return (text) =>
    text.split(/\s+/u).some((word) => matches(word) || word.split(/[^\p{L}\p{N}_]+/u).some((piece) => piece !== '' && matches(piece)));
}

/** Whether the text holds the phrase between word boundaries. */
function phraseMatcher(phrase: string): (text: string) => boolean {
  return (text) => {
    const folded = text.toLowerCase();
    for (let at = folded.indexOf(phrase); at >= 0; at = folded.indexOf(phrase, at + 1)) {
      if (isBoundary(folded, at) && isBoundary(folded, at + phrase.length)) return true;
    }
    return false;
  };
}

function isBoundary(text: string, at: number): boolean {
  return at <= 0 || at >= text.length || !(WORD_CHAR.test(text.charAt(at - 1)) && WORD_CHAR.test(text.charAt(at)));
}

/** The scalars at a dotted path, whether its dots are levels or part of names; arrays give each element's. */
export function valuesAt(value: Json | undefined, path: string): Scalar[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json) => valuesAt(item, path));
  if (path === '') return typeof value === 'object' ? [] : [value as Scalar];
  if (typeof value !== 'object') return [];
  const record = value as Readonly<Record<string, Json | undefined>>;
  const found: Scalar[] = [];
  for (const name of Object.keys(record)) {
    if (name === path) found.push(...valuesAt(record[name], ''));
    else if (path.startsWith(`${name}.`)) found.push(...valuesAt(record[name], path.slice(name.length + 1)));
  }
  return found;
}
