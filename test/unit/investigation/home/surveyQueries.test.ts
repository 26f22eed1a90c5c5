import assert from 'node:assert/strict';
import { planQueries } from '../../../../src/datadog/metricQuery';
import {
  COMMON_OPERATIONS,
  operationQueries,
  operationRank,
  operationsAmong,
  signalQuery,
} from '../../../../src/investigation/home/surveyQueries';

describe('the operations of a survey', () => {
  it('are read from the names of metrics, each once, those by which requests come in first', () => {
    const metrics = [
      'system.cpu.user',
      'trace.pg.query.hits',
      'trace.pg.query',
      'trace.http.request.hits',
      'trace.express.request.hits',
      'trace.express.request.hits',
      'trace.express.request.errors',
      'trace.express.request.hits.by_http_status',
    ];
    assert.deepEqual(operationsAmong(metrics), ['express.request', 'http.request', 'pg.query']);
  });

  it('are left out when their names could not stand in a query', () => {
    assert.deepEqual(operationsAmong(['trace.a{b}.hits', 'trace..hits', `trace.${'x'.repeat(300)}.hits`, 'trace.1st.hits']), []);
  });

  it('count as entries, as perhaps, or as calls by what tracers call them', () => {
    for (const name of ['web.request', 'kafka.consume', 'grpc.server', 'servlet.request', 'celery.run', 'aws.lambda.invocation'])
      assert.equal(operationRank(name), 0, name);
    for (const name of ['http.request', 'checkout.total']) assert.equal(operationRank(name), 1, name);
    for (const name of ['redis.command', 'postgres.query', 'express.middleware', 'grpc.client', 'kafka.produce', 'tcp.connect'])
      assert.equal(operationRank(name), 2, name);
  });

  it('are common ones of web servers where they cannot be listed', () => {
    assert.ok(COMMON_OPERATIONS.every((name) => operationRank(name) < 2));
  });
});

describe('the queries of a survey', () => {
  it('ask for requests, errors and p95 by environment and service', () => {
    assert.deepEqual(operationQueries('express.request', 'prod', 60), [
      'sum:trace.express.request.hits{env:prod} by {env,service}.as_count().rollup(sum, 60)',
      'sum:trace.express.request.errors{env:prod} by {env,service}.as_count().rollup(sum, 60)',
      'p95:trace.express.request{env:prod} by {env,service}.rollup(60)',
    ]);
  });

  it('ask for all environments when none is named, or one that no query can hold', () => {
    for (const env of [null, 'prod} by {x', 'a b'])
      assert.equal(operationQueries('a', env, 60)[2], 'p95:trace.a{*} by {env,service}.rollup(60)');
  });

  it('are plain queries for the client, none of which becomes a formula of parts', () => {
    const queries = operationQueries('express.request', 'prod', 300);
    assert.equal(planQueries(queries).leaves.length, queries.length);
  });

  it('show one signal of one service again as it was measured: a share, a rate, a percentile', () => {
    assert.equal(
      signalQuery('errors', 'a', 'checkout', 'prod'),
      'sum:trace.a.errors{env:prod,service:checkout}.as_count() / sum:trace.a.hits{env:prod,service:checkout}.as_count()',
    );
    assert.equal(signalQuery('traffic', 'a', 'checkout', null), 'sum:trace.a.hits{service:checkout}.as_rate()');
    assert.equal(signalQuery('latency', 'express.request', 'checkout', 'prod'), 'p95:trace.express.request{env:prod,service:checkout}');
  });
});
