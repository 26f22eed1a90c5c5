import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { apiRoutes } from '../../src/sandbox/api/apiRoutes';
import { createFixedClock } from '../../src/sandbox/clock';
import { evaluateMonitors } from '../../src/sandbox/monitors/monitorLoop';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';
import { declaredShape, type Models, missingPaths, type Shape, typeConflicts } from '../fakes/declaredShape';
import { filledStore, log, METRIC_MONITOR, NOW_MS, span } from '../fakes/sandboxTelemetry';

interface Interaction {
  readonly id: string;
  readonly scenario: string;
  readonly frozenClock: string;
  readonly operation: string;
  readonly unstable: boolean;
  readonly request: { readonly path: string; readonly query: readonly (readonly [string, string])[]; readonly body?: unknown };
  readonly response: { readonly status: number; readonly body: unknown };
}

/** An operation that the sandbox serves: its path, and the client's models of body and answer. */
interface Operation {
  readonly path: string;
  readonly body?: string;
  readonly answer: string;
  /** What at least one answer of the sandbox must show, so that empty answers do not pass for good ones. */
  readonly shows?: string;
  /** Recorded keys that the sandbox leaves out, and why. */
  readonly without?: Readonly<Record<string, string>>;
}

const monitorPath = '/api/v1/monitor/{monitor_id}';
const userless = 'there are no users in the sandbox';
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'v1.AuthenticationApi.validate': { path: '/api/v1/validate', answer: 'AuthenticationValidationResponse' },
  'v1.MonitorsApi.createMonitor': { path: '/api/v1/monitor', body: 'Monitor', answer: 'Monitor' },
  'v1.MonitorsApi.listMonitors': { path: '/api/v1/monitor', answer: 'Array<Monitor>', shows: '[].options.thresholds' },
  'v1.MonitorsApi.searchMonitors': { path: '/api/v1/monitor/search', answer: 'MonitorSearchResponse', shows: 'monitors[].id' },
  'v1.MonitorsApi.searchMonitorGroups': {
    path: '/api/v1/monitor/groups/search',
    answer: 'MonitorGroupSearchResponse',
    shows: 'groups[].group',
  },
  'v1.MonitorsApi.validateMonitor': { path: '/api/v1/monitor/validate', body: 'Monitor', answer: 'any' },
  'v1.MonitorsApi.validateExistingMonitor': { path: `${monitorPath}/validate`, body: 'Monitor', answer: 'any' },
  'v1.MonitorsApi.getMonitor': { path: monitorPath, answer: 'Monitor' },
  'v1.MonitorsApi.updateMonitor': { path: monitorPath, body: 'MonitorUpdateRequest', answer: 'Monitor' },
  'v1.MonitorsApi.deleteMonitor': { path: monitorPath, answer: 'DeletedMonitor' },
  'v1.MetricsApi.queryMetrics': { path: '/api/v1/query', answer: 'MetricsQueryResponse', shows: 'series[].pointlist' },
  'v2.MetricsApi.queryTimeseriesData': {
    path: '/api/v2/query/timeseries',
    body: 'TimeseriesFormulaQueryRequest',
    answer: 'TimeseriesFormulaQueryResponse',
    shows: 'data.attributes.series[].query_index',
  },
  'v2.MetricsApi.queryScalarData': {
    path: '/api/v2/query/scalar',
    body: 'ScalarFormulaQueryRequest',
    answer: 'ScalarFormulaQueryResponse',
    shows: 'data.attributes.columns[]',
  },
  'v2.LogsApi.listLogsGet': { path: '/api/v2/logs/events', answer: 'LogsListResponse' },
  'v2.LogsApi.aggregateLogs': {
    path: '/api/v2/logs/analytics/aggregate',
    body: 'LogsAggregateRequest',
    answer: 'LogsAggregateResponse',
    shows: 'data.buckets[].computes',
  },
  'v2.SpansApi.listSpans': {
    path: '/api/v2/spans/events/search',
    body: 'SpansListRequest',
    answer: 'SpansListResponse',
    shows: 'data[].attributes.span_id',
  },
  'v2.SpansApi.listSpansGet': { path: '/api/v2/spans/events', answer: 'SpansListResponse', shows: 'data[].attributes.custom' },
  'v2.SpansApi.aggregateSpans': {
    path: '/api/v2/spans/analytics/aggregate',
    body: 'SpansAggregateRequest',
    answer: 'SpansAggregateResponse',
    shows: 'data[].attributes.by',
  },
  'v2.EventsApi.listEvents': { path: '/api/v2/events', answer: 'EventsListResponse', shows: 'data[].attributes.tags' },
  'v2.EventsApi.searchEvents': { path: '/api/v2/events/search', body: 'EventsListRequest', answer: 'EventsListResponse' },
  'v2.ErrorTrackingApi.searchIssues': {
    path: '/api/v2/error-tracking/issues/search',
    body: 'IssuesSearchRequest',
    answer: 'IssuesSearchResponse',
  },
  'v2.ErrorTrackingApi.getIssue': { path: '/api/v2/error-tracking/issues/{issue_id}', answer: 'IssueResponse' },
  'v2.DORAMetricsApi.listDORADeployments': {
    path: '/api/v2/dora/deployments',
    body: 'DORAListDeploymentsRequest',
    answer: 'DORADeploymentsListResponse',
  },
  'v2.IncidentsApi.listIncidents': {
    path: '/api/v2/incidents',
    answer: 'IncidentsResponse',
    shows: 'data[].attributes.title',
    without: {
      'data[].relationships.commander_user': userless,
      'data[].relationships.created_by_user': userless,
      'data[].relationships.last_modified_by_user': userless,
    },
  },
  'v2.IncidentsApi.searchIncidents': {
    path: '/api/v2/incidents/search',
    answer: 'IncidentSearchResponse',
    shows: 'data.attributes.incidents[].data.id',
    without: {
      included: 'the incidents are in the answer itself',
      'data.relationships': 'the incidents are in the answer itself',
      'meta.pagination.next_offset': 'the one incident of the sandbox fits one page',
      'data.attributes.incidents[].data.relationships.commander_user': userless,
      'data.attributes.incidents[].data.relationships.created_by_user': userless,
      'data.attributes.incidents[].data.relationships.last_modified_by_user': userless,
    },
  },
  'v2.IncidentsApi.getIncident': {
    path: '/api/v2/incidents/{incident_id}',
    answer: 'IncidentResponse',
    without: {
      'data.relationships.commander_user': userless,
      'data.relationships.created_by_user': userless,
      'data.relationships.declared_by_user': userless,
      'data.relationships.last_modified_by_user': userless,
    },
  },
  'v2.ServiceDefinitionApi.listServiceDefinitions': { path: '/api/v2/services/definitions', answer: 'ServiceDefinitionsListResponse' },
  'v2.ServiceDefinitionApi.getServiceDefinition': {
    path: '/api/v2/services/definitions/{service_name}',
    answer: 'ServiceDefinitionGetResponse',
  },
};

