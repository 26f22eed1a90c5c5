import { metricKind } from '../signals/metricKind';
import type { Opening } from './openCase';
import { metricQuery } from './queries';

/** Queries in one batch: enough for a service's vital signs, few enough for one answer. */
export const MAX_METRIC_QUERIES = 40;
const MAX_OPERATIONS = 6;

/** Metric names come from telemetry and go into queries; whatever could break one out of its place is left out. */
const WELL_FORMED = /^[A-Za-z][\w.]{0,199}$/;
const HOST = /^(system|host)\./;
const CONTAINER = /^(container|docker|kubernetes|ecs)\./;
const TRACE_HITS = /^trace\.(.+)\.hits$/;
/** The agents' and tracers' accounts of themselves; they say nothing about the service. */
const NOISE = /^(datadog\.|dd\.|runtime\.node\.gc\.pause\.by|trace\..*\.apdex)/;

/**
 * The by-service queries worth asking, the alert's own metric first, then hits, errors and p95 of the traced operations,
 * then other metrics with the alert's namespace and kinds that tell something ahead of the rest.
 */
export function chooseQueries(opening: Opening, listed: readonly string[]): readonly string[] {
  const metrics = listed.filter((metric) => WELL_FORMED.test(metric));
  const env = opening.env === null ? [] : [`env:${opening.env}`];
  const own = ownQueries(opening);
  const traced = tracedOperations(opening, metrics).flatMap((operation) => [
    `${metricQuery('sum', `trace.${operation}.hits`, env, ['service'])}.as_count()`,
    `${metricQuery('sum', `trace.${operation}.errors`, env, ['service'])}.as_count()`,
    metricQuery('p95', `trace.${operation}`, env, ['service']),
  ]);
  const others = metrics
    .filter((metric) => !metric.startsWith('trace.') && !NOISE.test(metric) && !opening.query?.metrics.includes(metric))
    .sort((a, b) => worth(opening, b) - worth(opening, a))
    .map((metric) => metricQuery('avg', metric, [], groupsOf(metric)));
  return [...new Set([...own, ...traced, ...others])].slice(0, MAX_METRIC_QUERIES);
}

/** The alert's metric for every service: same aggregation and filters, the service aside. */
function ownQueries({ query, alert }: Opening): string[] {
  const filters = (query?.filters ?? []).filter((filter) => !/^!?(service|resource_name)[:\s]/.test(filter));
  const names = query?.metrics ?? (alert.metric === null ? [] : [alert.metric]);
  return names
    .filter((metric) => !metric.startsWith('trace.'))
    .map((metric) => metricQuery(query?.aggregator ?? 'avg', metric, filters, groupsOf(metric)));
}

/** Operations with hits; the alert's own first, then those that serve requests. */
function tracedOperations({ query }: Opening, metrics: readonly string[]): string[] {
  const rank = (operation: string) => {
    if (query?.metrics.some((metric) => metric.startsWith(`trace.${operation}.`) || metric === `trace.${operation}`)) return 0;
    return /request|server|web|http|grpc|rpc/.test(operation) ? 1 : 2;
  };
  return metrics
    .map((metric) => TRACE_HITS.exec(metric)?.[1])
    .filter((operation) => operation !== undefined && !operation.includes('.by_'))
    .map((operation) => operation ?? '')
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MAX_OPERATIONS);
}

function worth(opening: Opening, metric: string): number {
  const kind = metricKind(metric, null);
  const namespace = opening.alert.metric?.split('.')[0];
  const isRelated = namespace !== undefined && metric.startsWith(`${namespace}.`);
  return (kind === 'other' ? 0 : kind === 'traffic' ? 1 : 2) + (isRelated ? 1 : 0) + (CONTAINER.test(metric) ? 0.5 : 0);
}

/** Metrics of stores, as the integrations of clouds and of the stores themselves name them. */
const DATABASE =
  /^(aws\.(rds|aurora|elasticache|docdb|redshift)|gcp\.(cloudsql|redis)|postgresql|mysql|mariadb|mongodb|redis|sqlserver|oracle|cassandra|clickhouse|memcached?)\./;
/** By which tag an integration tells instances apart; the others report the host. */
const INSTANCE_TAGS: readonly (readonly [RegExp, string])[] = [
  [/^aws\.(rds|aurora|docdb)\./, 'dbinstanceidentifier'],
  [/^aws\.elasticache\./, 'cacheclusterid'],
  [/^gcp\.cloudsql\./, 'database_id'],
];

export const isDatabaseMetric = (metric: string) => DATABASE.test(metric);
export const isHostMetric = (metric: string) => HOST.test(metric);

/** Hosts, containers and stores may belong to a service or not, and what an end of a call measures is about both of its ends. */
function groupsOf(metric: string): string[] {
  if (HOST.test(metric)) return ['service', 'host'];
  if (isDatabaseMetric(metric)) return ['service', INSTANCE_TAGS.find(([name]) => name.test(metric))?.[1] ?? 'host'];
  if (/(^|[._])(client|server)[._]/.test(metric)) return ['service', 'peer.service'];
  return CONTAINER.test(metric) ? ['service', 'host'] : ['service'];
}
