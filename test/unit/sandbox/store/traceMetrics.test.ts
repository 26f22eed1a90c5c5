import assert from 'node:assert/strict';
import type { Span } from '../../../../src/domain/span';
import { createSettableClock } from '../../../../src/sandbox/clock';
import { createTraceMetrics, tagText } from '../../../../src/sandbox/store/traceMetrics';
import { ALWAYS, aSpan, NOON_MS } from '../telemetry';

const entry = (over: Partial<Span> = {}) => aSpan({ metrics: { '_dd.top_level': 1 }, ...over });

describe('trace metrics', () => {
  const clock = createSettableClock(NOON_MS);
  beforeEach(() => clock.setNow(NOON_MS));
  const tableOf = (...spans: Span[]) => {
    const table = createTraceMetrics(clock);
    for (const span of spans) table.add(span);
    return table;
  };

  it('count entry and measured spans, and no others', () => {
    const table = tableOf(entry(), entry(), aSpan({ metrics: { '_dd.measured': 1 } }), aSpan());
    const hits = table.sources('trace.web.request.hits')[0]?.rollup(ALWAYS, 3600, 'sum');
    assert.deepEqual(
      hits?.map(([, value]) => value),
      [3],
    );
  });

  it('go by the name that Datadog gives an operation, so that a query can ask for them', () => {
    const table = tableOf(entry({ name: 'GET /api' }), entry({ name: 'GET  api' }));
    assert.deepEqual([...table.names(0)], ['trace.GET_api', 'trace.GET_api.hits', 'trace.GET_api.errors', 'trace.GET_api.duration']);
    const [hits] = table.sources('trace.GET_api.hits');
    assert.equal(hits?.metric, 'trace.GET_api.hits');
    assert.deepEqual(
      hits?.rollup(ALWAYS, 3600, 'sum').map(([, value]) => value),
      [2],
    );
    const asked: string[] = [];
    table.add(entry({ name: 'GET /api' }), (metric) => asked.push(metric) > 0);
    assert.ok(asked.includes('trace.GET_api.hits'), asked.join());
  });

  it('measure durations in seconds', () => {
    const table = tableOf(entry({ durationMs: 250 }), entry({ durationMs: 750 }));
    const [source] = table.sources('trace.web.request');
    assert.equal(source?.unit, 'second');
    assert.equal(source?.type, 'distribution');
    assert.deepEqual(
      source?.rollup(ALWAYS, 3600, 'max').map(([, value]) => value),
      [0.75],
    );
    assert.deepEqual(
      table
        .sources('trace.web.request.duration')[0]
        ?.rollup(ALWAYS, 3600, 'sum')
        .map(([, value]) => value),
      [1],
    );
  });

  it('know what failed', () => {
    const table = tableOf(entry({ isError: true }), entry());
    assert.deepEqual(
      table
        .sources('trace.web.request.errors')[0]
        ?.rollup(ALWAYS, 3600, 'sum')
        .map(([, value]) => value),
      [1],
    );
    assert.deepEqual(table.sources('trace.web.request.errors')[0]?.rollup(ALWAYS, 3600, 'p95'), []);
  });

  it('fall into the ten seconds in which the span ended', () => {
    const table = tableOf(entry({ startMs: NOON_MS - 20_500, durationMs: 1000 }));
    assert.deepEqual(table.sources('trace.web.request.hits')[0]?.rollup(ALWAYS, 10, 'sum'), [[NOON_MS / 1000 - 20, 1]]);
  });

  it('are tagged as Datadog tags them', () => {
    const meta = { env: 'prod', version: '2', 'http.status_code': '500', secret: 'x' };
    const [source] = tableOf(entry({ resource: 'POST /Cart items', meta })).sources('trace.web.request');
    assert.deepEqual(source?.tags, ['service:shop', 'resource_name:post_/cart_items', 'env:prod', 'version:2', 'http.status_code:500']);
  });

  it('leave out the names that are asked to be left out', () => {
    const table = createTraceMetrics(clock);
    table.add(entry(), (metric) => metric !== 'trace.web.request.hits');
    assert.deepEqual([...table.names(0)].sort(), ['trace.web.request', 'trace.web.request.duration', 'trace.web.request.errors']);
    assert.deepEqual(table.sources('trace.web.request.hits'), []);
  });

  it('hide a stretch that holds spans later than now', () => {
    const table = tableOf(entry({ startMs: NOON_MS - 5000 }), entry({ startMs: NOON_MS - 1000, durationMs: 3000 }));
    const hits = () =>
      table
        .sources('trace.web.request.hits')[0]
        ?.rollup(ALWAYS, 60, 'sum')
        .map(([, value]) => value);
    assert.deepEqual(hits(), [1]);
    clock.advance(60_000);
    assert.deepEqual(hits(), [1, 1]);
  });

  it('are forgotten with time', () => {
    const table = tableOf(entry({ startMs: NOON_MS - 100_000 }), entry());
    assert.equal(table.dropBefore(NOON_MS / 1000 - 70), 1);
    assert.equal(table.dropBefore(NOON_MS / 1000), 1);
    assert.deepEqual([...table.names(0)], []);
  });
});

describe('tag text', () => {
  it('is lower case, without blanks, and short', () => {
    assert.equal(tagText('GET /Products/:id'), 'get_/products/:id');
    assert.equal(tagText('SELECT * FROM "a"'), 'select_from_a');
    assert.equal(tagText('x'.repeat(300)).length, 200);
  });
});
