import type { TimeWindow } from '../../domain/timeSeries';
import type { TelemetryStore } from '../store/store';
import { type Columns, type EvaluatedSeries, presentOnly, valueAt } from './evaluatedSeries';
import type { ArithmeticOperator, FillMethod, FunctionName, MetricExpression } from './metricAst';
import { printMetric } from './metricAst';
import { metricError } from './metricFilter';
import { chooseIntervalSec, gridOf } from './metricInterval';
import { evaluateTerm } from './metricTerm';

export interface MetricScope {
  readonly store: Pick<TelemetryStore, 'metricSources'>;
  readonly window: TimeWindow;
  /** Of terms without their own `.rollup(seconds)`. */
  readonly intervalSec: number;
  /** Answers of the queries that a formula may name. */
  readonly references?: ReadonlyMap<string, readonly EvaluatedSeries[]>;
  /** Applied to each metric's series before arithmetic and functions see it. */
  readonly transform?: (series: EvaluatedSeries) => EvaluatedSeries;
}

/** Parsed queries with one interval that suits them all; see {@link chooseIntervalSec}. */
export function metricScope(
  expressions: readonly MetricExpression[],
  store: Pick<TelemetryStore, 'metricSources'>,
  window: TimeWindow,
  wantedIntervalSec: number | null = null,
): MetricScope {
  return { store, window, intervalSec: chooseIntervalSec(expressions, store, window, wantedIntervalSec) };
}

/** The series that an expression gives; a plain number is one series over the whole window. Throws 400s. */
export function evaluateMetric(expression: MetricExpression, scope: MetricScope): readonly EvaluatedSeries[] {
  const value = evaluate(expression, scope);
  return typeof value === 'number' ? [constant(value, scope)] : value;
}

type Value = number | readonly EvaluatedSeries[];

function evaluate(expression: MetricExpression, scope: MetricScope): Value {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'metric': {
      const series = evaluateTerm(expression, scope.store, scope.window, scope.intervalSec);
      const { fill } = expression;
      const whole = fill === null ? series : series.map((one) => filled(one, fill, scope.window));
      return scope.transform === undefined ? whole : whole.map(scope.transform);
    }
    case 'reference': {
      const found = scope.references?.get(expression.name);
      if (found === undefined) throw metricError(`the formula names '${expression.name}', but no query has this name`);
      return found;
    }
    case 'negate':
      return combine('-', 0, evaluate(expression.of, scope), printMetric(expression));
    case 'call':
      return call(expression.name, expression, scope);
    default: {
      const { operator, left, right } = expression;
      return combine(operator, evaluate(left, scope), evaluate(right, scope), printMetric(expression));
    }
  }
}

function constant(value: number, scope: MetricScope): EvaluatedSeries {
  const { window, intervalSec } = scope;
  const secs = gridOf(window, intervalSec);
  const text = String(value);
  const values = secs.map(() => value);
  return { metric: text, tags: [], scope: '*', expression: text, unit: null, aggregator: null, intervalSec, secs, values };
}

const OPERATIONS: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/** Series of equal tags meet; a series without groups meets every one. A value is only where both sides have one. */
function combine(operator: ArithmeticOperator, left: Value, right: Value, text: string): Value {
  const apply = OPERATIONS[operator];
  if (typeof left === 'number' && typeof right === 'number') return apply(left, right);
  if (typeof left === 'number')
    return asSeries(right).map((series) => mapped(series, (value) => apply(left, value), text, operator === '*' ? series.unit : null));
  if (typeof right === 'number') return left.map((series) => mapped(series, (value) => apply(value, right), text, series.unit));
  const pairs = pairsOf(left, right);
  return pairs.map(([a, b]) => {
    if (a.intervalSec !== b.intervalSec)
      throw metricError(
        `the sides of '${operator}' have intervals of ${a.intervalSec} s and ${b.intervalSec} s; give both the same .rollup()`,
      );
    const otherAt = valueAt(b);
    const base = a.tags.length >= b.tags.length ? a : b;
    const isSameUnit = (operator === '+' || operator === '-') && a.unit === b.unit;
    return {
      ...base,
      metric: text,
      expression: text,
      aggregator: null,
      unit: isSameUnit ? a.unit : null,
      ...presentOnly({ secs: a.secs, values: a.values.map((value, at) => finite(value, otherAt(a.secs[at] ?? 0), apply)) }),
    };
  });
}

const asSeries = (value: Value): readonly EvaluatedSeries[] => (typeof value === 'number' ? [] : value);

function finite(a: number | null, b: number | null, apply: (a: number, b: number) => number): number | null {
  if (a === null || b === null) return null;
  const value = apply(a, b);
  return Number.isFinite(value) ? value : null;
}

