import type { SpaceAggregator } from '../store/store';
import type { Pattern } from './searchAst';

/** Which tag sets a metric query reads. */
export type TagFilter =
  | { readonly kind: 'all' }
  /** `value` null: a tag without a colon. */
  | { readonly kind: 'tag'; readonly key: string; readonly value: Pattern | null }
  | { readonly kind: 'not'; readonly of: TagFilter }
  | { readonly kind: 'and' | 'or'; readonly of: readonly TagFilter[] };

export type RollupMethod = 'avg' | 'sum' | 'min' | 'max' | 'count';
export type FillMethod = 'null' | 'zero' | 'last' | 'linear';

/** `avg:system.load{env:prod} by {host}.rollup(max, 60)`. */
export interface MetricTerm {
  readonly kind: 'metric';
  readonly aggregator: SpaceAggregator;
  readonly metric: string;
  readonly filter: TagFilter;
  readonly by: readonly string[];
  readonly rollup: { readonly method: RollupMethod | null; readonly intervalSec: number | null } | null;
  readonly as: 'rate' | 'count' | null;
  readonly fill: FillMethod | null;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type FunctionName = 'abs' | 'log2' | 'log10' | 'default_zero' | 'diff' | 'derivative' | 'cumsum' | 'timeshift';

export type MetricExpression =
  | { readonly kind: 'number'; readonly value: number }
  | MetricTerm
  /** The name of a query, inside of a formula. */
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'negate'; readonly of: MetricExpression }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: MetricExpression; readonly argument: number | null }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: MetricExpression;
      readonly right: MetricExpression;
    };

/** Query text of an expression; parsing it gives an equal expression. */
export function printMetric(expression: MetricExpression): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'metric':
      return printTerm(expression);
    case 'reference':
      return expression.name;
    case 'negate':
      return `-${printOperand(expression.of)}`;
    case 'call':
      return `${expression.name}(${printMetric(expression.of)}${expression.argument === null ? '' : `, ${expression.argument}`})`;
    default:
      return `${printOperand(expression.left)} ${expression.operator} ${printOperand(expression.right)}`;
  }
}

const printOperand = (expression: MetricExpression) =>
  expression.kind === 'arithmetic' || expression.kind === 'negate' ? `(${printMetric(expression)})` : printMetric(expression);

function printTerm(term: MetricTerm): string {
  const by = term.by.length === 0 ? '' : ` by {${term.by.join(',')}}`;
  const rollup =
    term.rollup === null ? '' : `.rollup(${[term.rollup.method, term.rollup.intervalSec].filter((part) => part !== null).join(', ')})`;
  const as = term.as === null ? '' : `.as_${term.as}()`;
  const fill = term.fill === null ? '' : `.fill(${term.fill})`;
  return `${term.aggregator}:${term.metric}{${printFilter(term.filter)}}${by}${as}${rollup}${fill}`;
}

/** The filter in the form `a:b,!c:d`, with `AND`, `OR` and parentheses where commas cannot say it. */
export function printFilter(filter: TagFilter): string {
  if (filter.kind === 'and' && filter.of.every((part) => part.kind === 'tag' || (part.kind === 'not' && part.of.kind === 'tag')))
    return filter.of.map(printFilter).join(',');
  switch (filter.kind) {
    case 'all':
      return '*';
    case 'tag':
      return filter.value === null ? filter.key : `${filter.key}:${printValue(filter.value)}`;
    case 'not':
      return filter.of.kind === 'tag' ? `!${printFilter(filter.of)}` : `NOT (${printFilter(filter.of)})`;
    default:
      return filter.of
        .map((part) => (part.kind === 'and' || part.kind === 'or' ? `(${printFilter(part)})` : printFilter(part)))
        .join(filter.kind === 'and' ? ' AND ' : ' OR ');
  }
}

function printValue(value: Pattern): string {
  const [only] = value;
  const isPlain = value.every((part) => typeof part !== 'string' || /^[\p{L}\p{N}_\-./:@]+$/u.test(part));
  if (isPlain) return value.map((part) => (typeof part === 'string' ? part : part.wildcard)).join('');
  if (value.length === 1 && typeof only === 'string') return `"${only.replace(/["\\]/g, '\\$&')}"`;
  return value.map((part) => (typeof part === 'string' ? part.replace(/[^\p{L}\p{N}_\-./:@ ]/gu, '\\$&') : part.wildcard)).join('');
}
