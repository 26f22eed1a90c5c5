import assert from 'node:assert/strict';
import { daysBefore, spanQuery, traceQueries, traceSeries, wholeWindow } from '../../../src/engine/hotPathQueries';

describe('queries for hot paths', () => {
  it('look at whole intervals, and at the same time days before', () => {
    const window = wholeWindow(1_000_123_456, 60);
    assert.deepEqual([window.toMs % 300_000, window.toMs - window.fromMs, 1_000_123_456 - window.toMs < 300_000], [0, 3_600_000, true]);
    assert.deepEqual(daysBefore(window, 7), { fromMs: window.fromMs - 604_800_000, toMs: window.toMs - 604_800_000 });
  });

  it('search within the environment and services that are asked for', () => {
    assert.equal(spanQuery({ env: null, services: null }), '*');
    assert.equal(spanQuery({ env: 'prod', services: ['a', 'b'] }, 'status:error'), 'env:prod service:(a OR b) status:error');
    assert.equal(spanQuery({ env: 'x OR y', services: [] }), 'env:"x OR y"');
  });

  it('ask for counts and percentiles of an operation by environment, service and resource', () => {
    const queries = traceQueries(['express.request'], { env: 'prod', services: ['checkout'] });
    assert.deepEqual(queries, [
      'sum:trace.express.request.hits{env:prod,service:checkout} by {env,service,resource_name}.as_count().rollup(sum, 300)',
      'sum:trace.express.request.errors{env:prod,service:checkout} by {env,service,resource_name}.as_count().rollup(sum, 300)',
      'p50:trace.express.request{env:prod,service:checkout} by {env,service,resource_name}.rollup(300)',
      'p95:trace.express.request{env:prod,service:checkout} by {env,service,resource_name}.rollup(300)',
      'p99:trace.express.request{env:prod,service:checkout} by {env,service,resource_name}.rollup(300)',
    ]);
  });

  it('let no name out of its place', () => {
    assert.deepEqual(traceQueries(['', '{x}', '1 a'], { env: null, services: null }), []);
    const [hits] = traceQueries(['web.request'], { env: 'prod} by {host', services: ['a,b'] });
    assert.equal(hits, 'sum:trace.web.request.hits{*} by {env,service,resource_name}.as_count().rollup(sum, 300)');
    assert.match(traceQueries(['Rack Request!x'], { env: null, services: null })[0]!, /^sum:trace\.rack_request_x\.hits/);
  });

  it('are answered five by five', () => {
    const result = (query: string) => ({ query, series: [] });
    assert.equal(traceSeries(Array.from({ length: 10 }, (_, at) => result(String(at)))).length, 2);
    assert.deepEqual(traceSeries([result('a')]), []);
  });
});
