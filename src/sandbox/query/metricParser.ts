import type { SpaceAggregator } from '../store/store';
import type { ArithmeticOperator, FillMethod, FunctionName, MetricExpression, MetricTerm, RollupMethod } from './metricAst';
import { metricError, parseTagFilter } from './metricFilter';

const AGGREGATORS = new Set<string>(['avg', 'sum', 'min', 'max', 'count', 'p50', 'p75', 'p90', 'p95', 'p99']);
const ROLLUPS = new Set<string>(['avg', 'sum', 'min', 'max', 'count']);
const FILLS = new Set<string>(['null', 'zero', 'last', 'linear']);
const FUNCTIONS = new Set<string>(['abs', 'log2', 'log10', 'default_zero', 'diff', 'derivative', 'cumsum', 'timeshift']);
/** Functions that are a timeshift by these seconds. */
const SHIFTS: Readonly<Record<string, number>> = { hour_before: -3600, day_before: -86_400, week_before: -604_800 };
const MAX_DEPTH = 50;

/**
 * Parses `agg:metric{filter} by {tags}` with `.rollup([method,] [seconds])`, `.as_rate()`, `.as_count()`,
 * `.fill(null|zero|last|linear)`, arithmetic with numbers and parentheses, and the functions of `FUNCTIONS`. An absent
 * aggregator is `avg`. Throws a 400 that says what is wrong or not supported.
 */
export function parseMetricQuery(text: string): MetricExpression {
  const [only, second] = parseMetricQueries(text);
  if (only === undefined || second !== undefined) throw metricError('expected one query, not several separated by commas');
  return only;
}

/** Several queries separated by commas, as the v1 query endpoint takes them. */
export function parseMetricQueries(text: string): MetricExpression[] {
  return new MetricParser(text, false).parseList();
}

/** A formula over named queries: `100 * errors / hits`. */
export function parseFormula(text: string): MetricExpression {
  const [only, second] = new MetricParser(text, true).parseList();
  if (only === undefined || second !== undefined) throw metricError('a formula must be a single expression');
  return only;
}

class MetricParser {
  #at = 0;
  #depth = 0;

  constructor(
    private readonly text: string,
    private readonly isFormula: boolean,
  ) {}

