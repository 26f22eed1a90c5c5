import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HttpError } from '../../../../src/sandbox/http';
import { evaluateMetric, metricScope } from '../../../../src/sandbox/query/metricEvaluate';
import { parseMetricQuery } from '../../../../src/sandbox/query/metricParser';
import { reduce } from '../../../../src/sandbox/query/metricTerm';
import type { TelemetryStore } from '../../../../src/sandbox/store/store';
import { minutes, pointsOf, storeOf } from '../../../fakes/metricSources';

const query = (store: TelemetryStore, text: string, toSec = 600) => {
  const expression = parseMetricQuery(text);
  return evaluateMetric(expression, metricScope([expression], store, { fromMs: 0, toMs: toSec * 1000 }));
};
const values = (store: TelemetryStore, text: string, toSec = 600) => query(store, text, toSec).map((series) => series.values);

describe('a metric term', () => {
  const hosts = storeOf(
    { tags: ['host:a', 'env:prod'], unit: 'percent', points: minutes(0, 1, 2, 3, 4) },
    { tags: ['host:b', 'env:prod'], unit: 'percent', points: minutes(0, 10, 20, 30, 40) },
    { tags: ['host:c', 'env:test'], unit: 'percent', points: minutes(0, 100, 100, 100, 100) },
  );

  it('aggregates the sources that pass the filter', () => {
    assert.deepEqual(values(hosts, 'sum:m{env:prod}'), [[11, 22, 33, 44]]);
    assert.deepEqual(values(hosts, 'avg:m{env:prod}'), [[5.5, 11, 16.5, 22]]);
    assert.deepEqual(values(hosts, 'max:m{*}'), [[100, 100, 100, 100]]);
    assert.deepEqual(values(hosts, 'min:m{!env:test}'), [[1, 2, 3, 4]]);
    assert.deepEqual(values(hosts, 'avg:m{env:none}'), []);
  });

  it('describes each group by its tags', () => {
    const [first, second] = query(hosts, 'avg:m{env:prod} by {host}');
    assert.deepEqual([first?.tags, second?.tags], [['host:a'], ['host:b']]);
    assert.equal(first?.scope, 'host:a');
    assert.equal(first?.expression, 'avg:m{host:a,env:prod}');
    assert.equal(first?.unit, 'percent');
    assert.equal(query(hosts, 'avg:m{env:prod}')[0]?.scope, 'env:prod');
  });

  it('keeps sources that lack the grouping tag together as N/A', () => {
    assert.deepEqual(
      query(hosts, 'avg:m{*} by {zone}').map(({ tags }) => tags),
      [['zone:N/A']],
    );
  });

  it('averages gauges and sums counts over time unless .rollup() says otherwise', () => {
    const gauge = storeOf({ points: minutes(0, 1, 2, 3, 6) });
    const count = storeOf({ type: 'count', points: minutes(0, 1, 2, 3, 6) });
    assert.deepEqual(values(gauge, 'avg:m{*}.rollup(120)'), [[1.5, 4.5]]);
    assert.deepEqual(values(gauge, 'avg:m{*}.rollup(max, 120)'), [[2, 6]]);
    assert.deepEqual(values(gauge, 'avg:m{*}.rollup(count, 120)'), [[2, 2]]);
    assert.deepEqual(values(count, 'sum:m{*}.rollup(120)'), [[3, 9]]);
    assert.deepEqual(values(count, 'sum:m{*}.rollup(avg, 120)'), [[1.5, 4.5]]);
  });

  it('turns counts into rates per second, and rates into counts', () => {
    const count = storeOf({ type: 'count', points: minutes(0, 60, 120) });
    const rate = storeOf({ type: 'rate', intervalSec: 60, points: minutes(0, 2, 4) });
    assert.deepEqual(values(count, 'sum:m{*}.as_rate()'), [[1, 2]]);
    assert.deepEqual(values(count, 'sum:m{*}.as_count()'), [[60, 120]]);
    assert.deepEqual(values(rate, 'sum:m{*}'), [[2, 4]]);
    assert.deepEqual(values(rate, 'sum:m{*}.as_count()'), [[120, 240]]);
    assert.deepEqual(values(rate, 'sum:m{*}.as_rate().rollup(120)'), [[3]]);
  });

  it('gives rates whose total over time is the count', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 10 }),
        fc.constantFrom(60, 120, 300),
        (counts, intervalSec) => {
          const store = storeOf({ type: 'count', points: minutes(0, ...counts) });
          const rates = values(store, `sum:m{*}.as_rate().rollup(${intervalSec})`)[0] ?? [];
          const total = rates.reduce<number>((sum, rate) => sum + (rate ?? 0) * intervalSec, 0);
          assert.ok(Math.abs(total - counts.reduce((a, b) => a + b, 0)) < 1e-6);
        },
      ),
    );
  });

  it('leaves out intervals in which nothing was reported', () => {
    const gappy = storeOf({ points: minutes(0, 1, null, 3) });
    assert.deepEqual(pointsOf(query(gappy, 'avg:m{*}')[0]), [
      [0, 1],
      [120, 3],
    ]);
  });

  it('takes averages and percentiles of distributions over all values, whatever their tags', () => {
    const store = storeOf(
      { type: 'distribution', tags: ['host:a'], points: [...Array.from({ length: 90 }, (_, at) => [at % 10, 1] as const)] },
      { type: 'distribution', tags: ['host:b'], points: [...Array.from({ length: 10 }, (_, at) => [at, 100] as const)] },
    );
    const one = (text: string) => values(store, text, 60)[0]?.[0] ?? Number.NaN;
    assert.equal(one('avg:m{*}.rollup(60)'), 10.9);
    assert.equal(one('count:m{*}.rollup(60)'), 100);
    assert.equal(one('sum:m{*}.rollup(60)'), 1090);
    assert.equal(one('sum:m{*}.as_rate().rollup(60)'), 1090 / 60);
    assert.equal(one('max:m{*}.rollup(60)'), 100);
    assert.ok(Math.abs(one('p50:m{*}.rollup(60)') - 1) < 0.02);
    assert.ok(Math.abs(one('p95:m{*}.rollup(60)') - 100) < 2);
  });

  it('refuses what a distribution cannot answer rightly', () => {
    const store = storeOf({ type: 'distribution', points: minutes(0, 1) });
    const refused = (error: unknown) => error instanceof HttpError && error.status === 400 && /distribution/.test(error.message);
    assert.throws(() => query(store, 'p95:m{*}.rollup(max, 60)'), refused);
    assert.throws(() => query(store, 'avg:m{*}.as_count()'), refused);
  });

  it('refuses percentiles of gauges, which would be an empty answer', () => {
    assert.throws(
      () => query(hosts, 'p95:m{*}'),
      (error: unknown) => error instanceof HttpError && /no distribution/.test(error.message),
    );
    assert.deepEqual(query(hosts, 'p95:unknown{*}'), []);
  });

  it('does not mix an average with a percentile that was recorded of the same thing', () => {
    const store = storeOf(
      { tags: ['service:a', 'statistic:average'], points: minutes(0, 1, 1) },
      { tags: ['service:a', 'statistic:p99'], points: minutes(0, 9, 9) },
    );
    assert.deepEqual(values(store, 'avg:m{service:a}'), [[1, 1]]);
    assert.deepEqual(values(store, 'p99:m{service:a}'), [[9, 9]]);
    assert.deepEqual(values(store, 'avg:m{service:a,statistic:p99}'), [[9, 9]]);
    assert.equal(query(store, 'avg:m{*} by {statistic}').length, 2);
  });
});

describe('reduce', () => {
  it('adds up counts and averages what is left', () => {
    assert.equal(reduce([1, 2], 'count'), 3);
    assert.equal(reduce([1, 2], 'p95'), 1.5);
    assert.equal(reduce([3, -1], 'min'), -1);
  });
});
