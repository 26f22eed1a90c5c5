import type { Change } from '../../domain/change';
import type { TimeSeries } from '../../domain/timeSeries';
import type { Resource } from '../../signals/gauges/resource';

/** `469 of 500`, `469/500` in a sentence about connections: the second number is the limit. */
const OF_CONNECTIONS = /connections?[^.]{0,60}?\b\d+ ?(?:of|\/|out of) ?(\d+)\b|max_connections\D{0,20}(?:\d+ ?(?:to|->|→) ?)?(\d+)/i;
const LIMIT_METRIC = /max_?conn(ection)?s|connections?[._](limit|max)/i;

/** The limits of counted resources that a metric or an event states; without one a count has no natural limit. */
export function statedLimits(series: readonly TimeSeries[], changes: readonly Change[]): ReadonlyMap<Resource, number> {
  const measured = series.filter(({ metric }) => LIMIT_METRIC.test(metric)).flatMap(({ points }) => points.at(-1)?.[1] ?? []);
  const said = changes.flatMap(({ text }) => {
    const [, counted, named] = OF_CONNECTIONS.exec(text) ?? [];
    const limit = Number(counted ?? named);
    return limit > 0 ? [limit] : [];
  });
  const limit = [...measured, ...said].find((value) => value > 0);
  return new Map(limit === undefined ? [] : [['connections' as const, limit]]);
}
