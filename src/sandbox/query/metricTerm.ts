import type { Point, TimeWindow } from '../../domain/timeSeries';
import { tagValue } from '../../domain/timeSeries';
import { preferStatistic } from '../store/statistic';
import type { MetricSource, SpaceAggregator, TelemetryStore } from '../store/store';
import { type MetricTerm, printFilter, printMetric, type TagFilter } from './metricAst';
import { compileTagFilter, metricError } from './metricFilter';
import { gridOf } from './metricInterval';

/** One series of a query's answer. */
export interface EvaluatedSeries {
  /** The metric's name, or the formula's text. */
  readonly metric: string;
  /** `key:value` of the tags grouped by; empty without groups. */
  readonly tags: readonly string[];
  /** The group's tags, or the filter, as Datadog writes it. */
  readonly scope: string;
  readonly expression: string;
  readonly unit: string | null;
  readonly aggregator: SpaceAggregator | null;
  readonly intervalSec: number;
  /** In ascending time; intervals without a value are absent unless they were filled. */
  readonly points: readonly Point[];
}

type Values = ReadonlyMap<number, number>;

/**
 * Aggregates every matching source over time, then the sources of a group over space. Over time a gauge is averaged and a
 * count or rate summed unless `.rollup()` names a method; `.as_count()` and `.as_rate()` sum, the latter per second.
 * Distributions are aggregated over all values of the group at once, so that averages and percentiles are exact.
 */
export function evaluateTerm(
  term: MetricTerm,
  store: Pick<TelemetryStore, 'metricSources'>,
  window: TimeWindow,
  defaultIntervalSec: number,
): EvaluatedSeries[] {
  const intervalSec = term.rollup?.intervalSec ?? defaultIntervalSec;
  const grid = gridOf(window, intervalSec);
  const matching = store.metricSources(term.metric).filter(compileTagFilter(term.filter));
  const sources = term.by.includes('statistic') ? matching : preferStatistic(matching, term.aggregator);
  const [startSec] = grid;
  if (startSec === undefined) return [];
  const aligned = { fromMs: startSec * 1000, toMs: window.toMs };
  const series: EvaluatedSeries[] = [];
  for (const [key, group] of groupSources(sources, term.by)) {
    const values = aggregateGroup(group, term, aligned, intervalSec);
    if (values.size === 0) continue;
    const tags = key === '' ? [] : key.split('\n');
    const points: Point[] = [];
    for (const sec of grid) if (values.has(sec)) points.push([sec, values.get(sec) as number]);
    series.push(describe(term, tags, group[0]?.unit ?? null, intervalSec, points));
  }
  if (series.length === 0) rejectUnanswerable(term, matching);
  return series.sort((a, b) => (a.scope < b.scope ? -1 : 1));
}

function describe(
  term: MetricTerm,
  tags: readonly string[],
  unit: string | null,
  intervalSec: number,
  points: readonly Point[],
): EvaluatedSeries {
  const scope = tags.length > 0 ? tags.join(',') : printFilter(term.filter);
  const scoped: TagFilter = tags.length === 0 ? term.filter : { kind: 'and', of: [...tags.map(tagFilter), ...restOf(term.filter)] };
  return {
    metric: term.metric,
    tags,
    scope,
    expression: printMetric({ ...term, filter: scoped, by: [] }),
    unit: unitOf(term, unit),
    aggregator: term.aggregator,
    intervalSec,
    points,
  };
}

const restOf = (filter: TagFilter): readonly TagFilter[] => (filter.kind === 'all' ? [] : filter.kind === 'and' ? filter.of : [filter]);

function tagFilter(tag: string): TagFilter {
  const at = tag.indexOf(':');
  return { kind: 'tag', key: tag.slice(0, at), value: [tag.slice(at + 1)] };
}

const unitOf = (term: MetricTerm, unit: string | null) => (term.aggregator === 'count' ? null : unit);

/** Sources by the tags grouped by, joined with line breaks; a tag that a source lacks is `N/A`, as in Datadog. */
function groupSources(sources: readonly MetricSource[], by: readonly string[]): Map<string, MetricSource[]> {
  const groups = new Map<string, MetricSource[]>();
  for (const source of sources) {
    const key = by.map((name) => `${name}:${(tagValue(source.tags, name) ?? 'N/A').replaceAll('\n', ' ')}`).join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [source]);
    else group.push(source);
  }
  return groups;
}

function aggregateGroup(group: readonly MetricSource[], term: MetricTerm, window: TimeWindow, intervalSec: number): Values {
  const distributions = group.filter((source) => source.type === 'distribution');
  const numbers = group.filter((source) => source.type !== 'distribution').map((source) => overTime(source, term, window, intervalSec));
  const parts = distributions.length === 0 ? numbers : [distributionValues(distributions, term, window, intervalSec), ...numbers];
  return overSpace(parts, term.aggregator);
}

