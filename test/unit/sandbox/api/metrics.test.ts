import assert from 'node:assert/strict';
import { askOf } from '../../../fakes/apiCalls';
import { filledStore, NOW_MS } from '../../../fakes/sandboxTelemetry';

interface Series {
  readonly series: readonly {
    readonly metric: string;
    readonly tag_set: string[];
    readonly scope: string;
    readonly expression: string;
    readonly query_index: number;
    readonly interval: number;
    readonly pointlist: [number, number][];
  }[];
}

const store = filledStore();
const ask = askOf(store);
const nowSec = NOW_MS / 1000;
const query = (text: string, from = nowSec - 3600, to = nowSec) =>
  ask<Series>('GET', `/api/v1/query?from=${from}&to=${to}&query=${encodeURIComponent(text)}`);

describe('the metrics API of v1', () => {
  it('answers several queries with their index, in milliseconds', async () => {
    const { body } = await query('avg:system.cpu.user{host:node-1}, max:system.cpu.user{*} by {host}');
    assert.deepEqual(
      body.series.map(({ query_index, tag_set }) => [query_index, tag_set]),
      [
        [0, []],
        [1, ['host:node-1']],
        [1, ['host:node-2']],
      ],
    );
    const [first] = body.series;
    assert.deepEqual([first?.scope, first?.expression, first?.interval], ['host:node-1', 'avg:system.cpu.user{host:node-1}', 60]);
    assert.deepEqual(first?.pointlist.slice(0, 2), [
      [NOW_MS - 3_600_000, 20],
      [NOW_MS - 3_540_000, 21],
    ]);
  });

  it('counts hits and errors derived from spans, and their ratio', async () => {
    const { body } = await query(
      '100 * sum:trace.express.request.errors{service:checkout}.as_count().rollup(3600) / sum:trace.express.request.hits{service:checkout}.as_count().rollup(3600)',
    );
    assert.deepEqual(body.series[0]?.pointlist, [[NOW_MS - 3_600_000, 10]]);
  });

  it('knows percentiles of latency over all resources', async () => {
    const { body } = await query('p95:trace.express.request{env:prod}.rollup(3600)');
    const value = body.series[0]?.pointlist[0]?.[1] ?? 0;
    assert.ok(Math.abs(value - 0.153) < 0.01, String(value));
  });

  it('does not fill the future', async () => {
    const { body } = await query('default_zero(avg:system.cpu.user{host:node-1})', nowSec - 600, nowSec + 600);
    assert.ok((body.series[0]?.pointlist.at(-1)?.[0] ?? 0) <= NOW_MS);
  });

  it('refuses queries it cannot answer rightly', async () => {
    for (const text of ["anomalies(avg:system.cpu.user{*}, 'basic', 2)", 'avg:system.cpu.user', 'p95:system.cpu.user{*}']) {
      const answer = await query(text);
      assert.deepEqual([answer.status, answer.shape], [400, 'classic'], text);
      assert.match(answer.message ?? '', /^Error parsing query: /);
    }
    assert.equal((await query('avg:m{*}', 10, 5)).status, 400);
    assert.equal((await ask('GET', '/api/v1/query?query=avg:m{*}')).status, 400);
  });

  it('lists what reports, by host and tags', async () => {
    const list = async (more: string) =>
      (await ask<{ metrics: string[] }>('GET', `/api/v1/metrics?from=${nowSec - 3600}${more}`)).body.metrics;
    assert.deepEqual(await list(''), [
      'system.cpu.user',
      'trace.express.request',
      'trace.express.request.duration',
      'trace.express.request.errors',
      'trace.express.request.hits',
    ]);
    assert.deepEqual(await list('&host=node-1'), ['system.cpu.user']);
    assert.deepEqual(await list('&host=node-9'), []);
    assert.equal((await list(`&tag_filter=${encodeURIComponent('service:checkout AND NOT env:test')}`)).length, 4);
    assert.equal((await ask('GET', '/api/v1/metrics')).status, 400);
    assert.equal((await ask('GET', `/api/v1/metrics?from=1&tag_filter=${encodeURIComponent('(a:b')}`)).status, 400);
  });

  it('searches names, and describes a metric', async () => {
    assert.deepEqual((await ask<{ results: { metrics: string[] } }>('GET', '/api/v1/search?q=metrics:cpu')).body.results.metrics, [
      'system.cpu.user',
    ]);
    assert.equal((await ask('GET', '/api/v1/search?q=hosts:a')).status, 400);
    const { body } = await ask<Record<string, unknown>>('GET', '/api/v1/metrics/system.cpu.user');
    assert.deepEqual([body.type, body.unit, body.per_unit], ['gauge', 'percent', null]);
    assert.equal((await ask('GET', '/api/v1/metrics/none')).status, 404);
  });
});
