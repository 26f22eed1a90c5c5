import type { ServiceSignal } from '../../domain/survey';
import { metricQuery, plainTag } from '../queries';

/** Three queries an operation are asked for together; Datadog takes some hundred in one call. */
export const MAX_OPERATIONS = 16;

/** Operations that Datadog's tracers name for common web and RPC servers; asked for when the names in use cannot be listed. */
export const COMMON_OPERATIONS: readonly string[] = [
  'web.request',
  'express.request',
  'fastify.request',
  'http.request',
  'servlet.request',
  'spring.handler',
  'flask.request',
  'django.request',
  'fastapi.request',
  'rack.request',
  'rails.action_controller',
  'aspnet_core.request',
  'grpc.server',
  'laravel.request',
  'symfony.request',
  'http.server.request',
];

/** Work that comes in: requests, messages, jobs. */
const ENTRY = /(?:request|server|handler|controller|consume|process|receive|job|perform|worker|run|invocation|serve|task)/;
/** Work that goes out, or parts of a request. */
const CALL =
  /(?:client|query|command|cache|redis|postgres|mysql|maria|mongo|sqlite|pg\b|sql|cassandra|memcache|elastic|dns|tcp|connect|middleware|router|render|template|send|publish|produce|prepare|commit|fetch)/;
const NAME = /^[A-Za-z][\w.]{0,150}$/;
/** Servers in Go, clients elsewhere. */
const AMBIGUOUS = 'http.request';

/** 0: requests come in by it; 1: they may; 2: it is something else. */
export function operationRank(operation: string): 0 | 1 | 2 {
  const name = operation.toLowerCase();
  if (name === AMBIGUOUS) return 1;
  if (CALL.test(name)) return 2;
  return ENTRY.test(name) ? 0 : 1;
}

/** The traced operations among the names of metrics, those by which requests come in first. */
export function operationsAmong(metrics: readonly string[]): string[] {
  const names = metrics.flatMap((metric) => /^trace\.(.+)\.hits$/.exec(metric)?.[1] ?? []);
  const usable = [...new Set(names)].filter((name) => NAME.test(name) && !/\.by_\w+$/.test(name));
  return usable.sort((a, b) => operationRank(a) - operationRank(b) || (a < b ? -1 : 1));
}

/** Requests, errors and p95 of one operation, grouped by environment and service. */
export function operationQueries(operation: string, env: string | null, rollupSec: number): string[] {
  const filters = envFilter(env);
  const by = ['env', 'service'];
  const count = (facet: string) => `${metricQuery('sum', `trace.${operation}.${facet}`, filters, by)}.as_count().rollup(sum, ${rollupSec})`;
  return [count('hits'), count('errors'), `${metricQuery('p95', `trace.${operation}`, filters, by)}.rollup(${rollupSec})`];
}

/** The query that shows one signal of one service again, in the steps that Datadog chooses. */
export function signalQuery(signal: ServiceSignal, operation: string, service: string, env: string | null): string {
  const filters = [...envFilter(env), `service:${service}`];
  const count = (facet: string) => metricQuery('sum', `trace.${operation}.${facet}`, filters, []);
  switch (signal) {
    case 'errors':
      return `${count('errors')}.as_count() / ${count('hits')}.as_count()`;
    case 'traffic':
      return `${count('hits')}.as_rate()`;
    case 'latency':
      return metricQuery('p95', `trace.${operation}`, filters, []);
  }
}

/** An environment whose name could not stand in a query is picked out of the answers instead. */
const envFilter = (env: string | null) => (env !== null && plainTag(env) ? [`env:${env}`] : []);
