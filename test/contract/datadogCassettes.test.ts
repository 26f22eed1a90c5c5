import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { trimDatadogClient } from '../../scripts/trimDatadogClient.mjs';
import { openClient as openWholeClient } from '../../src/datadog/client';
import { createDatadogTelemetry } from '../../src/datadog/telemetry';
import { AppError } from '../../src/domain/errors';
import type { Telemetry } from '../../src/domain/ports';
import { startScriptedServer } from '../fakes/scriptedServer';

interface Interaction {
  readonly id: string;
  readonly operation: string;
  readonly response: { readonly status: number; readonly contentType: string; readonly body: unknown };
}

type Client = ReturnType<typeof openWholeClient>;

const signal = new AbortController().signal;
const window = { fromMs: 1_760_000_000_000, toMs: 1_760_003_600_000 };
const search = { query: '*', window, limit: 100 };
const timeseries = { from: 0, to: 1, queries: [{ dataSource: 'metrics' as const, query: 'avg:a{*}' }] };
const issues = { from: 0, to: 1, query: '*', track: 'trace' as const };

interface Road {
  /** Recorded operations whose answers have the shape of ours. */
  readonly recorded: readonly string[];
  readonly adapter: (telemetry: Telemetry) => Promise<unknown>;
  readonly client: (client: Client) => Promise<unknown>;
}

/** For each operation that the adapter uses: how to get it to read an answer, and how to get the client to. */
const roads: Readonly<Record<string, Road>> = {
  validate: {
    recorded: ['v1.AuthenticationApi.validate'],
    adapter: (telemetry) => telemetry.checkAccess(signal),
    client: (client) => client.authentication.validate(),
  },
  listMonitors: {
    recorded: ['v1.MonitorsApi.listMonitors'],
    adapter: (telemetry) => telemetry.listMonitors({}, signal),
    client: (client) => client.monitors.listMonitors(),
  },
  getMonitor: {
    recorded: ['v1.MonitorsApi.getMonitor', 'v1.MonitorsApi.createMonitor', 'v1.MonitorsApi.updateMonitor'],
    adapter: (telemetry) => telemetry.getMonitor(1, signal),
    client: (client) => client.monitors.getMonitor({ monitorId: 1 }),
  },
  listActiveMetrics: {
    recorded: ['v1.MetricsApi.listActiveMetrics'],
    adapter: (telemetry) => telemetry.listMetrics(0, signal),
    client: (client) => client.activeMetrics.listActiveMetrics({ from: 0 }),
  },
  queryTimeseriesData: {
    recorded: ['v2.MetricsApi.queryTimeseriesData'],
    adapter: (telemetry) => telemetry.queryMetrics(['avg:a{*}'], window, signal),
    client: (client) => client.metrics.queryTimeseriesData({ body: { data: { type: 'timeseries_request', attributes: timeseries } } }),
  },
  listLogs: {
    recorded: ['v2.LogsApi.listLogs', 'v2.LogsApi.listLogsGet'],
    adapter: (telemetry) => telemetry.searchLogs(search, signal),
    client: (client) => client.logs.listLogs(),
  },
  listSpans: {
    recorded: ['v2.SpansApi.listSpans', 'v2.SpansApi.listSpansGet'],
    adapter: (telemetry) => telemetry.searchSpans(search, signal),
    client: (client) => client.spans.listSpans({ body: {} }),
  },
  searchIssues: {
    recorded: ['v2.ErrorTrackingApi.searchIssues'],
    adapter: (telemetry) => telemetry.searchErrors(search, signal),
    client: (client) => client.errors.searchIssues({ body: { data: { type: 'search_request', attributes: issues } } }),
  },
  searchEvents: {
    recorded: ['v2.EventsApi.searchEvents', 'v2.EventsApi.listEvents'],
    adapter: (telemetry) => telemetry.searchChanges(window, signal),
    client: (client) => client.events.searchEvents({}),
  },
  listDORADeployments: {
    recorded: ['v2.DORAMetricsApi.listDORADeployments'],
    adapter: (telemetry) => telemetry.searchChanges(window, signal),
    client: (client) =>
      client.deployments.listDORADeployments({ body: { data: { type: 'dora_deployments_list_request', attributes: {} } } }),
  },
};

/** Answers of our own making, one for each operation, so that the cut is compared on all of them. */
const samples: Readonly<Record<string, unknown>> = {
  validate: { valid: true },
  listMonitors: [{ id: 1, type: 'query alert', query: 'q', overall_state: 'Alert', options: { thresholds: { critical: 1 } } }],
  getMonitor: {
    id: 1,
    type: 'event-v2 alert',
    query: 'q',
    options: { variables: [{ data_source: 'logs', name: 'a', compute: { aggregation: 'count' }, search: { query: '*' } }] },
    state: { groups: { a: { status: 'Warn', last_triggered_ts: 5 } } },
  },
  listActiveMetrics: { from: '1', metrics: ['a'] },
  queryTimeseriesData: {
    data: {
      type: 'timeseries_response',
      attributes: { series: [{ group_tags: ['a:b'], query_index: 0, unit: [{ name: 'byte' }, null] }], times: [1], values: [[1, null]] },
    },
  },
  listLogs: {
    data: [{ id: 'a', type: 'log', attributes: { timestamp: '2026-01-01T00:00:00Z', status: 'error', attributes: { a: { b: 1 } } } }],
  },
  listSpans: {
    data: [{ id: 'a', type: 'spans', attributes: { start_timestamp: '2026-01-01T00:00:00.123456Z', custom: { duration: 5 } } }],
  },
  searchIssues: {
    data: [{ id: 'i', type: 'error_tracking_search_result', attributes: { total_count: 1 } }],
    included: [{ id: 'i', type: 'issue', attributes: { languages: ['NEW'], state: 'OPEN' } }],
  },
  searchEvents: { data: [{ id: 'e', type: 'event', attributes: { attributes: { status: 'odd', evt: { id: '1', category: 'change' } } } }] },
  listDORADeployments: { data: [{ id: 'd', type: 'dora_deployment', attributes: { service: 'a', started_at: '2026-01-01T00:00:00Z' } }] },
};

