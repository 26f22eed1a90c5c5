import { tagValue } from '../../domain/timeSeries';
import type { MetricSource, SpaceAggregator } from './store';

/** Spellings of the `statistic:` tag that answer an aggregator, best first; an untagged source is ''. */
const PREFERENCE: Readonly<Record<SpaceAggregator, readonly string[]>> = {
  avg: ['', 'average', 'avg', 'mean', 'median', 'p50', 'sum'],
  sum: ['', 'sum', 'total', 'count', 'samplecount', 'average', 'avg', 'mean'],
  min: ['', 'min', 'minimum', 'average', 'avg', 'mean'],
  max: ['', 'max', 'maximum', 'p99', 'p95', 'average', 'avg', 'mean'],
  count: ['', 'count', 'samplecount', 'sum', 'total', 'average', 'avg', 'mean'],
  p50: ['', 'p50', 'median'],
  p75: ['', 'p75'],
  p90: ['', 'p90'],
  p95: ['', 'p95'],
  p99: ['', 'p99'],
};

/** The value of the `statistic:` tag in lower case, '' without one. */
export function statisticOf(tags: readonly string[]): string {
  return tagValue(tags, 'statistic')?.toLowerCase() ?? '';
}

/**
 * Of sources that differ only in their `statistic:` tag, keeps the one that `method` asks for, so that an average is not mixed
 * with a percentile of the same thing. An untagged source comes first where it can answer; a lone source always stays.
 */
export function preferStatistic(sources: readonly MetricSource[], method: SpaceAggregator): readonly MetricSource[] {
  if (!sources.some((source) => statisticOf(source.tags) !== '')) return sources;
  const kin = new Map<string, MetricSource[]>();
  for (const source of sources) {
    const key = otherTags(source.tags);
    const group = kin.get(key);
    if (group === undefined) kin.set(key, [source]);
    else group.push(source);
  }
  return [...kin.values()].flatMap((group) => preferred(group, method));
}

function otherTags(tags: readonly string[]): string {
  return tags
    .filter((tag) => !tag.startsWith('statistic:'))
    .sort()
    .join('\n');
}

function preferred(kin: readonly MetricSource[], method: SpaceAggregator): readonly MetricSource[] {
  const asksPercentile = method.startsWith('p');
  for (const statistic of PREFERENCE[method]) {
    const found = kin.filter(({ tags, type }) => {
      if (asksPercentile && statistic === '' && type !== 'distribution') return false;
      return statisticOf(tags) === statistic;
    });
    if (found.length > 0) return found;
  }
  return new Set(kin.map(({ tags }) => statisticOf(tags))).size === 1 ? kin : [];
}
