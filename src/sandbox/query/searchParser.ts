import { type Bound, join, type Pattern, type SearchNode, type ValueTest } from './searchAst';
import { lexSearch, type SearchToken, searchError } from './searchLexer';

const MAX_DEPTH = 100;

/**
 * Parses Datadog's search syntax: terms, `"phrases"`, `key:value`, `@attribute.path:value`, ranges `[a TO b]` and
 * `{a TO b}`, `>`, `>=`, `<`, `<=`, the wildcards `*` and `?`, `-`/`NOT`, `AND` (also implied), `OR`, parentheses,
 * `key:(a OR b)`, `key:*` and `_exists_:key`, `*` for everything. `AND` binds closer than `OR`. An empty query is `*`.
 * Throws a 400 with the reason for anything else.
 */
export function parseSearch(query: string): SearchNode {
  const parser = new SearchParser(lexSearch(query));
  return parser.parse();
}

/** The field that the values of a `key:(…)` group belong to. */
interface Field {
  readonly key: string;
  readonly isAttribute: boolean;
}

class SearchParser {
  #at = 0;
  #depth = 0;

  constructor(private readonly tokens: readonly SearchToken[]) {}

  parse(): SearchNode {
    if (this.#peek().kind === 'end') return { kind: 'all' };
    const node = this.#or(null);
    if (this.#peek().kind !== 'end') throw unexpected(this.#peek());
    return node;
  }

  #peek(): SearchToken {
    return this.tokens[this.#at] ?? { kind: 'end', at: 0 };
  }

  #take(): SearchToken {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #accept(kind: SearchToken['kind']): boolean {
    if (this.#peek().kind !== kind) return false;
    this.#at++;
    return true;
  }

  #or(field: Field | null): SearchNode {
    const nodes = [this.#and(field)];
    while (this.#accept('OR')) nodes.push(this.#and(field));
    return join('or', nodes);
  }

  #and(field: Field | null): SearchNode {
    const nodes = [this.#unary(field)];
    for (;;) {
      const isExplicit = this.#accept('AND');
      const { kind } = this.#peek();
      if (!isExplicit && (kind === 'end' || kind === 'OR' || kind === ')')) return join('and', nodes);
      nodes.push(this.#unary(field));
    }
  }

  #unary(field: Field | null): SearchNode {
    if (++this.#depth > MAX_DEPTH) throw searchError(`more than ${MAX_DEPTH} nested parentheses or negations`);
    const node = this.#accept('NOT') || this.#accept('-') ? ({ kind: 'not', of: this.#unary(field) } as const) : this.#primary(field);
    this.#depth--;
    return node;
  }

  #primary(field: Field | null): SearchNode {
    const token = this.#take();
    if (token.kind === '(') {
      const node = this.#or(field);
      if (!this.#accept(')')) throw searchError(`the parenthesis at position ${token.at} is not closed`);
      return node;
    }
    if (token.kind === 'key') {
      if (field !== null) throw searchError(`a field inside of the values of '${field.key}' (position ${token.at})`);
      return this.#fieldOf(token);
    }
    if (field !== null) return { kind: 'field', ...field, test: this.#testFrom(token) };
    if (token.kind !== 'word') throw unexpected(token);
    if (isStar(token.pattern)) return { kind: 'all' };
    return { kind: 'text', pattern: nonEmpty(token.pattern, token.at) };
  }

  #fieldOf({ key, isAttribute }: Field): SearchNode {
    if (key === '_exists_' && !isAttribute) return this.#existsOf();
    const field = { key, isAttribute };
    if (this.#peek().kind === '(') return this.#primary(field);
    return { kind: 'field', ...field, test: this.#testFrom(this.#take()) };
  }

  #existsOf(): SearchNode {
    const token = this.#take();
    const [name] = token.kind === 'word' ? token.pattern : [];
    if (token.kind !== 'word' || typeof name !== 'string' || token.pattern.length !== 1)
      throw searchError('_exists_ needs the name of a field');
    const isAttribute = name.startsWith('@');
    const key = isAttribute ? name.slice(1) : name;
    if (key === '') throw searchError('_exists_ needs the name of a field');
    return { kind: 'field', key, isAttribute, test: { kind: 'exists' } };
  }

  #testFrom(token: SearchToken): ValueTest {
    switch (token.kind) {
      case 'word':
        return isStar(token.pattern) ? { kind: 'exists' } : { kind: 'is', pattern: nonEmptyValue(token.pattern) };
      case '[':
      case '{':
        return this.#range(token.kind === '[');
      case '>':
      case '>=':
        return { kind: 'range', min: this.#comparedTo(token.kind === '>='), max: null };
      case '<':
      case '<=':
        return { kind: 'range', min: null, max: this.#comparedTo(token.kind === '<=') };
      case 'end':
        throw searchError('a field has no value');
      default:
        throw unexpected(token);
    }
  }

  #comparedTo(isInclusive: boolean): Bound {
    const bound = this.#bound(isInclusive);
    if (bound === null) throw searchError("'*' cannot be compared with");
    return bound;
  }

  #range(isMinInclusive: boolean): ValueTest {
    const min = this.#bound(isMinInclusive);
    if (!this.#accept('TO')) throw searchError('a range is written [from TO to]');
    const max = this.#bound(true);
    const close = this.#take();
    if (close.kind !== ']' && close.kind !== '}') throw searchError('a range is written [from TO to]');
    return { kind: 'range', min, max: max === null ? null : { ...max, isInclusive: close.kind === ']' } };
  }

  #bound(isInclusive: boolean): Bound | null {
    const isNegative = this.#accept('-');
    const token = this.#take();
    if (token.kind !== 'word') throw searchError('a range needs a number, a time, or * on each side');
    if (isStar(token.pattern) && !isNegative) return null;
    const [text] = token.pattern;
    if (typeof text !== 'string' || token.pattern.length !== 1) throw searchError('wildcards are not supported in ranges');
    return checkedBound({ text: isNegative ? `-${text}` : text, isInclusive });
  }
}

const isStar = (pattern: Pattern) => pattern.length === 1 && typeof pattern[0] === 'object' && pattern[0].wildcard === '*';

function nonEmpty(pattern: Pattern, at: number): Pattern {
  if (pattern.length === 0 || pattern[0] === '') throw searchError(`an empty term (position ${at})`);
  return pattern;
}

const nonEmptyValue = (pattern: Pattern): Pattern => (pattern.length === 0 ? [''] : pattern);

function checkedBound(bound: Bound): Bound {
  if (boundValue(bound.text) === null)
    throw searchError(`'${bound.text}' is neither a number, a duration such as 5ms, nor an ISO 8601 time`);
  return bound;
}

const UNIT_NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, min: 60e9, h: 3600e9 };

/** A number; a duration in nanoseconds; an ISO 8601 time in epoch milliseconds; otherwise null. */
export function boundValue(text: string): number | null {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(ns|us|µs|μs|ms|s|m|min|h)?$/iu.exec(text);
  if (match !== null) return Number(match[1]) * (match[2] === undefined ? 1 : (UNIT_NS[match[2].toLowerCase()] ?? Number.NaN));
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

function unexpected(token: SearchToken): Error {
  return searchError(token.kind === 'end' ? 'the query ends too early' : `'${token.kind}' at position ${token.at} is not expected`);
}