describe('the cut Datadog client', () => {
  let dir: string;
  let openCutClient: typeof openWholeClient;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'aidog-client-'));
    const operations = Object.keys(JSON.parse(readFileSync('src/datadog/operations.json', 'utf8')));
    const outfile = join(dir, 'client.cjs');
    const plugins = [trimDatadogClient({ operations })];
    await build({ entryPoints: ['src/datadog/client.ts'], outfile, bundle: true, platform: 'node', format: 'cjs', plugins });
    openCutClient = createRequire(import.meta.url)(outfile).openClient;
  });
  after(() => rm(dir, { recursive: true, force: true }));

  /** What the client makes of an answer, or how it fails, as comparable data. */
  async function outcome(open: typeof openWholeClient, road: Road, { status, body }: { status: number; body: unknown }) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = async () => new Response(text, { status, headers: { 'content-type': 'application/json' } });
    const client = open({ baseUrl: 'http://127.0.0.1:1', apiKey: 'a', appKey: 'b', fetch: answer });
    const result = await road.client(client).then(
      (value) => ({ value }),
      (error: { code?: number; body?: unknown; message: string }) => ({ code: error.code ?? error.message, body: error.body }),
    );
    return JSON.parse(JSON.stringify(result));
  }

  for (const [operation, road] of Object.entries(roads)) {
    it(`reads an answer of ${operation} as the whole client does`, async () => {
      const answer = { status: 200, body: samples[operation] };
      const cut = await outcome(openCutClient, road, answer);
      assert.ok('value' in cut, JSON.stringify(cut));
      assert.deepEqual(cut, await outcome(openWholeClient, road, answer));
    });
  }

  it('refuses to be built for an operation that the client does not have', async () => {
    const plugins = [trimDatadogClient({ operations: ['v2.LogsApi.listDogs'] })];
    const options = {
      entryPoints: ['src/datadog/client.ts'],
      bundle: true,
      write: false,
      platform: 'node' as const,
      logLevel: 'silent' as const,
    };
    await assert.rejects(build({ ...options, plugins }), /no operation v2\.LogsApi\.listDogs/);
  });

  describe('and the adapter on recorded answers of Datadog', () => {
    const data = process.env.AIDOG_DATA;
    if (data === undefined) {
      it('replays nothing, as AIDOG_DATA does not say where recorded answers are', () => {
        console.log('      AIDOG_DATA is not set: no recorded answer of Datadog was replayed.');
        assert.equal(process.env.AIDOG_DATA, undefined);
      });
      return;
    }
    const interactions = recordedIn(join(data, 'datadog-cassettes', 'interactions'));

    for (const [operation, road] of Object.entries(roads)) {
      const recorded = interactions.filter((interaction) => road.recorded.includes(interaction.operation));
      if (recorded.length === 0) continue;

      it(`read ${recorded.length} recorded answers of ${operation} as the whole client does`, async () => {
        for (const { id, response } of recorded) {
          assert.deepEqual(await outcome(openCutClient, road, response), await outcome(openWholeClient, road, response), id);
        }
      });

      it(`turn ${recorded.length} recorded answers of ${operation} into results or into sentences`, async () => {
        for (const { id, response } of recorded) await replay(road, response, id);
      });
    }
  });
});

function recordedIn(folder: string): Interaction[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as Interaction);
}

async function replay(road: Road, { status, contentType, body }: Interaction['response'], id: string): Promise<void> {
  const server = await startScriptedServer((response, { path }) => {
    const isOther = path.endsWith('/dora/deployments') && !road.recorded.some((operation) => operation.includes('DORA'));
    const text = isOther ? '{"data": []}' : typeof body === 'string' ? body : JSON.stringify(body);
    const isMonitorList = path === '/api/v1/monitor' && road.recorded.includes('v1.AuthenticationApi.validate');
    response.writeHead(isOther || isMonitorList ? 200 : status, { 'content-type': contentType }).end(isMonitorList ? '[]' : text);
  });
  const keys = { apiKey: 'a', appKey: 'b' };
  const log = { info: () => {}, error: () => {} };
  const telemetry = createDatadogTelemetry({ site: 'datadoghq.com', baseUrl: server.url, ...keys, timeoutSec: 5, log });
  try {
    const result = await road.adapter(telemetry).catch((error: unknown) => error);
    if (status < 300) assert.ok(!(result instanceof Error), `${id}: ${result}`);
    else assert.ok(result instanceof AppError && result.kind !== 'internal', `${id}: ${result}`);
    if (status < 300 && countOf(body) !== null) assert.equal((result as unknown[]).length, countOf(body), id);
  } finally {
    await server.close();
  }
}

/** How many items a list or a search found; null for other answers. */
function countOf(body: unknown): number | null {
  const data = Array.isArray(body) ? body : (body as { data?: unknown }).data;
  return Array.isArray(data) ? data.length : null;
}