/** Data sources that the sandbox has; it refuses the others, where Datadog's test account gave empty answers. */
const DATA_SOURCES = new Set(['metrics', 'logs', 'spans', 'events']);

const dataDir = process.env.AIDOG_DATA;

describe('the shapes of the sandbox', () => {
  if (dataDir === undefined) {
    it('are not compared with recorded ones, because AIDOG_DATA does not say where those are', () => {
      console.log('      AIDOG_DATA is not set: no recorded Datadog answer was compared.');
      assert.equal(process.env.AIDOG_DATA, undefined);
    });
    return;
  }
  const byOperation = readInteractions(join(dataDir, 'datadog-cassettes', 'interactions'));
  let replay: Replay;
  before(async function () {
    this.timeout(60_000);
    const creations = (byOperation.get('v1.MonitorsApi.createMonitor') ?? []).map(
      ({ scenario, request }) => [scenario, request.body] as const,
    );
    replay = await startReplay(new Map(creations));
  });
  after(() => replay.close());

  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const interactions = byOperation.get(name) ?? [];
    it(`${name} answers like the ${interactions.length} recorded answers`, async () => {
      assert.ok(interactions.length > 0, 'nothing was recorded of this operation');
      const recorded = interactions
        .filter(({ response }) => response.status === 200)
        .map(({ response }) => replay.shapeOf(response.body, name));
      const all: Shape = new Map();
      for (const shape of recorded) for (const [path, types] of shape) all.set(path, new Set([...(all.get(path) ?? []), ...types]));
      const shown = new Set<string>();
      for (const interaction of interactions) {
        const { status, body, answer } = await replay.send(interaction, operation);
        const expected = isOutOfScope(interaction) ? 400 : interaction.response.status;
        assert.equal(status, expected, `${interaction.id}: ${JSON.stringify(body)}`);
        if (status >= 400) {
          if (expected === interaction.response.status) assertErrorShape(body, interaction.response.body);
          continue;
        }
        assertParsed(answer, interaction.id);
        const ours = replay.shapeOf(body, name);
        for (const path of ours.keys()) shown.add(path);
        assert.deepEqual(typeConflicts(ours, all), [], interaction.id);
        const missing = missingPaths(ours, recorded).filter((path) => operation.without?.[path] === undefined);
        assert.deepEqual(missing, [], interaction.id);
      }
      if (operation.shows !== undefined) assert.ok(shown.has(operation.shows), `no answer shows ${operation.shows}`);
    });
  }
});

