import assert from 'node:assert/strict';
import { HttpError } from '../../../../src/sandbox/http';
import { invalidQuery, isBeyond, parseMonitorQuery } from '../../../../src/sandbox/monitors/monitorQuery';
import { parseMetricQuery } from '../../../../src/sandbox/query/metricParser';
import { parseSearch } from '../../../../src/sandbox/query/searchParser';

function assertRefused(type: string, query: string, reason: RegExp): void {
  assert.throws(
    () => parseMonitorQuery(type, query),
    (error: unknown) => error instanceof HttpError && error.status === 400 && reason.test(error.message),
    query,
  );
}

describe('parseMonitorQuery', () => {
  it('reads metric monitors', () => {
    assert.deepEqual(parseMonitorQuery('metric alert', 'avg(last_5m):avg:m{a:b} by {host} > 0.5'), {
      kind: 'metric',
      aggregator: 'avg',
      windowMs: 300_000,
      expression: parseMetricQuery('avg:m{a:b} by {host}'),
      comparator: '>',
      threshold: 0.5,
    });
    assert.deepEqual(parseMonitorQuery('query alert', 'sum(last_1h):sum:e{*}.as_count() / sum:h{*}.as_count() <= -2'), {
      kind: 'metric',
      aggregator: 'sum',
      windowMs: 3_600_000,
      expression: parseMetricQuery('sum:e{*}.as_count() / sum:h{*}.as_count()'),
      comparator: '<=',
      threshold: -2,
    });
  });

  it('reads log and trace monitors with quotes in their search', () => {
    assert.deepEqual(
      parseMonitorQuery(
        'log alert',
        'logs("service:foo AND \\"a b\\"").index("main").rollup("count").by("source,@http.url").last("5m") > 2',
      ),
      {
        kind: 'events',
        source: 'logs',
        search: parseSearch('service:foo AND "a b"'),
        rollup: 'count',
        measure: null,
        by: ['source', '@http.url'],
        windowMs: 300_000,
        comparator: '>',
        threshold: 2,
      },
    );
    assert.deepEqual(
      parseMonitorQuery('trace-analytics alert', 'trace-analytics("service:a").rollup("pc95", "@duration").last("1h") >= 5'),
      {
        kind: 'events',
        source: 'spans',
        search: parseSearch('service:a'),
        rollup: 'pc95',
        measure: '@duration',
        by: [],
        windowMs: 3_600_000,
        comparator: '>=',
        threshold: 5,
      },
    );
  });

  it('leaves the forms and types that it does not evaluate', () => {
    for (const query of [
      "avg(last_5m):anomalies(avg:m{*}, 'basic', 2) >= 1",
      'avg(current_1mo):avg:m{*} > 0.5',
      'change(avg(last_5m),last_1h):avg:m{*} > 5',
      'formula("a").last("5m") > 1',
    ])
      assert.equal(parseMonitorQuery('query alert', query), null, query);
    assert.equal(parseMonitorQuery('event-v2 alert', 'events("*").rollup("count").last("5m") > 0'), null);
    assert.equal(parseMonitorQuery('log alert', 'formula("query1").last("5m") > 1'), null);
  });

  it('says what is wrong in the words of Datadog', () => {
    assertRefused('log alert', 'query', /^The value provided for parameter 'query' is invalid: invalid operator specified: $/);
    assertRefused('metric alert', 'avg:m{*}', /invalid operator/);
    assertRefused('metric alert', 'avg:m{*} > 5', /avg\|sum\|min\|max\|last\(last_/);
    assertRefused('metric alert', 'avg(last_5m):avg:m{* > 5', /brace/);
    assertRefused('log alert', 'logs("a").rollup("count") > 2', /last/);
    assertRefused('log alert', 'logs("a").rollup("avg").last("5m") > 2', /measure/);
    assertRefused('log alert', 'logs("(a").rollup("count").last("5m") > 2', /parenthesis/);
    assertRefused('log alert', 'logs("a").rollup("count").top("5").last("5m") > 2', /\.top\(\)/);
    assertRefused('log alert', 'trace-analytics("a").rollup("count").last("5m") > 2', /does not belong/);
    assertRefused('log alert', 'all logs > 2', /expected logs/);
  });
});

describe('isBeyond', () => {
  it('includes the threshold where the comparator does', () => {
    assert.deepEqual(
      (['>', '>=', '<', '<='] as const).map((comparator) => isBeyond(5, comparator, 5)),
      [false, true, false, true],
    );
    assert.deepEqual(
      (['>', '>=', '<', '<='] as const).map((comparator) => isBeyond(6, comparator, 5)),
      [true, true, false, false],
    );
  });
});

describe('invalidQuery', () => {
  it('is a 400', () => assert.equal(invalidQuery('x').status, 400));
});
