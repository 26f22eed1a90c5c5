import type { Change } from '../domain/change';
import { monitorNotFound } from '../domain/errors';
import type { EventQuery, Telemetry } from '../domain/ports';
import type { TimeWindow } from '../domain/timeSeries';
import { changeOf, deploymentOf, mergedChanges } from './changes';
import type { DatadogClient } from './client';
import { issuesOf } from './issues';
import { pageFor, siteOf } from './links';
import { logOf } from './logs';
import { createMetricBatch } from './metricBatch';
import { planQueries } from './metricQuery';
import { metricResults } from './metrics';
import { isWanted, monitorOf } from './monitors';
import { createSession, type DatadogOptions, type Session, statusOf } from './session';
import { spanOf } from './spans';
import { fieldsOf } from './values';

/** The most that Datadog returns for one search. */
const MAX_PAGE = 1000;
/** What Datadog calls the environment of services that name none; the service map cannot be asked without one. */
const UNTAGGED_ENV = 'none';
/** Events that are worth asking for when looking for changes: all but the alerts that monitors raise. */
const CHANGE_QUERY = '-source:alert';

/**
 * Datadog as a source of telemetry, through its official client, which is loaded with the first call. Every method costs one
 * call but `checkAccess` and `searchChanges`, which cost two, and `queryMetrics`, which costs up to three when a query is refused.
 */
export function createDatadogTelemetry(options: DatadogOptions): Telemetry {
  const session = createSession(options);
  const site = options.baseUrl === null ? options.site : siteOf(options.baseUrl);
  return {
    name: session.where,
    apiCalls: session.apiCalls,
    ...monitorMethods(session),
    ...metricMethods(session),
    ...searchMethods(session),
    linkTo: (target) => (site === null ? null : pageFor(site, target)),
  };
}

function monitorMethods(session: Session): Pick<Telemetry, 'checkAccess' | 'listMonitors' | 'getMonitor'> {
  return {
    async checkAccess(signal) {
      const shared = { params: {}, signal, isKept: false };
      await session.ask({ ...shared, operation: 'v1.AuthenticationApi.validate', call: (client) => client.authentication.validate() });
      await session.ask({
        ...shared,
        operation: 'v1.MonitorsApi.listMonitors',
        call: (client) => client.monitors.listMonitors({ pageSize: 1, page: 0 }),
      });
    },
    async listMonitors(filter, signal) {
      const params = { groupStates: 'alert,warn,no data', pageSize: MAX_PAGE, page: 0 };
      const operation = 'v1.MonitorsApi.listMonitors';
      const call = (client: DatadogClient) => client.monitors.listMonitors(params);
      const monitors = await session.ask({ operation, params, signal, isKept: false, call });
      return monitors.map(monitorOf).filter((monitor) => isWanted(monitor, filter));
    },
    async getMonitor(id, signal) {
      const params = { monitorId: id, groupStates: 'all' };
      const operation = 'v1.MonitorsApi.getMonitor';
      const call = (client: DatadogClient) => client.monitors.getMonitor(params);
      try {
        return monitorOf(await session.ask({ operation, params, signal, isKept: false, call }));
      } catch (error) {
        throw statusOf(error) === 404 ? monitorNotFound(id, error) : error;
      }
    },
  };
}

function metricMethods(session: Session): Pick<Telemetry, 'listMetrics' | 'queryMetrics'> {
  const batch = createMetricBatch();
  return {
    async listMetrics(fromMs, signal) {
      const params = { from: Math.floor(fromMs / 1000) };
      const operation = 'v1.MetricsApi.listActiveMetrics';
      const call = (client: DatadogClient) => client.activeMetrics.listActiveMetrics(params);
      return (await session.ask({ operation, params, signal, isKept: true, call })).metrics ?? [];
    },
    async queryMetrics(queries, window, signal) {
      if (queries.length === 0) return [];
      return batch(queries, (part) => timeSeriesOf(session, part, window, signal));
    },
  };
}

async function timeSeriesOf(session: Session, queries: readonly string[], { fromMs, toMs }: TimeWindow, signal: AbortSignal) {
  const plan = planQueries(queries);
  const attributes = {
    from: fromMs,
    to: toMs,
    queries: plan.leaves.map(({ name, query }) => ({ dataSource: 'metrics' as const, name, query })),
    formulas: plan.formulas.map(({ formula }) => ({ formula })),
  };
  return session.ask({
    operation: 'v2.MetricsApi.queryTimeseriesData',
    params: { asked: queries, ...attributes },
    signal,
    isKept: true,
    // Read before it is kept: an answer may have a million points.
    call: async (client) =>
      metricResults(
        queries,
        plan,
        await client.metrics.queryTimeseriesData({ body: { data: { type: 'timeseries_request', attributes } } }),
      ),
  });
}