function readInteractions(dir: string): Map<string, Interaction[]> {
  assert.ok(existsSync(dir), `${dir} does not exist`);
  const byOperation = new Map<string, Interaction[]>();
  for (const file of readdirSync(dir).filter((name) => name.endsWith('.jsonl'))) {
    for (const line of readFileSync(join(dir, file), 'utf8').split('\n').filter(Boolean)) {
      const interaction = JSON.parse(line) as Interaction;
      byOperation.set(interaction.operation, [...(byOperation.get(interaction.operation) ?? []), interaction]);
    }
  }
  return byOperation;
}

function isOutOfScope({ request }: Interaction): boolean {
  const sources = JSON.stringify(request.body ?? null).matchAll(/"data_source":"(\w+)"/g);
  return [...sources].some(([, source = '']) => !DATA_SOURCES.has(source)) && request.path.startsWith('/api/v2/query/');
}

/** Both are lists of texts, or both are lists of objects with a title and a detail. */
function assertErrorShape(ours: unknown, recorded: unknown): void {
  const [our] = (ours as { errors: unknown[] }).errors;
  const [their] = (recorded as { errors: unknown[] }).errors;
  assert.equal(typeof our, typeof their);
  if (typeof their === 'object')
    for (const key of Object.keys(their as object)) assert.ok(Object.hasOwn(our as object, key), `the error lacks '${key}'`);
}

function assertParsed(value: unknown, where: string): void {
  if (typeof value !== 'object' || value === null || value instanceof Date) return;
  assert.notEqual(
    (value as { _unparsed?: boolean })._unparsed,
    true,
    `${where}: the client could not parse ${JSON.stringify(value).slice(0, 300)}`,
  );
  for (const inner of Object.values(value)) assertParsed(inner, where);
}

interface Replay {
  /** Sends what was recorded through the official client; times are moved from the recorded clock to the sandbox's. */
  send(interaction: Interaction, operation: Operation): Promise<{ status: number; body: unknown; answer: unknown }>;
  shapeOf(body: unknown, operation: string): Shape;
  close(): Promise<void>;
}

type ApiMethod = (param?: object) => Promise<unknown>;
interface Serializer {
  deserialize(value: unknown, type: string, format: string): unknown;
}

/** `monitors`: what each scenario creates before it works on it. */
async function startReplay(monitors: ReadonlyMap<string, unknown>): Promise<Replay> {
  const api = await import('@datadog/datadog-api-client');
  const load = createRequire(__filename);
  const serializerOf = (version: string): Serializer =>
    load(`@datadog/datadog-api-client/dist/packages/datadog-api-client-${version}/models/ObjectSerializer`).ObjectSerializer;
  const serializers: Readonly<Record<string, Serializer>> = { v1: serializerOf('v1'), v2: serializerOf('v2') };
  const store = recordedLikeStore();
  const sandbox: Sandbox = await startSandbox({ store, clock: createFixedClock(NOW_MS), routes: apiRoutes });
  let last = { status: 0, body: null as unknown };
  const recordingFetch = async (...args: Parameters<typeof fetch>) => {
    const response = await fetch(...args);
    const text = await response.clone().text();
    last = { status: response.status, body: text === '' ? null : JSON.parse(text) };
    return response;
  };
  const ids = new Map<string, string>();

  return {
    async send(interaction, operation) {
      const [version = 'v1', className = '', method = ''] = interaction.operation.split('.');
      const authMethods = interaction.response.status === 403 ? {} : { apiKeyAuth: 'key', appKeyAuth: 'app' };
      const configuration = api.client.createConfiguration({
        baseServer: new api.client.BaseServerConfiguration(sandbox.url, {}),
        authMethods,
        fetch: recordingFetch,
      });
      if (interaction.unstable) configuration.unstableOperations[`${version}.${method}`] = true;
      const created = new (api[version as 'v1'] as unknown as Record<string, new (c: unknown) => Record<string, ApiMethod>>)[className]!(
        configuration,
      );
      const param = {
        ...queryParams(interaction),
        ...(await pathParams(interaction, operation, (name) => resourceFor(name, sandbox, monitors.get(interaction.scenario)), ids)),
      } as Record<string, unknown>;
      if (operation.body !== undefined)
        param.body = serializers[version]!.deserialize(shifted(interaction.request.body, interaction), operation.body, '');
      const answer = await (Object.keys(param).length === 0 ? created[method]!() : created[method]!(param)).catch((error: unknown) => {
        if ((error as { code?: number }).code !== last.status) throw error;
        return null;
      });
      return { ...last, answer };
    },
    shapeOf(body, operation) {
      const version = operation.startsWith('v1') ? 'v1' : 'v2';
      return declaredShape(body, OPERATIONS[operation]?.answer ?? 'any', api[version] as unknown as Models);
    },
    close: () => sandbox.close(),
  };
}