function pairsOf(left: readonly EvaluatedSeries[], right: readonly EvaluatedSeries[]): (readonly [EvaluatedSeries, EvaluatedSeries])[] {
  const [soleLeft] = left;
  const [soleRight] = right;
  if (soleRight !== undefined && right.length === 1 && soleRight.tags.length === 0) return left.map((series) => [series, soleRight]);
  if (soleLeft !== undefined && left.length === 1 && soleLeft.tags.length === 0) return right.map((series) => [soleLeft, series]);
  const keyOf = (series: EvaluatedSeries) => [...series.tags].sort().join('\n');
  const byKey = new Map(right.map((series) => [keyOf(series), series]));
  return left.flatMap((series) => {
    const other = byKey.get(keyOf(series));
    return other === undefined ? [] : [[series, other] as const];
  });
}

function mapped(series: EvaluatedSeries, of: (value: number) => number, text: string, unit: string | null): EvaluatedSeries {
  const values = series.values.map((value) => finite(value, 0, (known) => of(known)));
  return { ...series, metric: text, expression: text, unit, ...presentOnly({ secs: series.secs, values }) };
}

function call(name: FunctionName, expression: MetricExpression & { kind: 'call' }, scope: MetricScope): Value {
  const text = printMetric(expression);
  if (name === 'timeshift') return shifted(expression, scope, text);
  const of = evaluate(expression.of, scope);
  if (name === 'default_zero') {
    const series = typeof of === 'number' || of.length > 0 ? of : [constant(0, scope)];
    return typeof series === 'number'
      ? series
      : series.map((one) => ({ ...filled(one, 'zero', scope.window), metric: text, expression: text }));
  }
  if (typeof of === 'number') throw metricError(`${name}() needs a metric, not a number`);
  const pointwise = POINTWISE[name];
  if (pointwise !== undefined) return of.map((series) => mapped(series, pointwise, text, name === 'abs' ? series.unit : null));
  return of.map((series) => ({
    ...series,
    metric: text,
    expression: text,
    unit: name === 'derivative' ? null : series.unit,
    ...alongTime(name, series),
  }));
}

const POINTWISE: Readonly<Partial<Record<FunctionName, (value: number) => number>>> = { abs: Math.abs, log2: Math.log2, log10: Math.log10 };

/** `diff` to the point before, `derivative` the same per second, `cumsum` the total so far. Gaps are passed over. */
function alongTime(name: FunctionName, columns: Columns): Columns {
  const { secs, values } = presentOnly(columns);
  let total = 0;
  const change = (value: number | null, at: number): number | null => {
    const [sec = 0, beforeSec] = [secs[at], secs[at - 1]];
    total += value ?? 0;
    if (name === 'cumsum') return total;
    return beforeSec === undefined ? null : ((value ?? 0) - (values[at - 1] ?? 0)) / (name === 'derivative' ? sec - beforeSec : 1);
  };
  return presentOnly({ secs, values: values.map(change) });
}

/** What was some seconds ago (the argument is negative), drawn as if it were now. */
function shifted(expression: MetricExpression & { kind: 'call' }, scope: MetricScope, text: string): Value {
  const seconds = expression.argument ?? 0;
  if (scope.references !== undefined) throw metricError('timeshift() belongs into a query, not into a formula');
  const { fromMs, toMs } = scope.window;
  const of = evaluate(expression.of, { ...scope, window: { fromMs: fromMs + seconds * 1000, toMs: toMs + seconds * 1000 } });
  if (typeof of === 'number') return of;
  return of.map((series) => {
    // Rounded to whole intervals, so that both lie on one grid.
    const offset = Math.round(-seconds / series.intervalSec) * series.intervalSec;
    return { ...series, metric: text, expression: text, secs: series.secs.map((sec) => sec + offset) };
  });
}

/** Gives intervals without a value one: 0, the value before, or on the line between its neighbours. */
function filled(series: EvaluatedSeries, method: FillMethod, window: TimeWindow): EvaluatedSeries {
  const secs = gridOf(window, series.intervalSec);
  const values = secs.map(valueAt(series));
  if (method === 'null') return { ...series, secs, values };
  if (method === 'zero') return { ...series, secs, values: values.map((value) => value ?? 0) };
  return { ...series, ...presentOnly({ secs, values: method === 'last' ? carried(values) : interpolated(values) }) };
}

function carried(values: readonly (number | null)[]): (number | null)[] {
  let last: number | null = null;
  return values.map((value) => {
    last = value ?? last;
    return last;
  });
}

/** Intervals are equally long, so places stand for times. */
function interpolated(values: readonly (number | null)[]): (number | null)[] {
  const result = [...values];
  let before = -1;
  values.forEach((value, at) => {
    if (value === null) return;
    const start = values[before] ?? null;
    for (let gap = before + 1; start !== null && gap < at; gap++) result[gap] = start + ((value - start) * (gap - before)) / (at - before);
    before = at;
  });
  return result;
}
