import type { TraceSeries } from '../code/hotPathLoads';
import type { MetricResult } from '../domain/ports';
import type { TimeWindow } from '../domain/timeSeries';
import { metricQuery, plainTag, searchAll, searchAny, searchTerm } from '../investigation/queries';

/** Whose traffic is asked for; null means all. */
export interface TrafficScope {
  readonly env: string | null;
  readonly services: readonly string[] | null;
}

/** Counts of metrics come in intervals of so many seconds, and the window is cut to them so that none is counted in part. */
export const INTERVAL_SEC = 300;
const DAY_MS = 86_400_000;

/** The last `minutes` up to the end of the last whole interval. */
export function wholeWindow(nowMs: number, minutes: number): TimeWindow {
  const toMs = Math.floor(nowMs / 1000 / INTERVAL_SEC) * INTERVAL_SEC * 1000;
  return { fromMs: toMs - minutes * 60_000, toMs };
}

/** The same stretch some days before. */
export function daysBefore({ fromMs, toMs }: TimeWindow, days: number): TimeWindow {
  return { fromMs: fromMs - days * DAY_MS, toMs: toMs - days * DAY_MS };
}

/** A search for the spans of the scope. */
export function spanQuery({ env, services }: TrafficScope, ...more: readonly string[]): string {
  return searchAll(
    env === null ? null : searchTerm('env', env),
    services === null || services.length === 0 ? null : searchAny('service', services),
    ...more,
  );
}

const KINDS = ['hits', 'errors', 'p50', 'p95', 'p99'] as const;
const OPERATION = /^[A-Za-z][\w.]{0,150}$/;

/** Five queries for each operation; operations whose names could not stand in a query are left out. */
export function traceQueries(operations: readonly string[], { env, services }: TrafficScope): string[] {
  const tags = [env === null ? [] : [`env:${env}`], services?.length === 1 ? [`service:${services[0]}`] : []].flat();
  const filters = tags.filter(plainTag);
  const by = ['env', 'service', 'resource_name'];
  const count = (metric: string) => `${metricQuery('sum', metric, filters, by)}.as_count().rollup(sum, ${INTERVAL_SEC})`;
  const spread = (aggregator: string, metric: string) => `${metricQuery(aggregator, metric, filters, by)}.rollup(${INTERVAL_SEC})`;
  return operations
    .map(operationMetric)
    .filter((name) => OPERATION.test(name))
    .flatMap((name) => [
      count(`trace.${name}.hits`),
      count(`trace.${name}.errors`),
      ...['p50', 'p95', 'p99'].map((aggregator) => spread(aggregator, `trace.${name}`)),
    ]);
}

/** The answers to {@link traceQueries}, an operation each. */
export function traceSeries(results: readonly MetricResult[]): TraceSeries[] {
  const operations: TraceSeries[] = [];
  for (let at = 0; at + KINDS.length <= results.length; at += KINDS.length) {
    const series = (offset: number) => results[at + offset]?.series ?? [];
    operations.push({ hits: series(0), errors: series(1), p50: series(2), p95: series(3), p99: series(4) });
  }
  return operations;
}

/** Names of operations in metrics are in lower case, with underscores for what a metric's name cannot hold. */
function operationMetric(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9_.]+/g, '_');
}
