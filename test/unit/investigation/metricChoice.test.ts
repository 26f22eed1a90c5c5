import assert from 'node:assert/strict';
import { chooseQueries, MAX_METRIC_QUERIES } from '../../../src/investigation/metricChoice';
import { parseMonitorQuery } from '../../../src/investigation/monitorQuery';
import type { Opening } from '../../../src/investigation/openCase';

const opening = (query: string | null, env: string | null = null): Opening => ({
  alert: {
    title: '',
    service: 'web',
    metric: 'service.latency',
    threshold: null,
    observed: null,
    severity: 'high',
    firedAtMs: 0,
    monitorId: 1,
    summary: '',
  },
  monitor: null,
  isAlerting: null,
  query: query === null ? null : parseMonitorQuery(query),
  service: 'web',
  env,
});

describe('chooseQueries', () => {
  it("asks the alert's metric for every service, other filters kept", () => {
    const [first] = chooseQueries(opening('avg(last_5m):max:service.latency{service:web,statistic:p95} > 1'), []);
    assert.equal(first, 'max:service.latency{statistic:p95} by {service}');
  });

  it("asks it from the alert where there is no monitor's query", () => {
    assert.deepEqual(chooseQueries(opening(null), []), ['avg:service.latency{*} by {service}']);
  });

  it('asks hits, errors and p95 of traced operations, in the environment', () => {
    const queries = chooseQueries(opening(null, 'prod'), [
      'trace.pg.query.hits',
      'trace.express.request.hits',
      'trace.express.request.errors',
    ]);
    assert.deepEqual(queries.slice(1, 4), [
      'sum:trace.express.request.hits{env:prod} by {service}.as_count()',
      'sum:trace.express.request.errors{env:prod} by {service}.as_count()',
      'p95:trace.express.request{env:prod} by {service}',
    ]);
    assert.ok(queries.some((query) => query.startsWith('p95:trace.pg.query{')));
  });

  it('groups host, container and client metrics by what they have', () => {
    const queries = chooseQueries(opening(null), ['system.cpu.user', 'container.cpu.usage', 'rpc.client.latency', 'rpc.server.latency']);
    assert.ok(queries.includes('avg:system.cpu.user{*} by {service,host}'));
    assert.ok(queries.includes('avg:container.cpu.usage{*} by {service,host}'));
    assert.ok(queries.includes('avg:rpc.client.latency{*} by {service,peer.service}'));
    assert.ok(queries.includes('avg:rpc.server.latency{*} by {service,peer.service}'));
  });

  it('puts telling metrics ahead, asks each once and no more than fit', () => {
    const many = Array.from({ length: 90 }, (_, index) => `misc.thing${index}`);
    const queries = chooseQueries(opening(null), [...many, 'db.cpu.usage', 'db.cpu.usage']);
    assert.equal(queries.length, MAX_METRIC_QUERIES);
    assert.equal(queries.filter((query) => query.includes('db.cpu.usage')).length, 1);
  });

  it('leaves out names that could break out of a query, and what agents say of themselves', () => {
    assert.deepEqual(chooseQueries(opening(null), ['a{*}', 'trace.GET /x.hits', 'x by {host}', 'datadog.agent.running']).slice(1), []);
  });
});
