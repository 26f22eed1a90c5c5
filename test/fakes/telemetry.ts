import type { Change } from '../../src/domain/change';
import type { ErrorIssue } from '../../src/domain/errorIssue';
import type { LogEvent } from '../../src/domain/log';
import type { Monitor } from '../../src/domain/monitor';
import type { EventQuery, MetricResult, Telemetry } from '../../src/domain/ports';
import type { Span } from '../../src/domain/span';
import type { TimeSeries, TimeWindow } from '../../src/domain/timeSeries';
import { tagValue } from '../../src/domain/timeSeries';

/** What a fake system has to tell. */
export interface World {
  readonly monitors?: readonly Monitor[];
  readonly series?: readonly TimeSeries[];
  readonly logs?: readonly LogEvent[];
  readonly spans?: readonly Span[];
  readonly issues?: readonly ErrorIssue[];
  readonly changes?: readonly Change[];
  readonly dependencies?: Record<string, string[]>;
}

export type Method = Exclude<keyof Telemetry, 'name' | 'apiCalls' | 'linkTo'>;

export interface FakeTelemetry extends Telemetry {
  /** Methods in the order of their calls, with what was asked. */
  readonly asked: { readonly method: Method; readonly question: unknown }[];
}

/**
 * Telemetry held in memory. Searches understand `service:x`, `status:error`, `status:(…)` and `trace_id:(… OR …)`; metric
 * queries `agg:metric{…} by {…}` select by metric and `service`. `faults` makes methods reject; `before` runs ahead of each.
 */
export function createFakeTelemetry(
  world: World,
  options: { readonly faults?: Partial<Record<Method, unknown>>; readonly before?: (method: Method, signal: AbortSignal) => void } = {},
): FakeTelemetry {
  const asked: { method: Method; question: unknown }[] = [];
  const answer = async <T>(method: Method, question: unknown, signal: AbortSignal, value: () => T): Promise<T> => {
    asked.push({ method, question });
    options.before?.(method, signal);
    signal.throwIfAborted();
    if (options.faults && method in options.faults) throw options.faults[method];
    return value();
  };
  return {
    name: 'fake',
    asked,
    apiCalls: () => asked.length,
    checkAccess: (signal) => answer('checkAccess', null, signal, () => undefined),
    listMonitors: ({ service }, signal) =>
      answer('listMonitors', service, signal, () =>
        (world.monitors ?? []).filter((monitor) => service === undefined || monitor.tags.includes(`service:${service}`)),
      ),
    getMonitor: (id, signal) =>
      answer('getMonitor', id, signal, () => {
        const found = world.monitors?.find((monitor) => monitor.id === id);
        if (!found) throw new Error(`no monitor ${id}`);
        return found;
      }),
    listMetrics: (fromMs, signal) =>
      answer('listMetrics', fromMs, signal, () => [...new Set((world.series ?? []).map((series) => series.metric))]),
    queryMetrics: (queries, window, signal) =>
      answer('queryMetrics', { queries, window }, signal, () => queries.map((query) => resultOf(query, world.series ?? [], window))),
    searchLogs: (query, signal) =>
      answer('searchLogs', query, signal, () =>
        selected(world.logs ?? [], query, (log) => ({ atMs: log.timestampMs, service: log.service, status: log.status, traceId: '' })),
      ),
    searchSpans: (query, signal) =>
      answer('searchSpans', query, signal, () =>
        selected(world.spans ?? [], query, (span) => ({
          atMs: span.startMs,
          service: span.service,
          status: span.isError ? 'error' : 'ok',
          traceId: span.traceId,
        })),
      ),
    searchErrors: (query, signal) => answer('searchErrors', query, signal, () => [...(world.issues ?? [])]),
    searchChanges: (window, signal) =>
      answer('searchChanges', window, signal, () => (world.changes ?? []).filter(({ timestampMs }) => isIn(timestampMs, window))),
    listDependencies: (window, env, signal) => answer('listDependencies', { window, env }, signal, () => world.dependencies ?? {}),
    linkTo: (target) => `https://example.test/${target.kind}`,
  };
}

const isIn = (atMs: number, window: TimeWindow) => atMs >= window.fromMs && atMs < window.toMs;

function resultOf(query: string, series: readonly TimeSeries[], window: TimeWindow): MetricResult {
  const metric = /:([A-Za-z][\w.]*)\{/.exec(query)?.[1];
  const service = /service:([\w-]+)/.exec(query)?.[1];
  const found = series.filter((one) => one.metric === metric && (service === undefined || tagValue(one.tags, 'service') === service));
  return { query, series: found.map((one) => ({ ...one, points: one.points.filter(([at]) => isIn(at * 1000, window)) })) };
}

interface Searchable {
  readonly atMs: number;
  readonly service: string;
  readonly status: string;
  readonly traceId: string;
}

function selected<T>(items: readonly T[], { query, window, limit, oldestFirst }: EventQuery, view: (item: T) => Searchable): T[] {
  const wanted = (key: string) => {
    const match = new RegExp(`(?:^|\\s)${key}:(?:\\(([^)]*)\\)|"([^"]*)"|(\\S+))`).exec(query);
    return match ? (match[1]?.split(' OR ') ?? [match[2] ?? match[3] ?? '']) : null;
  };
  const services = wanted('service');
  const statuses = wanted('status');
  const traces = wanted('trace_id');
  const found = items.filter((item) => {
    const { atMs, service, status, traceId } = view(item);
    return (
      isIn(atMs, window) &&
      (services === null || services.includes(service)) &&
      (statuses === null || statuses.includes(status)) &&
      (traces === null || traces.includes(traceId))
    );
  });
  const sorted = found.sort((a, b) => (oldestFirst ? 1 : -1) * (view(a).atMs - view(b).atMs));
  return sorted.slice(0, limit);
}
