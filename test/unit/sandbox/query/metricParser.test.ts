import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HttpError } from '../../../../src/sandbox/http';
import type { MetricExpression, MetricTerm } from '../../../../src/sandbox/query/metricAst';
import { parseFormula, parseMetricQueries, parseMetricQuery } from '../../../../src/sandbox/query/metricParser';

const term = (overrides: Partial<MetricTerm> = {}): MetricTerm => ({
  kind: 'metric',
  aggregator: 'avg',
  metric: 'm',
  filter: { kind: 'all' },
  by: [],
  rollup: null,
  as: null,
  fill: null,
  ...overrides,
});

function assertRefused(query: string, reason: RegExp, parse: (text: string) => unknown = parseMetricQuery): void {
  assert.throws(
    () => parse(query),
    (error: unknown) => error instanceof HttpError && error.status === 400 && reason.test(error.message),
    query,
  );
}

describe('parseMetricQuery', () => {
  it('reads aggregator, metric, filter, groups and modifiers', () => {
    assert.deepEqual(
      parseMetricQuery('p95:trace.express.request{service:checkout} by {env, resource_name}.rollup(max, 60)'),
      term({
        aggregator: 'p95',
        metric: 'trace.express.request',
        by: ['env', 'resource_name'],
        rollup: { method: 'max', intervalSec: 60 },
        filter: { kind: 'tag', key: 'service', value: ['checkout'] },
      }),
    );
    assert.deepEqual(parseMetricQuery('sum:m{*}.as_count().fill(zero)'), term({ aggregator: 'sum', as: 'count', fill: 'zero' }));
    assert.deepEqual(
      parseMetricQuery('sum:m{*}.rollup(30).as_rate()'),
      term({ aggregator: 'sum', as: 'rate', rollup: { method: null, intervalSec: 30 } }),
    );
    assert.deepEqual(parseMetricQuery('avg:m{*}.rollup(sum)'), term({ rollup: { method: 'sum', intervalSec: null } }));
  });

  it('averages when no aggregator is named', () => {
    assert.deepEqual(parseMetricQuery('m{*}'), term());
  });

  it('binds products closer than sums, from left to right', () => {
    const number = (value: number): MetricExpression => ({ kind: 'number', value });
    assert.deepEqual(parseMetricQuery('1 - 2 * 3 - 4'), {
      kind: 'arithmetic',
      operator: '-',
      right: number(4),
      left: {
        kind: 'arithmetic',
        operator: '-',
        left: number(1),
        right: { kind: 'arithmetic', operator: '*', left: number(2), right: number(3) },
      },
    });
    assert.deepEqual(parseMetricQuery('-(1 + 2)'), {
      kind: 'negate',
      of: { kind: 'arithmetic', operator: '+', left: number(1), right: number(2) },
    });
  });

  it('reads functions, and shifts by name as shifts by seconds', () => {
    assert.deepEqual(parseMetricQuery('abs(avg:m{*})'), { kind: 'call', name: 'abs', of: term(), argument: null });
    assert.deepEqual(parseMetricQuery('timeshift(avg:m{*}, -3600)'), { kind: 'call', name: 'timeshift', of: term(), argument: -3600 });
    assert.deepEqual(parseMetricQuery('hour_before(avg:m{*})'), parseMetricQuery('timeshift(avg:m{*}, -3600)'));
  });

  it('says what it does not support', () => {
    assertRefused("anomalies(avg:m{*}, 'basic', 2)", /anomalies\(\) is not supported/);
    assertRefused('p99.9:m{*}', /aggregator 'p99\.9' is not supported/);
    assertRefused('median:m{*}', /aggregator 'median'/);
    assertRefused('avg:m{$host}', /template variables/);
    assertRefused('avg:m{*}.rollup(avg, 0)', /not supported/);
    assertRefused('avg:m{*}.rollup(median, 60)', /not supported/);
    assertRefused('avg:m{*}.rollup()', /not supported/);
    assertRefused('avg:m{*}.rollup(60).rollup(60)', /twice/);
    assertRefused('avg:m{*}.as_count().as_rate()', /only one/);
    assertRefused('avg:m{*}.fill(zero, 60)', /takes one of/);
    assertRefused('avg:m{*}.top(5)', /\.top\(\) is not supported/);
    assertRefused('(avg:m{*} + 1).rollup(60)', /single metric/);
    assertRefused('timeshift(avg:m{*}, soon)', /whole seconds/);
    assertRefused('avg:m', /filter in braces/);
    assertRefused('avg:m{a:b', /brace is not closed/);
    assertRefused('avg:m{*} by {}', /tag keys/);
    assertRefused('avg:m{*} avg:n{*}', /'avg:n\{\*\}'/);
    assertRefused('avg:m{*} +', /the query ends/);
    assertRefused('avg:m{*}, avg:n{*}', /several/);
    assertRefused('', /the query ends/);
    assertRefused('('.repeat(200), /nested/);
  });

  it('throws nothing but a 400, whatever the text', () => {
    const unit = fc.constantFrom(
      'avg:',
      'm',
      '{',
      '}',
      '*',
      'a:b',
      ',',
      ' by ',
      '.rollup',
      '(',
      ')',
      '60',
      '+',
      '-',
      '/',
      '"',
      '\\',
      '!',
      ' AND ',
      'NOT ',
      ' IN ',
      '$',
      'abs',
      '.',
      '😀',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (query) => {
        try {
          return parseMetricQueries(query).length > 0;
        } catch (error) {
          return error instanceof HttpError && error.status === 400;
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseMetricQueries', () => {
  it('reads several queries between commas that no brace holds', () => {
    assert.equal(parseMetricQueries('avg:m{a:b,c:d} by {e,f}, max:n{*}').length, 2);
  });
});

describe('parseFormula', () => {
  it('names queries', () => {
    assert.deepEqual(parseFormula('100 * errors / hits'), {
      kind: 'arithmetic',
      operator: '/',
      right: { kind: 'reference', name: 'hits' },
      left: { kind: 'arithmetic', operator: '*', left: { kind: 'number', value: 100 }, right: { kind: 'reference', name: 'errors' } },
    });
    assert.deepEqual(parseFormula('default_zero(a)'), {
      kind: 'call',
      name: 'default_zero',
      of: { kind: 'reference', name: 'a' },
      argument: null,
    });
  });

  it('is one expression', () => {
    assertRefused('a, b', /single expression/, parseFormula);
  });
});