function overTime(source: MetricSource, term: MetricTerm, window: TimeWindow, intervalSec: number): Values {
  const { aggregator, as, rollup } = term;
  if (isPercentile(aggregator)) return onGrid(source.rollup(window, intervalSec, aggregator), intervalSec);
  if (aggregator === 'count') return onGrid(source.rollup(window, intervalSec, 'count'), intervalSec);
  const isFlow = as !== null || source.type !== 'gauge';
  const method = rollup?.method ?? (isFlow ? 'sum' : 'avg');
  const values = onGrid(source.rollup(window, intervalSec, method), intervalSec);
  if (method !== 'sum') return values;
  const asRate = as === 'rate' || (as === null && source.type === 'rate');
  const factor = (source.type === 'rate' ? source.intervalSec : 1) / (asRate ? intervalSec : 1);
  return factor === 1 ? values : mapValues(values, (value) => value * factor);
}

function distributionValues(sources: readonly MetricSource[], term: MetricTerm, window: TimeWindow, intervalSec: number): Values {
  const { aggregator, as, rollup } = term;
  const isTotal = aggregator === 'sum' || aggregator === 'count';
  if (rollup?.method != null && rollup.method !== aggregator && !(isTotal && rollup.method === 'sum'))
    throw metricError(
      `${term.metric} is a distribution, whose ${aggregator} is taken over all values of an interval; write .rollup(seconds) only`,
    );
  if (as !== null && !isTotal) throw metricError(`.as_${as}() applies to the sum or the count of the distribution ${term.metric}`);
  const values = isPercentile(aggregator)
    ? percentiles(sources, aggregator, window, intervalSec)
    : totals(sources, aggregator, window, intervalSec);
  return as === 'rate' ? mapValues(values, (value) => value / intervalSec) : values;
}

function percentiles(sources: readonly MetricSource[], aggregator: SpaceAggregator, window: TimeWindow, intervalSec: number): Values {
  const [first, ...others] = sources;
  if (first === undefined) return new Map();
  const pooled = others.length === 0 ? first : first.pool?.(others);
  if (pooled === undefined)
    throw metricError(`percentiles of ${first.metric} over several tag sets are not kept; group by all of its tags`);
  return onGrid(pooled.rollup(window, intervalSec, aggregator), intervalSec);
}

function totals(sources: readonly MetricSource[], aggregator: SpaceAggregator, window: TimeWindow, intervalSec: number): Values {
  const all = (method: SpaceAggregator) => sources.map((source) => onGrid(source.rollup(window, intervalSec, method), intervalSec));
  if (aggregator !== 'avg') return overSpace(all(aggregator), aggregator);
  const counts = overSpace(all('count'), 'sum');
  return mapValues(overSpace(all('sum'), 'sum'), (sum, sec) => sum / (counts.get(sec) ?? 1));
}

/** One value for each interval that any part has; `count` adds up, percentiles that were recorded as such are averaged. */
function overSpace(parts: readonly Values[], aggregator: SpaceAggregator): Values {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const found = new Map<number, number[]>();
  for (const part of parts) {
    for (const [sec, value] of part) {
      const values = found.get(sec);
      if (values === undefined) found.set(sec, [value]);
      else values.push(value);
    }
  }
  return new Map(Array.from(found, ([sec, values]) => [sec, reduce(values, aggregator)]));
}

/** Aggregates values that are not empty. */
export function reduce(values: readonly number[], aggregator: SpaceAggregator): number {
  if (aggregator === 'min') return values.reduce((a, b) => Math.min(a, b));
  if (aggregator === 'max') return values.reduce((a, b) => Math.max(a, b));
  const sum = values.reduce((a, b) => a + b, 0);
  return aggregator === 'sum' || aggregator === 'count' ? sum : sum / values.length;
}

const isPercentile = (aggregator: SpaceAggregator) => aggregator.startsWith('p');

function onGrid(rolled: ReturnType<MetricSource['rollup']>, intervalSec: number): Values {
  const values = new Map<number, number>();
  for (const [sec, value] of rolled) values.set(Math.floor(sec / intervalSec) * intervalSec, value);
  return values;
}

function mapValues(values: Values, of: (value: number, sec: number) => number): Values {
  const mapped = new Map<number, number>();
  for (const [sec, value] of values) mapped.set(sec, of(value, sec));
  return mapped;
}

/** Percentiles of a metric that is no distribution: an empty answer would look as if there were no data. */
function rejectUnanswerable(term: MetricTerm, matching: readonly MetricSource[]): void {
  const hasNumbersOnly = matching.length > 0 && matching.every((source) => source.type !== 'distribution');
  if (
    !isPercentile(term.aggregator) ||
    !hasNumbersOnly ||
    matching.some(({ tags }) => tagValue(tags, 'statistic')?.toLowerCase() === term.aggregator)
  )
    return;
  throw metricError(`${term.metric} is no distribution, so ${term.aggregator} is not known; use avg, sum, min, max or count`);
}