  parseList(): MetricExpression[] {
    const expressions = [this.#sum()];
    while (this.#char(',')) expressions.push(this.#sum());
    this.#skip();
    if (this.#at < this.text.length) throw this.#unexpected();
    return expressions;
  }

  #sum(): MetricExpression {
    let left = this.#product();
    for (;;) {
      const operator = this.#operator('+', '-');
      if (operator === null) return left;
      left = { kind: 'arithmetic', operator, left, right: this.#product() };
    }
  }

  #product(): MetricExpression {
    let left = this.#unary();
    for (;;) {
      const operator = this.#operator('*', '/');
      if (operator === null) return left;
      left = { kind: 'arithmetic', operator, left, right: this.#unary() };
    }
  }

  #operator(...operators: ArithmeticOperator[]): ArithmeticOperator | null {
    return operators.find((operator) => this.#char(operator)) ?? null;
  }

  #unary(): MetricExpression {
    if (++this.#depth > MAX_DEPTH) throw metricError('the query is nested too deeply');
    const expression: MetricExpression = this.#char('-') ? { kind: 'negate', of: this.#unary() } : this.#primary();
    this.#depth--;
    return expression;
  }

  #primary(): MetricExpression {
    if (this.#char('(')) {
      const expression = this.#sum();
      this.#expect(')');
      if (this.text.charAt(this.#at) === '.')
        throw metricError('modifiers such as .rollup() belong to a single metric, not to parentheses');
      return expression;
    }
    const number = this.#match(/^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\w{:])/iu);
    if (number !== null) return { kind: 'number', value: Number(number) };
    const name = this.#match(/^[A-Za-z_][\w.]*/u);
    if (name === null) throw this.#unexpected();
    if (this.#char('(')) return this.#call(name);
    if (this.isFormula) return { kind: 'reference', name };
    if (this.text.charAt(this.#at) === ':') return this.#aggregated(name);
    return this.#term('avg', name);
  }

  #aggregated(aggregator: string): MetricTerm {
    if (!AGGREGATORS.has(aggregator))
      throw metricError(`the aggregator '${aggregator}' is not supported; use one of ${[...AGGREGATORS].join(', ')}`);
    this.#at++;
    const metric = this.#match(/^[A-Za-z_][\w.]*/u);
    if (metric === null) throw metricError(`the name of a metric is missing after '${aggregator}:'`);
    return this.#term(aggregator as SpaceAggregator, metric);
  }

  #term(aggregator: SpaceAggregator, metric: string): MetricTerm {
    if (!this.#char('{')) throw metricError(`'${metric}' needs a filter in braces, such as ${metric}{*}`);
    const filter = parseTagFilter(this.#braced());
    const by = this.#match(/^by\s*\{/u) === null ? [] : this.#groups();
    let term: MetricTerm = { kind: 'metric', aggregator, metric, filter, by, rollup: null, as: null, fill: null };
    while (this.#char('.')) term = this.#modified(term);
    return term;
  }

  #groups(): string[] {
    const keys = this.#braced()
      .split(',')
      .map((key) => key.trim());
    if (keys.some((key) => !/^[^\s$"]+$/u.test(key))) throw metricError('by {…} needs tag keys separated by commas');
    return [...new Set(keys)];
  }

  /** The text up to the brace that closes the one just read; braces in double quotes do not count. */
  #braced(): string {
    const start = this.#at;
    let isQuoted = false;
    for (; this.#at < this.text.length; this.#at++) {
      const char = this.text.charAt(this.#at);
      if (char === '\\') this.#at++;
      else if (char === '"') isQuoted = !isQuoted;
      else if (char === '{' && !isQuoted) break;
      else if (char === '}' && !isQuoted) return this.text.slice(start, this.#at++);
    }
    throw metricError('a brace is not closed');
  }

  #modified(term: MetricTerm): MetricTerm {
    const name = this.#match(/^\w+/u) ?? '';
    this.#expect('(');
    const inside = this.#match(/^[^()]*/u) ?? '';
    this.#expect(')');
    const args = inside.trim() === '' ? [] : inside.split(',').map((arg) => arg.trim());
    switch (name) {
      case 'as_rate':
      case 'as_count':
        if (args.length > 0) throw metricError(`.${name}() takes nothing`);
        if (term.as !== null) throw metricError('only one of .as_rate() and .as_count() can be used');
        return { ...term, as: name === 'as_rate' ? 'rate' : 'count' };
      case 'rollup':
        if (term.rollup !== null) throw metricError('.rollup() is there twice');
        return { ...term, rollup: rollupFrom(args) };
      case 'fill':
        if (args.length !== 1 || !FILLS.has(args[0] ?? '')) throw metricError('.fill() takes one of null, zero, last, linear');
        return { ...term, fill: args[0] as FillMethod };
      default:
        throw metricError(`.${name}() is not supported; use .rollup(), .as_rate(), .as_count() or .fill()`);
    }
  }

  #call(name: string): MetricExpression {
    const shift = SHIFTS[name];
    if (shift === undefined && !FUNCTIONS.has(name))
      throw metricError(`the function ${name}() is not supported; there are ${[...FUNCTIONS, ...Object.keys(SHIFTS)].join(', ')}`);
    const of = this.#sum();
    if (shift !== undefined) {
      this.#expect(')');
      return { kind: 'call', name: 'timeshift', of, argument: shift };
    }
    const argument = name === 'timeshift' ? this.#seconds() : null;
    this.#expect(')');
    return { kind: 'call', name: name as FunctionName, of, argument };
  }

  #seconds(): number {
    this.#expect(',');
    const text = this.#match(/^-?\d+/u);
    if (text === null) throw metricError('timeshift() needs whole seconds, such as timeshift(…, -3600)');
    return Number(text);
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

  #expect(char: string): void {
    if (!this.#char(char)) throw this.#unexpected(`'${char}'`);
  }

  #match(pattern: RegExp): string | null {
    this.#skip();
    const found = pattern.exec(this.text.slice(this.#at))?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }

  #unexpected(wanted = 'a metric, a number or a parenthesis'): Error {
    const rest = this.text.slice(this.#at).trim();
    return metricError(
      rest === '' ? `the query ends where ${wanted} is expected` : `'${rest.slice(0, 60)}' stands where ${wanted} is expected`,
    );
  }
}

function rollupFrom(args: readonly string[]): MetricTerm['rollup'] {
  const method = args.find((arg) => ROLLUPS.has(arg)) ?? null;
  const seconds = args.find((arg) => /^[1-9]\d{0,8}$/.test(arg)) ?? null;
  const known = (method === null ? 0 : 1) + (seconds === null ? 0 : 1);
  if (args.length === 0 || args.length !== known || (args.length === 2 && args[0] !== method))
    throw metricError(
      `.rollup(${args.join(', ')}) is not supported; write .rollup(method, seconds) with one of ${[...ROLLUPS].join(', ')}`,
    );
  return { method: method as RollupMethod | null, intervalSec: seconds === null ? null : Number(seconds) };
}
