import type { TimeWindow } from '../../domain/timeSeries';
import { tagValue } from '../../domain/timeSeries';
import { preferStatistic } from '../store/statistic';
import type { MetricSource, SpaceAggregator, TelemetryStore } from '../store/store';
import { type Columns, type EvaluatedSeries, presentOnly } from './evaluatedSeries';
import { type MetricTerm, printFilter, printMetric, type TagFilter } from './metricAst';
import { compileTagFilter, metricError } from './metricFilter';
import { gridOf } from './metricInterval';

/** The intervals that a query is answered for. */
interface Grid {
  /** Their starts. */
  readonly secs: readonly number[];
  readonly intervalSec: number;
  readonly window: TimeWindow;
}

/** A value for each interval of the grid, NaN where there is none. */
type Values = readonly number[];

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
  const secs = gridOf(window, intervalSec);
  const matching = store.metricSources(term.metric).filter(compileTagFilter(term.filter));
  const sources = term.by.includes('statistic') ? matching : preferStatistic(matching, term.aggregator);
  const [startSec] = secs;
  if (startSec === undefined) return [];
  const grid = { secs, intervalSec, window: { fromMs: startSec * 1000, toMs: window.toMs } };
  const series: EvaluatedSeries[] = [];
  for (const [key, group] of groupSources(sources, term.by)) {
    const columns = presentOnly({ secs, values: aggregateGroup(group, term, grid) });
    if (columns.secs.length === 0) continue;
    const tags = key === '' ? [] : key.split('\n');
    series.push(describe(term, tags, group[0]?.unit ?? null, intervalSec, columns));
  }
  if (series.length === 0) rejectUnanswerable(term, matching);
  return series.sort((a, b) => (a.scope < b.scope ? -1 : 1));
}

function describe(term: MetricTerm, tags: readonly string[], unit: string | null, intervalSec: number, columns: Columns): EvaluatedSeries {
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
    ...columns,
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

function aggregateGroup(group: readonly MetricSource[], term: MetricTerm, grid: Grid): Values {
  const distributions = group.filter((source) => source.type === 'distribution');
  const numbers = group.filter((source) => source.type !== 'distribution').map((source) => overTime(source, term, grid));
  const parts = distributions.length === 0 ? numbers : [distributionValues(distributions, term, grid), ...numbers];
  return overSpace(parts, term.aggregator);
}

function overTime(source: MetricSource, term: MetricTerm, grid: Grid): Values {
  const { aggregator, as, rollup } = term;
  if (isPercentile(aggregator) || aggregator === 'count') return onGrid(source, grid, aggregator);
  const isFlow = as !== null || source.type !== 'gauge';
  const method = rollup?.method ?? (isFlow ? 'sum' : 'avg');
  const values = onGrid(source, grid, method);
  if (method !== 'sum') return values;
  const asRate = as === 'rate' || (as === null && source.type === 'rate');
  const factor = (source.type === 'rate' ? source.intervalSec : 1) / (asRate ? grid.intervalSec : 1);
  return factor === 1 ? values : values.map((value) => value * factor);
}

function distributionValues(sources: readonly MetricSource[], term: MetricTerm, grid: Grid): Values {
  const { aggregator, as, rollup } = term;
  const isTotal = aggregator === 'sum' || aggregator === 'count';
  if (rollup?.method != null && rollup.method !== aggregator && !(isTotal && rollup.method === 'sum'))
    throw metricError(
      `${term.metric} is a distribution, whose ${aggregator} is taken over all values of an interval; write .rollup(seconds) only`,
    );
  if (as !== null && !isTotal) throw metricError(`.as_${as}() applies to the sum or the count of the distribution ${term.metric}`);
  const values = isPercentile(aggregator) ? percentiles(sources, aggregator, grid) : totals(sources, aggregator, grid);
  return as === 'rate' ? values.map((value) => value / grid.intervalSec) : values;
}

function percentiles([first, ...others]: readonly MetricSource[], aggregator: SpaceAggregator, grid: Grid): Values {
  if (first === undefined) return [];
  const pooled = others.length === 0 ? first : first.pool?.(others);
  if (pooled === undefined)
    throw metricError(`percentiles of ${first.metric} over several tag sets are not kept; group by all of its tags`);
  return onGrid(pooled, grid, aggregator);
}

function totals(sources: readonly MetricSource[], aggregator: SpaceAggregator, grid: Grid): Values {
  const all = (method: SpaceAggregator) => sources.map((source) => onGrid(source, grid, method));
  if (aggregator !== 'avg') return overSpace(all(aggregator), aggregator);
  const counts = overSpace(all('count'), 'sum');
  return overSpace(all('sum'), 'sum').map((sum, at) => sum / (counts[at] ?? 1));
}

/** One value for each interval that any part has; `count` adds up, percentiles that were recorded as such are averaged. */
function overSpace(parts: readonly Values[], aggregator: SpaceAggregator): Values {
  const [first = []] = parts;
  if (parts.length <= 1) return first;
  const present: number[] = [];
  return first.map((_, at) => {
    present.length = 0;
    for (const part of parts) {
      const value = part[at] ?? Number.NaN;
      if (!Number.isNaN(value)) present.push(value);
    }
    return present.length === 0 ? Number.NaN : reduce(present, aggregator);
  });
}

/** Aggregates values that are not empty. */
export function reduce(values: readonly number[], aggregator: SpaceAggregator): number {
  if (aggregator === 'min') return values.reduce((a, b) => Math.min(a, b));
  if (aggregator === 'max') return values.reduce((a, b) => Math.max(a, b));
  const sum = values.reduce((a, b) => a + b, 0);
  return aggregator === 'sum' || aggregator === 'count' ? sum : sum / values.length;
}

const isPercentile = (aggregator: SpaceAggregator) => aggregator.startsWith('p');

function onGrid(source: MetricSource, { secs, intervalSec, window }: Grid, method: SpaceAggregator): Values {
  const values = new Array<number>(secs.length).fill(Number.NaN);
  const first = Math.floor((secs[0] ?? 0) / intervalSec);
  for (const [sec, value] of source.rollup(window, intervalSec, method)) values[Math.floor(sec / intervalSec) - first] = value;
  return values;
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
