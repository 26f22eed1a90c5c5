import { HttpError } from '../http';
import type { MetricSource } from '../store/store';
import type { TagFilter } from './metricAst';
import type { Pattern } from './searchAst';
import { globMatcher } from './searchMatch';

/** A 400 that says what about the metric query is wrong. */
export function metricError(reason: string): HttpError {
  return new HttpError(400, `Error parsing query: ${reason}`);
}

const MAX_DEPTH = 50;

/**
 * Parses what stands between the braces: tags `key:value` joined by commas (AND), `AND`, `OR`, `NOT`, `!tag`,
 * `key IN (a, b)`, `key NOT IN (a, b)`, parentheses, the wildcard `*`. A value is all after the first colon, blanks and
 * further colons included, up to a comma, an operator or the end; with a comma or brace in it, it is put in double quotes.
 */
export function parseTagFilter(text: string): TagFilter {
  return new TagFilterParser(text).parse();
}

/** Whether a source's tags pass the filter; keys and values are compared in any case, as Datadog lowers them. */
export function compileTagFilter(filter: TagFilter): (source: Pick<MetricSource, 'tags'>) => boolean {
  switch (filter.kind) {
    case 'all':
      return () => true;
    case 'tag':
      return tagMatcher(filter.key, filter.value);
    case 'not': {
      const of = compileTagFilter(filter.of);
      return (source) => !of(source);
    }
    default: {
      const of = filter.of.map(compileTagFilter);
      return filter.kind === 'and' ? (source) => of.every((test) => test(source)) : (source) => of.some((test) => test(source));
    }
  }
}

function tagMatcher(key: string, value: Pattern | null): (source: Pick<MetricSource, 'tags'>) => boolean {
  const folded = key.toLowerCase();
  if (value === null) return ({ tags }) => tags.some((tag) => tag.toLowerCase() === folded);
  const matches = globMatcher(value, false);
  const prefix = `${folded}:`;
  return ({ tags }) => tags.some((tag) => tag.toLowerCase().startsWith(prefix) && matches(tag.slice(prefix.length)));
}

class TagFilterParser {
  #at = 0;
  #depth = 0;

  constructor(private readonly text: string) {}

  parse(): TagFilter {
    this.#skip();
    if (this.#at >= this.text.length) throw metricError('the braces are empty; write {*} for everything');
    const filter = this.#or();
    if (this.#at < this.text.length) throw metricError(`'${this.text.slice(this.#at)}' in the filter is not expected`);
    return filter;
  }

  #or(): TagFilter {
    const parts = [this.#and()];
    while (this.#word('OR')) parts.push(this.#and());
    return joinFilters('or', parts);
  }

  #and(): TagFilter {
    const parts = [this.#unary()];
    while (this.#char(',') || this.#word('AND')) parts.push(this.#unary());
    return joinFilters('and', parts);
  }

  #unary(): TagFilter {
    if (++this.#depth > MAX_DEPTH) throw metricError('the filter is nested too deeply');
    const filter = this.#char('!') || this.#word('NOT') ? ({ kind: 'not', of: this.#unary() } as const) : this.#primary();
    this.#depth--;
    return filter;
  }

  #primary(): TagFilter {
    if (this.#char('(')) {
      const filter = this.#or();
      if (!this.#char(')')) throw metricError('a parenthesis in the filter is not closed');
      return filter;
    }
    this.#skip();
    if (this.text.charAt(this.#at) === '$') throw metricError('template variables ($name) have no value here');
    const key = this.#key();
    if (key === '*' && this.text.charAt(this.#at) !== ':') return { kind: 'all' };
    if (key === '') throw metricError(`a tag is missing at '${this.text.slice(this.#at)}'`);
    if (key.includes('*')) throw metricError('wildcards in the key of a tag are not supported');
    if (this.text.charAt(this.#at) === ':') {
      this.#at++;
      return { kind: 'tag', key, value: this.#value() };
    }
    if (this.#word('NOT')) {
      if (!this.#word('IN')) throw metricError(`'${key} NOT' must go on with IN (…)`);
      return { kind: 'not', of: this.#list(key) };
    }
    return this.#word('IN') ? this.#list(key) : { kind: 'tag', key, value: null };
  }

  #list(key: string): TagFilter {
    if (!this.#char('(')) throw metricError(`IN needs a list in parentheses after '${key}'`);
    const values: TagFilter[] = [];
    do values.push({ kind: 'tag', key, value: this.#value() });
    while (this.#char(','));
    if (!this.#char(')')) throw metricError(`the list of '${key}' is not closed`);
    return joinFilters('or', values);
  }

  #key(): string {
    const match = /^[^\s,:(){}"!$\\]+/u.exec(this.text.slice(this.#at));
    this.#at += match?.[0].length ?? 0;
    return match?.[0] ?? '';
  }

  #value(): Pattern {
    this.#skip();
    if (this.text.charAt(this.#at) === '$') throw metricError('template variables ($name.value) have no value here');
    return this.text.charAt(this.#at) === '"' ? this.#quoted() : this.#plain();
  }

  #quoted(): Pattern {
    let value = '';
    for (let at = this.#at + 1; at < this.text.length; at++) {
      const char = this.text.charAt(at);
      if (char === '"') {
        this.#at = at + 1;
        return [value];
      }
      if (char === '\\') at++;
      value += this.text.charAt(at);
    }
    throw metricError('a quote in the filter is not closed');
  }

  /** Up to a comma, a closing parenthesis that the value did not open, or ` AND `, ` OR `. */
  #plain(): Pattern {
    const parts: (string | { wildcard: '*' })[] = [];
    let value = '';
    let opened = 0;
    for (; this.#at < this.text.length; this.#at++) {
      const char = this.text.charAt(this.#at);
      if (char === ',' || (char === ')' && opened === 0) || /^\s+(AND|OR)\b/u.test(this.text.slice(this.#at, this.#at + 24))) break;
      opened += char === '(' ? 1 : char === ')' ? -1 : 0;
      if (char === '\\' && this.#at + 1 < this.text.length) value += this.text.charAt(++this.#at);
      else if (char === '*') {
        if (value !== '') parts.push(value);
        parts.push({ wildcard: '*' });
        value = '';
      } else value += char;
    }
    const end = value.trimEnd();
    if (end !== '') parts.push(end);
    if (parts.length === 0) throw metricError('a tag has no value');
    this.#skip();
    return parts;
  }

  #skip(): void {
    while (/\s/u.test(this.text.charAt(this.#at))) this.#at++;
  }

  #char(char: string): boolean {
    this.#skip();
    if (this.text.charAt(this.#at) !== char) return false;
    this.#at++;
    return true;
  }

  #word(word: string): boolean {
    this.#skip();
    if (!this.text.startsWith(word, this.#at) || /[^\s(]/u.test(this.text.charAt(this.#at + word.length))) return false;
    this.#at += word.length;
    return true;
  }
}

function joinFilters(kind: 'and' | 'or', parts: readonly TagFilter[]): TagFilter {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  const [first] = flat;
  return flat.length === 1 && first !== undefined ? first : { kind, of: flat };
}