type SearchMethod = 'searchLogs' | 'searchSpans' | 'searchErrors' | 'searchChanges' | 'listDependencies';

function searchMethods(session: Session): Pick<Telemetry, SearchMethod> {
  return {
    async searchLogs(query, signal) {
      const body = { filter: filterOf(query), sort: sortOf(query), page: pageOf(query) };
      const operation = 'v2.LogsApi.listLogs';
      const call = (client: DatadogClient) => client.logs.listLogs({ body });
      const response = await session.ask({ operation, params: body, signal, isKept: true, call });
      return (response.data ?? []).flatMap((log) => logOf(log) ?? []);
    },
    async searchSpans(query, signal) {
      const attributes = { filter: filterOf(query), sort: sortOf(query), page: pageOf(query) };
      const operation = 'v2.SpansApi.listSpans';
      const call = (client: DatadogClient) => client.spans.listSpans({ body: { data: { type: 'search_request', attributes } } });
      const response = await session.ask({ operation, params: attributes, signal, isKept: true, call });
      return (response.data ?? []).flatMap((span) => spanOf(span) ?? []);
    },
    async searchErrors({ query, window, limit }, signal) {
      const attributes = { query, from: window.fromMs, to: window.toMs, persona: 'BACKEND' as const, orderBy: 'TOTAL_COUNT' as const };
      const operation = 'v2.ErrorTrackingApi.searchIssues';
      const call = (client: DatadogClient) =>
        client.errors.searchIssues({ body: { data: { type: 'search_request', attributes } }, include: ['issue'] });
      return issuesOf(await session.ask({ operation, params: attributes, signal, isKept: true, call })).slice(0, limit);
    },
    async searchChanges(window, signal) {
      const [events, deployments] = await Promise.all([changeEvents(session, window, signal), deploymentsIn(session, window, signal)]);
      return mergedChanges(events, deployments);
    },
    async listDependencies(window, env, signal) {
      const query = new URLSearchParams({
        env: env ?? UNTAGGED_ENV,
        start: String(Math.floor(window.fromMs / 1000)),
        end: String(Math.ceil(window.toMs / 1000)),
      });
      const answer = await session.get('plain.service_dependencies', `/api/v1/service_dependencies?${query}`, signal);
      return Object.fromEntries(Object.entries(fieldsOf(answer)).map(([caller, entry]) => [caller, calleesOf(entry)]));
    },
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
const filterOf = ({ query, window }: Pick<EventQuery, 'query' | 'window'>) => ({ query, from: iso(window.fromMs), to: iso(window.toMs) });
const sortOf = ({ oldestFirst }: EventQuery) => (oldestFirst ? ('timestamp' as const) : ('-timestamp' as const));
const pageOf = ({ limit }: EventQuery) => ({ limit: Math.min(Math.max(1, limit), MAX_PAGE) });

async function changeEvents(session: Session, window: TimeWindow, signal: AbortSignal): Promise<Change[]> {
  const body = { filter: filterOf({ query: CHANGE_QUERY, window }), sort: '-timestamp' as const, page: { limit: MAX_PAGE } };
  const operation = 'v2.EventsApi.searchEvents';
  const call = (client: DatadogClient) => client.events.searchEvents({ body });
  const response = await session.ask({ operation, params: body, signal, isKept: true, call });
  return (response.data ?? []).flatMap((event) => changeOf(event) ?? []);
}

/** Many accounts do not use DORA metrics, or give no permission for them; whatever the failure, the events have to do then. */
async function deploymentsIn(session: Session, window: TimeWindow, signal: AbortSignal): Promise<Change[]> {
  const attributes = { from: new Date(window.fromMs), to: new Date(Math.ceil(window.toMs / 1000) * 1000), limit: MAX_PAGE };
  const operation = 'v2.DORAMetricsApi.listDORADeployments';
  const type = 'dora_deployments_list_request';
  const call = (client: DatadogClient) => client.deployments.listDORADeployments({ body: { data: { type, attributes } } });
  try {
    const response = await session.ask({ operation, params: attributes, signal, isKept: true, call });
    return (response.data ?? []).flatMap((deployment) => deploymentOf(deployment) ?? []);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

/** The answer is `{caller: {calls: [callee]}}`. */
function calleesOf(entry: unknown): string[] {
  const { calls } = fieldsOf(entry);
  return Array.isArray(calls) ? calls.filter((callee) => typeof callee === 'string') : [];
}
