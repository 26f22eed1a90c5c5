import type { Span } from '../../domain/span';
import { type TimeSeries, tagValue } from '../../domain/timeSeries';
import { peerOf } from '../../signals/traces/spanTags';
import type { Trace } from '../../signals/traces/traceTree';
import type { Gathered } from '../gathered';
import { isDatabaseMetric, isHostMetric } from '../metricChoice';
import { serviceOf } from './seriesNames';

const INSTANCE_TAGS = ['dbinstanceidentifier', 'cacheclusterid', 'database_id', 'host'] as const;
const STORE_TYPES: ReadonlySet<string> = new Set([
  'sql',
  'db',
  'database',
  'cache',
  'redis',
  'mongodb',
  'memcached',
  'cassandra',
  'elasticsearch',
]);
const NAME_TAGS = ['db.instance', 'db.name', 'db.namespace'] as const;

/** A store as requests meet it: what it is called in findings, and the names under which an integration may report it. */
interface Store {
  readonly owner: string;
  readonly names: ReadonlySet<string>;
}

/**
 * Gives the metrics of databases that carry an instance or a host but no service to the store that requests call: the one whose
 * service, host or database bears that name, or the only store that is called where one instance alone reports. Without it the
 * processor of a managed database speaks for nobody.
 */
export function withDatabaseOwners(gathered: Gathered, traces: readonly Trace[]): Gathered {
  const isLone = (series: TimeSeries) => serviceOf(series) === null && instanceOf(series) !== null && mayBeStore(series.metric);
  const lone = gathered.metrics.flatMap(({ series }) => series.filter(isLone));
  if (lone.length === 0) return gathered;
  const stores = storesOf(traces.flatMap(({ nodes }) => nodes.map(({ span }) => span)));
  const reporting = new Set(lone.filter(({ metric }) => isDatabaseMetric(metric)).map(instanceOf));
  const only = stores.length === 1 && reporting.size === 1 ? stores[0] : undefined;
  const owned = (series: TimeSeries): TimeSeries => {
    if (!isLone(series)) return series;
    const named = stores.find(({ names }) => names.has(instanceOf(series) ?? ''));
    const owner = named ?? (isDatabaseMetric(series.metric) ? only : undefined);
    if (owner === undefined) return series;
    const tags = series.tags.filter((tag) => !tag.startsWith('service:'));
    return { ...series, tags: [...tags, `service:${owner.owner}`] };
  };
  return { ...gathered, metrics: gathered.metrics.map((result) => ({ ...result, series: result.series.map(owned) })) };
}

const mayBeStore = (metric: string) => isDatabaseMetric(metric) || isHostMetric(metric);

/** The instance's own name: a cloud may put its project before it. */
function instanceOf({ tags }: TimeSeries): string | null {
  const value = INSTANCE_TAGS.map((tag) => tagValue(tags, tag)).find((one) => one !== null && one !== '' && one !== 'N/A');
  return value?.split(':').at(-1)?.toLowerCase() ?? null;
}

function storesOf(spans: readonly Span[]): readonly Store[] {
  const others = new Set(spans.filter((span) => !isStoreCall(span)).map(({ service }) => service));
  const stores = new Map<string, Set<string>>();
  for (const span of spans) {
    if (!isStoreCall(span)) continue;
    const peer = peerOf(span);
    /** A service that does nothing else is the store itself, as tracers name it; the calls of any other name it by their peer. */
    const owner = others.has(span.service) ? peer : span.service;
    if (owner === null) continue;
    const names = stores.get(owner) ?? new Set([owner.toLowerCase()]);
    const [host = ''] = (peer ?? '').toLowerCase().split(':');
    for (const name of [host, host.split('.')[0], ...NAME_TAGS.map((tag) => span.meta[tag]?.toLowerCase())]) if (name) names.add(name);
    stores.set(owner, names);
  }
  return [...stores].map(([owner, names]) => ({ owner, names }));
}

const isStoreCall = ({ type, meta }: Span) => STORE_TYPES.has(type) || meta['db.system'] !== undefined || meta['db.instance'] !== undefined;