/** Telemetry of the names that the recorded requests ask for, so that answers are not empty, and a monitor that alerts. */
function recordedLikeStore() {
  const store = filledStore();
  const points = Array.from({ length: 1440 }, (_, at) => [NOW_MS / 1000 - 86_400 + at * 60, 40 + (at % 5)] as const);
  for (const metric of ['system.cpu.idle'])
    store.addSeries({ metric, tags: ['host:a'], unit: 'percent', intervalSec: 60, points }, 'gauge');
  store.addSpans(
    [1, 2, 3, 4].map((at) =>
      span({ service: 'python-app', spanId: String(900 + at), startMs: NOW_MS - at * 60_000, meta: { env: 'ci', '_dd.hostname': 'a' } }),
    ),
  );
  store.addLogs([log({ service: 'python-app', timestampMs: NOW_MS - 30_000 })]);
  store.putMonitor({ id: 7, body: METRIC_MONITOR, state: 'No Data', stateSinceMs: NOW_MS, lastTriggeredMs: null });
  evaluateMonitors({ store, clock: store.clock });
  return store;
}

const camel = (name: string) => name.replace(/\[(\w+)\]/g, '_$1').replace(/[_-](\w)/g, (_, letter: string) => letter.toUpperCase());

/** The recorded query as the client's parameters. Cursors of another account are left out, unless a refusal was recorded. */
function queryParams(interaction: Interaction): Record<string, unknown> {
  const param: Record<string, unknown> = {};
  for (const [name, value] of interaction.request.query) {
    if (name === 'page[cursor]') continue;
    const isDate = interaction.operation.startsWith('v2.LogsApi') && /^filter\[(from|to)\]$/.test(name);
    if (isDate) param[camel(name)] = new Date(shiftedText(value, interaction));
    else if (name === 'filter[indexes]') param[camel(name)] = [value];
    else if (value === 'true') param[camel(name)] = true;
    else param[camel(name)] = /^\d+$/.test(value) ? shiftedNumber(Number(value), interaction) : shiftedText(value, interaction);
  }
  return param;
}

/** A monitor or incident of the sandbox in place of the recorded one; what was recorded as missing stays so. */
async function pathParams(
  interaction: Interaction,
  operation: Operation,
  resourceFor: (name: string) => Promise<string>,
  ids: Map<string, string>,
): Promise<Record<string, unknown>> {
  const [, name = ''] = /\{(\w+)\}/.exec(operation.path) ?? [];
  if (name === '') return {};
  const index = operation.path.split('/').indexOf(`{${name}}`);
  const recorded = interaction.request.path.split('/')[index] ?? '';
  if (interaction.response.status === 404) return { [camel(name)]: name === 'monitor_id' ? Number(recorded) : recorded };
  const known = ids.get(`${interaction.scenario} ${recorded}`) ?? (await resourceFor(name));
  ids.set(`${interaction.scenario} ${recorded}`, known);
  return { [camel(name)]: name === 'monitor_id' ? Number(known) : known };
}

async function resourceFor(name: string, sandbox: Sandbox, monitor: unknown = METRIC_MONITOR): Promise<string> {
  const headers = { 'dd-api-key': 'key', 'dd-application-key': 'app' };
  if (name === 'incident_id') {
    const found = (await (await fetch(`${sandbox.url}/api/v2/incidents`, { headers })).json()) as { data: { id: string }[] };
    return found.data[0]?.id ?? '';
  }
  const created = await fetch(`${sandbox.url}/api/v1/monitor`, { method: 'POST', headers, body: JSON.stringify(monitor) });
  return String(((await created.json()) as { id: number }).id);
}

/** Moves times, which lie within months of the recorded clock, to the sandbox's. */
function shifted(value: unknown, interaction: Interaction): unknown {
  if (Array.isArray(value)) return value.map((item) => shifted(item, interaction));
  if (typeof value === 'number') return shiftedNumber(value, interaction);
  if (typeof value === 'string') return shiftedText(value, interaction);
  if (typeof value !== 'object' || value === null) return value;
  const isError = interaction.response.status >= 400;
  const entries = Object.entries(value).filter(([key]) => key !== 'cursor' || isError);
  return Object.fromEntries(entries.map(([key, inner]) => [key, shifted(inner, interaction)]));
}

function shiftedNumber(value: number, { frozenClock }: Interaction): number {
  const offsetMs = NOW_MS - Date.parse(frozenClock);
  if (value > 1e12) return value + offsetMs;
  return value > 1e9 ? value + Math.round(offsetMs / 1000) : value;
}

function shiftedText(value: string, { frozenClock }: Interaction): string {
  if (!/^\d{4}-\d\d-\d\dT/.test(value)) return value;
  const ms = Date.parse(value) + NOW_MS - Date.parse(frozenClock);
  return Number.isNaN(ms) ? value : new Date(ms).toISOString();
}
