import assert from 'node:assert/strict';
import type { client as ClientModule, v1 as V1, v2 as V2 } from '@datadog/datadog-api-client';
import { apiRoutes } from '../../src/sandbox/api/apiRoutes';
import { createFixedClock } from '../../src/sandbox/clock';
import { evaluateMonitors } from '../../src/sandbox/monitors/monitorLoop';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';
import { filledStore, METRIC_MONITOR, NOW_MS, STACK } from '../fakes/sandboxTelemetry';

type Client = { readonly client: typeof ClientModule; readonly v1: typeof V1; readonly v2: typeof V2 };

/** Fails when some part of an answer is of a type that the client does not know. */
function assertParsed<T>(answer: T): T {
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || value instanceof Date) return;
    if ('_unparsed' in value && value._unparsed === true) assert.fail(`the client could not parse ${path || 'the answer'}`);
    for (const [key, inner] of Object.entries(value)) if (key !== 'additionalProperties') visit(inner, `${path}.${key}`);
  };
  visit(answer, '');
  return answer;
}

describe('the sandbox, asked by the official client', () => {
  let sandbox: Sandbox;
  let api: Client;
  let configuration: ReturnType<typeof ClientModule.createConfiguration>;
  const store = filledStore();
  const window = { filterFrom: 'now-1h', filterTo: 'now' };

  before(async function () {
    // Loading the whole client takes seconds.
    this.timeout(60_000);
    api = await import('@datadog/datadog-api-client');
    sandbox = await startSandbox({ store, clock: createFixedClock(NOW_MS), routes: apiRoutes, apiKey: 'key', appKey: 'app' });
    configuration = configurationFor('key');
  });
  after(() => sandbox.close());

  function configurationFor(apiKey: string) {
    const created = api.client.createConfiguration({
      baseServer: new api.client.BaseServerConfiguration(sandbox.url, {}),
      authMethods: { apiKeyAuth: apiKey, appKeyAuth: 'app' },
    });
    for (const name of ['listIncidents', 'searchIncidents', 'getIncident', 'getTraceByID', 'validate'])
      created.unstableOperations[`v2.${name}`] = true;
    return created;
  }

  it('accepts the right key and refuses a wrong one', async () => {
    assert.equal(assertParsed(await new api.v1.AuthenticationApi(configuration).validate()).valid, true);
    assert.equal(assertParsed(await new api.v2.KeyManagementApi(configuration).validateAPIKey()).status, 'ok');
    assert.equal(assertParsed(await new api.v2.KeyManagementApi(configuration).validate()).data.attributes.valid, true);
    await assert.rejects(new api.v1.AuthenticationApi(configurationFor('wrong')).validate(), { code: 403 });
  });

  it('keeps a monitor from its creation to its deletion', async () => {
    const monitors = new api.v1.MonitorsApi(configuration);
    const created = assertParsed(await monitors.createMonitor({ body: METRIC_MONITOR as V1.Monitor }));
    const monitorId = created.id ?? 0;
    assert.equal(created.overallState, 'No Data');
    assert.equal(created.multi, true);
    evaluateMonitors(sandbox);
    const got = assertParsed(await monitors.getMonitor({ monitorId, groupStates: 'all' }));
    assert.equal(got.overallState, 'Alert');
    assert.equal(got.state?.groups?.['host:node-2']?.status, 'Alert');
    assert.equal(got.state?.groups?.['host:node-1']?.status, 'OK');
    const listed = assertParsed(await monitors.listMonitors({ groupStates: 'alert', monitorTags: 'team:shop' }));
    assert.deepEqual(
      listed.map(({ id }) => id),
      [monitorId],
    );
    const found = assertParsed(await monitors.searchMonitors({ query: 'status:alert tag:"team:shop"' }));
    assert.deepEqual(
      found.monitors?.map(({ status, metrics }) => ({ status, metrics })),
      [{ status: 'Alert', metrics: ['system.cpu.user'] }],
    );
    assert.equal(found.metadata?.totalCount, 1);
    const groups = assertParsed(await monitors.searchMonitorGroups({ query: 'status:alert' }));
    assert.deepEqual(
      groups.groups?.map(({ group }) => group),
      ['host:node-2'],
    );
    await monitors.validateMonitor({ body: METRIC_MONITOR as V1.Monitor });
    await monitors.validateExistingMonitor({ monitorId, body: METRIC_MONITOR as V1.Monitor });
    const updated = assertParsed(await monitors.updateMonitor({ monitorId, body: { name: 'CPU' } }));
    assert.equal(updated.name, 'CPU');
    assert.equal(updated.overallState, 'Alert');

    const incidents = new api.v2.IncidentsApi(configuration);
    const [incident] = assertParsed(await incidents.listIncidents()).data;
    assert.equal(incident?.attributes?.title, 'CPU');
    assert.equal(assertParsed(await incidents.getIncident({ incidentId: incident?.id ?? '' })).data.attributes?.severity, 'SEV-2');
    const search = assertParsed(await incidents.searchIncidents({ query: 'state:(active OR stable)' }));
    assert.equal(search.data.attributes?.total, 1);
    const alerts = assertParsed(
      await new api.v2.EventsApi(configuration).searchEvents({ body: { filter: { query: 'source:alert', from: 'now-1h', to: 'now' } } }),
    );
    assert.equal(alerts.data?.[0]?.attributes?.attributes?.monitorId, monitorId);

    assert.equal((await monitors.deleteMonitor({ monitorId })).deletedMonitorId, monitorId);
    await assert.rejects(monitors.getMonitor({ monitorId }), (error: { code: number; body: { errors: string[] } }) => {
      assert.equal(error.code, 404);
      assert.deepEqual(error.body.errors, ['Monitor not found']);
      return true;
    });
  });

  it('answers metric queries in all three forms', async () => {
    const seconds = { from: NOW_MS / 1000 - 3600, to: NOW_MS / 1000 };
    const one = assertParsed(
      await new api.v1.MetricsApi(configuration).queryMetrics({ ...seconds, query: 'avg:system.cpu.user{*} by {host}' }),
    );
    assert.deepEqual(
      one.series?.map(({ tagSet }) => tagSet),
      [['host:node-1'], ['host:node-2']],
    );
    assert.equal(one.series?.[0]?.unit?.[0]?.name, 'percent');
    assert.deepEqual(one.series?.[0]?.pointlist?.[0], [NOW_MS - 3_600_000, 20]);

    const metrics = new api.v2.MetricsApi(configuration);
    const query = { dataSource: 'metrics' as const, query: 'avg:system.cpu.user{*} by {host}', name: 'a' };
    const times = { from: NOW_MS - 3_600_000, to: NOW_MS };
    const series = assertParsed(
      await metrics.queryTimeseriesData({
        body: { data: { type: 'timeseries_request', attributes: { ...times, queries: [query], formulas: [{ formula: 'a * 2' }] } } },
      }),
    );
    assert.deepEqual(
      series.data?.attributes?.series?.map(({ groupTags }) => groupTags),
      [['host:node-1'], ['host:node-2']],
    );
    assert.equal(series.data?.attributes?.values?.[0]?.[0], 40);
    assert.equal(series.data?.attributes?.times?.[0], NOW_MS - 3_600_000);

    const scalar = assertParsed(
      await metrics.queryScalarData({
        body: {
          data: {
            type: 'scalar_request',
            attributes: { ...times, queries: [{ ...query, aggregator: 'max' }], formulas: [{ formula: 'a' }] },
          },
        },
      }),
    );
    assert.deepEqual(
      scalar.data?.attributes?.columns?.map((column) => (column as V2.DataScalarColumn).values),
      [
        [['node-1'], ['node-2']],
        [21, 91],
      ],
    );
  });

  it('knows the metrics that report, with their units', async () => {
    const metrics = new api.v1.MetricsApi(configuration);
    const active = assertParsed(await metrics.listActiveMetrics({ from: NOW_MS / 1000 - 3600, tagFilter: 'host:node-1' }));
    assert.deepEqual(active.metrics, ['system.cpu.user']);
    assert.deepEqual(assertParsed(await metrics.listMetrics({ q: 'metrics:trace.express' })).results?.metrics?.slice(0, 1), [
      'trace.express.request',
    ]);
    assert.equal(assertParsed(await metrics.getMetricMetadata({ metricName: 'system.cpu.user' })).unit, 'percent');
  });

  it('pages through logs with the client', async () => {
    const logs = new api.v2.LogsApi(configuration);
    const messages: string[] = [];
    for await (const log of logs.listLogsWithPagination({
      body: { filter: { query: 'status:error', from: 'now-1h', to: 'now' }, page: { limit: 4 }, sort: 'timestamp' },
    }))
      messages.push(assertParsed(log).attributes?.message ?? '');
    assert.deepEqual(
      messages,
      Array.from({ length: 6 }, () => 'checkout failed'),
    );
    const got = assertParsed(
      await logs.listLogsGet({
        filterQuery: '@error.kind:TypeError',
        filterFrom: new Date(NOW_MS - 3_600_000),
        filterTo: new Date(NOW_MS),
        pageLimit: 2,
      }),
    );
    assert.equal(got.data?.length, 2);
    assert.notEqual(got.meta?.page?.after, undefined);
    const buckets = assertParsed(
      await logs.aggregateLogs({
        body: { compute: [{ aggregation: 'count' }], filter: { query: '*', from: 'now-1h', to: 'now' }, groupBy: [{ facet: 'status' }] },
      }),
    );
    assert.deepEqual(
      buckets.data?.buckets?.map(({ by, computes }) => [by?.status, computes?.c0]),
      [
        ['info', 54],
        ['error', 6],
      ],
    );
  });

  it('pages through spans, aggregates them and gives a whole trace', async () => {
    const spans = new api.v2.SpansApi(configuration);
    const found: string[] = [];
    const body = {
      data: {
        type: 'search_request' as const,
        attributes: { filter: { query: 'service:checkout status:error', from: 'now-1h', to: 'now' }, page: { limit: 4 } },
      },
    };
    for await (const span of spans.listSpansWithPagination({ body })) found.push(assertParsed(span).attributes?.spanId ?? '');
    assert.deepEqual(found, ['101', '81', '61', '41', '21', '1']);
    const [first] =
      assertParsed(await spans.listSpansGet({ filterQuery: '@http.status_code:[500 TO 599]', ...window, pageLimit: 1 })).data ?? [];
    assert.deepEqual((first?.attributes?.custom as { error?: unknown } | undefined)?.error, {
      type: 'TypeError',
      message: 'no total',
      stack: STACK,
    });
    assert.equal(first?.attributes?.startTimestamp?.getTime(), NOW_MS - 3_540_000 + 50 * 59_000);
    const buckets = assertParsed(
      await spans.aggregateSpans({
        body: {
          data: {
            type: 'aggregate_request',
            attributes: {
              compute: [{ aggregation: 'pc95', metric: '@duration' }],
              filter: { query: '*', from: 'now-1h', to: 'now' },
              groupBy: [{ facet: 'service' }],
            },
          },
        },
      }),
    );
    assert.deepEqual(
      buckets.data?.map(({ attributes }) => attributes?.by?.service),
      ['checkout', 'payment'],
    );
    const trace = assertParsed(await new api.v2.APMTraceApi(configuration).getTraceByID({ traceId: '1000000000003' }));
    assert.deepEqual(
      trace.data.attributes.spans.map(({ service, error }) => [service, error]),
      [
        ['checkout', 0],
        ['payment', 0],
      ],
    );
    assert.equal(trace.data.attributes.spans[0]?.traceIdFull, 1_000_000_000_003n.toString(16).padStart(32, '0'));
  });

  it('tells of deployments and flags as events, and of deployments as DORA does', async () => {
    const events = new api.v2.EventsApi(configuration);
    const found = assertParsed(
      await events.searchEvents({ body: { filter: { query: 'source:deployment service:checkout', from: 'now-1h', to: 'now' } } }),
    );
    assert.equal(found.data?.[0]?.attributes?.attributes?.title, 'Deployed checkout 1.4.2');
    assert.ok(found.data?.[0]?.attributes?.tags?.includes('git.commit.sha:c7d2e9a3f1b04658e8a72c0d9b5e34176af2c801'));
    assert.deepEqual(found.data?.[0]?.attributes?.attributes?.additionalProperties?.change, {
      kind: 'deployment',
      service: 'checkout',
      author: 'Ada',
      version: '1.4.2',
      commit: 'c7d2e9a3f1b04658e8a72c0d9b5e34176af2c801',
      attributes: { pipeline: 'main' },
    });
    assert.equal(assertParsed(await events.listEvents({ filterQuery: '@change.kind:feature_flag', ...window })).data?.length, 1);
    const old = assertParsed(
      await new api.v1.EventsApi(configuration).listEvents({ start: NOW_MS / 1000 - 3600, end: NOW_MS / 1000, sources: 'deployment' }),
    );
    assert.equal(old.events?.[0]?.dateHappened, NOW_MS / 1000 - 600);
    const request = {
      data: {
        type: 'dora_deployments_list_request' as const,
        attributes: { from: new Date(NOW_MS - 3_600_000), to: new Date(NOW_MS), query: 'service:checkout' },
      },
    };
    const deployments = assertParsed(await new api.v2.DORAMetricsApi(configuration).listDORADeployments({ body: request }));
    assert.equal(deployments.data?.[0]?.attributes?.git?.commitSha, 'c7d2e9a3f1b04658e8a72c0d9b5e34176af2c801');
    assert.equal(deployments.data?.[0]?.attributes?.git?.repositoryId, 'github.com/shop/shop');
  });

  it('groups errors into issues', async () => {
    const tracking = new api.v2.ErrorTrackingApi(configuration);
    const attributes = { query: 'service:checkout env:prod', from: NOW_MS - 3_600_000, to: NOW_MS, track: 'trace' as const };
    const found = assertParsed(await tracking.searchIssues({ body: { data: { type: 'search_request', attributes } }, include: ['issue'] }));
    assert.deepEqual(
      found.data?.map(({ attributes: { totalCount } }) => totalCount),
      [6],
    );
    const [issueId = ''] = found.data?.map(({ id }) => id) ?? [];
    const issue = assertParsed(await tracking.getIssue({ issueId }));
    assert.equal(issue.data?.attributes.errorType, 'TypeError');
    assert.equal(issue.data?.attributes.firstSeenVersion, '1.4.2');
    await assert.rejects(tracking.getIssue({ issueId: 'none' }), (error: { code: number; body: { errors: { detail: string }[] } }) => {
      assert.equal(error.code, 404);
      assert.equal(error.body.errors[0]?.detail, 'issue not found');
      return true;
    });
  });

  it('knows services and who calls whom', async () => {
    const services = assertParsed(await new api.v2.APMApi(configuration).getServiceList({ filterEnv: 'prod' }));
    assert.deepEqual(services.data?.attributes?.services, ['checkout', 'payment']);
    assert.deepEqual(assertParsed(await new api.v2.ServiceDefinitionApi(configuration).listServiceDefinitions()).data, []);
    const headers = { 'DD-API-KEY': 'key', 'DD-APPLICATION-KEY': 'app' };
    const graph = await fetch(`${sandbox.url}/api/v1/service_dependencies?env=prod`, { headers });
    assert.deepEqual(await graph.json(), { checkout: { calls: ['payment'] }, payment: { calls: [] } });
    const one = await fetch(`${sandbox.url}/api/v1/service_dependencies/payment?env=prod`, { headers });
    assert.deepEqual(await one.json(), { name: 'payment', calls: [], called_by: ['checkout'] });
  });
});
