import type { TimeWindow } from '../../domain/timeSeries';
import type { TelemetryStore } from '../store/store';
import type { MetricExpression, MetricTerm } from './metricAst';
import { compileTagFilter, metricError } from './metricFilter';

/** Window lengths and the interval that Datadog draws them with: docs.datadoghq.com/metrics/advanced-filtering, "Metric interval". */
const INTERVALS: readonly (readonly [upToSec: number, intervalSec: number])[] = [
  [300, 1],
  [900, 5],
  [1800, 10],
  [3600, 20],
  [4 * 3600, 60],
  [86_400, 300],
  [2 * 86_400, 600],
  [7 * 86_400, 3600],
  [31 * 86_400, 4 * 3600],
  [92 * 86_400, 12 * 3600],
];

const MAX_POINTS = 10_000;

export function defaultIntervalSec(window: TimeWindow): number {
  const lengthSec = (window.toMs - window.fromMs) / 1000;
  return INTERVALS.find(([upToSec]) => lengthSec <= upToSec)?.[1] ?? 86_400;
}

/**
 * The interval for all terms without one of their own: the wanted one (or the window's default), but never shorter than
 * what the slowest of their sources reports at, since values are not interpolated.
 */
export function chooseIntervalSec(
  expressions: readonly MetricExpression[],
  store: Pick<TelemetryStore, 'metricSources'>,
  window: TimeWindow,
  wantedSec: number | null,
): number {
  let intervalSec = Math.max(1, Math.round(wantedSec ?? defaultIntervalSec(window)));
  for (const term of expressions.flatMap(termsOf)) {
    if (term.rollup?.intervalSec != null) continue;
    const passes = compileTagFilter(term.filter);
    for (const source of store.metricSources(term.metric))
      if (passes(source)) intervalSec = Math.max(intervalSec, Math.ceil(source.intervalSec));
  }
  return intervalSec;
}

/** The metrics that an expression reads. */
export function termsOf(expression: MetricExpression): MetricTerm[] {
  switch (expression.kind) {
    case 'metric':
      return [expression];
    case 'negate':
    case 'call':
      return termsOf(expression.of);
    case 'arithmetic':
      return [...termsOf(expression.left), ...termsOf(expression.right)];
    default:
      return [];
  }
}

/** Starts of the intervals, in epoch seconds: the first whole one of the window to the one that holds its end. */
export function gridOf(window: TimeWindow, intervalSec: number): number[] {
  const fromSec = window.fromMs / 1000;
  const toSec = window.toMs / 1000;
  const first = Math.ceil(fromSec / intervalSec) * intervalSec;
  const start = first < toSec ? first : Math.floor(fromSec / intervalSec) * intervalSec;
  const count = Math.ceil((toSec - start) / intervalSec);
  if (count > MAX_POINTS)
    throw metricError(
      `${count} points of ${intervalSec} s are too many (at most ${MAX_POINTS}); use a longer .rollup() or a shorter window`,
    );
  return Array.from({ length: Math.max(0, count) }, (_, at) => start + at * intervalSec);
}
