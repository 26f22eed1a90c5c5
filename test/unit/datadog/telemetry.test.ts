import assert from 'node:assert/strict';
import { createDatadogTelemetry } from '../../../src/datadog/telemetry';
import type { Telemetry } from '../../../src/domain/ports';
import { type ScriptedServer, sendJson, startScriptedServer } from '../../fakes/scriptedServer';

const quiet = { info: () => {}, error: () => {} };
const never = new AbortController().signal;
const fromMs = Date.parse('2026-06-20T13:00:00Z');
const window = { fromMs, toMs: fromMs + 3_600_000 };

describe('the Datadog adapter', () => {
  let server: ScriptedServer;
  let answer: unknown;
  let telemetry: Telemetry;

  beforeEach(async () => {
    server = await startScriptedServer((response) => {
      if (typeof answer === 'string') response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
      else sendJson(response, answer);
    });
    const keys = { apiKey: 'api', appKey: 'app' };
    telemetry = createDatadogTelemetry({ site: 'datadoghq.com', baseUrl: `${server.url}/`, ...keys, timeoutSec: 5, log: quiet });
  });
  afterEach(() => server.close());

  const sent = (at = 0) => JSON.parse(server.requests[at]!.body);

  it('asks for all metric queries in one call and gives each its series', async () => {
    const values = [
      [1, null, 3],
      [10, null, null],
      [0.5, 0.6, 0.7],
    ];
    const series = [
      { group_tags: ['service:a'], query_index: 0, unit: [{ name: 'millisecond', family: 'time' }, null] },
      { group_tags: ['*'], query_index: 1, unit: null },
      { group_tags: [], query_index: 2, unit: null },
    ];
    const times = [fromMs, fromMs + 30_000, fromMs + 60_000];
    answer = { data: { id: '0', type: 'timeseries_response', attributes: { series, times, values } } };
    const queries = ['avg:shop.latency{*} by {service}', 'sum:shop.queue{env:prod}', 'sum:e{*}.as_count() / sum:h{*}.as_count()'];
    const results = await telemetry.queryMetrics(queries, window, never);
    assert.equal(server.requests.length, 1);
    assert.deepEqual(sent().data.attributes.formulas, [{ formula: 'q0' }, { formula: 'q1' }, { formula: 'q2 / q3' }]);
    assert.deepEqual([sent().data.attributes.from, sent().data.attributes.to], [window.fromMs, window.toMs]);
    const sec = fromMs / 1000;
    assert.deepEqual(results, [
      {
        query: queries[0],
        series: [
          {
            metric: 'shop.latency',
            tags: ['service:a'],
            unit: 'millisecond',
            intervalSec: 60,
            points: [
              [sec, 1],
              [sec + 60, 3],
            ],
          },
        ],
      },
      {
        query: queries[1],
        series: [
          {
            metric: 'shop.queue',
            tags: [],
            unit: null,
            intervalSec: 60,
            points: [
              [sec, 10],
              [sec + 60, null],
            ],
          },
        ],
      },
      {
        query: queries[2],
        series: [
          {
            metric: queries[2],
            tags: [],
            unit: null,
            intervalSec: 30,
            points: [
              [sec, 0.5],
              [sec + 30, 0.6],
              [sec + 60, 0.7],
            ],
          },
        ],
      },
    ]);
  });

  it('keeps the other metric queries when Datadog refuses one of them', async () => {
    await server.close();
    const attributes = { series: [{ group_tags: [], query_index: 0, unit: null }], times: [fromMs], values: [[7]] };
    server = await startScriptedServer((response, { body }) =>
      body.includes('nonsense')
        ? sendJson(response, { errors: ['Error parsing query: unable to parse avg:nonsense{a b}'] }, 400)
        : sendJson(response, { data: { id: '0', type: 'timeseries_response', attributes } }),
    );
    const keys = { apiKey: 'api', appKey: 'app' };
    telemetry = createDatadogTelemetry({ site: 'datadoghq.com', baseUrl: server.url, ...keys, timeoutSec: 5, log: quiet });
    const results = await telemetry.queryMetrics(['avg:nonsense{a b}', 'avg:shop.queue{*}'], window, never);
    assert.deepEqual(
      results.map(({ query, series }) => [query, series[0]?.points]),
      [
        ['avg:nonsense{a b}', undefined],
        ['avg:shop.queue{*}', [[fromMs / 1000, 7]]],
      ],
    );
    assert.equal(server.requests.length, 2);
    await assert.rejects(telemetry.queryMetrics(['avg:nonsense{a b}'], window, never), /does not accept the query: .*unable to parse/);
  });

  it('asks nothing when there is no metric query', async () => {
    assert.deepEqual(await telemetry.queryMetrics([], window, never), []);
    assert.equal(server.requests.length, 0);
  });

  it('reads logs, newest first unless told otherwise', async () => {
    const attributes = { error: { stack: 'Error: x\n  at y' }, dd: { trace_id: '0000000000000000a' } };
    const log = {
      timestamp: '2026-06-20T13:01:00.250Z',
      service: 'a',
      status: 'WARNING',
      host: 'h',
      message: '<script>',
      tags: ['env:prod'],
      attributes,
    };
    answer = {
      data: [
        { id: '1', type: 'log', attributes: log },
        { id: '2', type: 'log', attributes: { message: 'timeless' } },
      ],
    };
    assert.deepEqual(await telemetry.searchLogs({ query: 'service:a', window, limit: 5 }, never), [
      { timestampMs: fromMs + 60_250, service: 'a', status: 'warn', host: 'h', message: '<script>', attributes, tags: ['env:prod'] },
    ]);
    assert.deepEqual(sent(), {
      filter: { query: 'service:a', from: '2026-06-20T13:00:00.000Z', to: '2026-06-20T14:00:00.000Z' },
      sort: '-timestamp',
      page: { limit: 5 },
    });
    await telemetry.searchLogs({ query: 'service:a', window, limit: 5000, oldestFirst: true }, never);
    assert.deepEqual([sent(1).sort, sent(1).page], ['timestamp', { limit: 1000 }]);
  });

  it('keeps 64-bit ids that come as numbers exact, from the wire to the domain', async () => {
    const numbers = '"trace_id": 9007199254740993123, "span_id": 17551449796724253880, "parent_id": 9007199254740993125';
    answer = `{"data": [{"id": "1", "type": "spans", "attributes": {${numbers}, "start_timestamp": "2026-06-20T13:00:00Z"}}]}`;
    const [span] = await telemetry.searchSpans({ query: '*', window, limit: 5 }, never);
    assert.deepEqual([span?.traceId, span?.spanId, span?.parentId], ['9007199254740993123', '17551449796724253880', '9007199254740993125']);
  });

  it('keeps the microseconds of when a span began', async () => {
    const attributes = {
      trace_id: '1',
      span_id: '2',
      start_timestamp: '2026-06-20T13:00:00.250125Z',
      end_timestamp: '2026-06-20T13:00:00.2505Z',
    };
    answer = { data: [{ id: '1', type: 'spans', attributes }] };
    const [span] = await telemetry.searchSpans({ query: '*', window, limit: 5 }, never);
    assert.equal(span?.startMs, fromMs + 250.125);
    assert.equal(span?.durationMs, 0.375);
  });

  it('asks for the service map of untagged services when no environment is given', async () => {
    answer = {};
    await telemetry.listDependencies(window, null, never);
    assert.equal(server.requests[0]?.query.get('env'), 'none');
  });

  it('joins error tracking results with their issues', async () => {
    const relationships = { issue: { data: { id: 'i1', type: 'issue' } } };
    const attributes = {
      service: 'a',
      error_type: 'TypeError',
      error_message: 'x of undefined',
      file_path: 'src/a.js',
      function_name: 'run',
      first_seen: 1,
      first_seen_version: '1.1',
      last_seen: 2,
      last_seen_version: '1.2',
      state: 'OPEN',
      languages: ['KLINGON'],
    };
    answer = {
      data: [
        { id: 'i1', type: 'error_tracking_search_result', attributes: { total_count: 7 }, relationships },
        { id: 'i2', type: 'error_tracking_search_result', attributes: { total_count: 1 } },
      ],
      included: [{ id: 'i1', type: 'issue', attributes }],
    };
    const issues = await telemetry.searchErrors({ query: 'service:a', window, limit: 10 }, never);
    assert.deepEqual(issues[0], {
      id: 'i1',
      service: 'a',
      type: 'TypeError',
      message: 'x of undefined',
      file: 'src/a.js',
      function: 'run',
      count: 7,
      firstSeenMs: 1,
      lastSeenMs: 2,
      firstSeenVersion: '1.1',
      lastSeenVersion: '1.2',
      state: 'OPEN',
    });
    assert.deepEqual([issues[1]?.id, issues[1]?.count, issues[1]?.file], ['i2', 1, null]);
    assert.equal(server.requests[0]?.query.get('include'), 'issue');
  });

  it('reads the service map of an environment', async () => {
    answer = { web: { calls: ['checkout', 7, 'cart'] }, cart: { calls: [] }, odd: null };
    assert.deepEqual(await telemetry.listDependencies(window, 'prod', never), { web: ['checkout', 'cart'], cart: [], odd: [] });
    const [request] = server.requests;
    assert.deepEqual(
      [request?.path, request?.query.get('env'), request?.query.get('start')],
      ['/api/v1/service_dependencies', 'prod', String(fromMs / 1000)],
    );
    assert.equal(request?.headers['dd-application-key'], 'app');
  });

  it('lists the metrics that reported since a time', async () => {
    answer = { from: '1', metrics: ['a.b', 'c.d'] };
    assert.deepEqual(await telemetry.listMetrics(fromMs + 999, never), ['a.b', 'c.d']);
    assert.equal(server.requests[0]?.query.get('from'), String(fromMs / 1000));
  });

  it('filters monitors by state and by service, in tags as in queries', async () => {
    const monitor = (id: number, overall_state: string, rest: object = {}) => ({
      id,
      name: `m${id}`,
      type: 'query alert',
      query: 'avg(last_5m):avg:a{*} > 1',
      overall_state,
      ...rest,
    });
    answer = [
      monitor(1, 'Alert', { tags: ['service:shop'] }),
      monitor(2, 'Alert', { query: 'avg(last_5m):avg:a{service:shop,env:prod} > 1' }),
      monitor(3, 'OK', { tags: ['service:shop'] }),
      monitor(4, 'Alert', { tags: ['service:shopping'], query: 'avg(last_5m):avg:a{service:shopping} > 1' }),
      monitor(5, 'Brand New State'),
    ];
    const ids = async (filter: Parameters<Telemetry['listMonitors']>[0]) =>
      (await telemetry.listMonitors(filter, never)).map(({ id }) => id);
    assert.deepEqual(await ids({}), [1, 2, 3, 4, 5]);
    assert.deepEqual(await ids({ states: ['Alert'], service: 'shop' }), [1, 2]);
    assert.deepEqual(await ids({ states: ['Unknown'] }), [5]);
  });

  it('reads a monitor with its thresholds and the time of its last trigger', async () => {
    const options = { thresholds: { critical: 250, warning: 200 } };
    const groups = { a: { last_triggered_ts: 100 }, b: { last_triggered_ts: 300 }, c: {} };
    answer = {
      id: 7,
      name: 'p95',
      type: 'query alert',
      query: 'q',
      message: 'm',
      tags: ['t'],
      overall_state: 'Alert',
      options,
      priority: 2,
      state: { groups },
    };
    assert.deepEqual(await telemetry.getMonitor(7, never), {
      id: 7,
      name: 'p95',
      type: 'query alert',
      query: 'q',
      message: 'm',
      tags: ['t'],
      state: 'Alert',
      triggeredAtMs: 300_000,
      criticalThreshold: 250,
      warningThreshold: 200,
      priority: 2,
    });
  });

  it('takes the time of the last change of state where there are no groups', async () => {
    answer = { id: 7, type: 'query alert', query: 'q', overall_state: 'Warn', overall_state_modified: '2026-06-20T13:00:00+00:00' };
    assert.equal((await telemetry.getMonitor(7, never)).triggeredAtMs, fromMs);
    answer = { ...(answer as object), overall_state: 'OK' };
    assert.equal((await telemetry.getMonitor(7, never)).triggeredAtMs, null);
  });

  it('has no web pages to link to when it talks to something other than Datadog', () => {
    assert.equal(telemetry.linkTo({ kind: 'monitor', id: 1 }), null);
    assert.equal(telemetry.name, `Datadog (${new URL(server.url).host})`);
  });

  it('talks to its own address whatever DD_SITE says', async () => {
    process.env.DD_SITE = 'elsewhere.example';
    try {
      answer = [];
      await telemetry.listMonitors({}, never);
      assert.equal(server.requests.length, 1);
    } finally {
      delete process.env.DD_SITE;
    }
  });
});
