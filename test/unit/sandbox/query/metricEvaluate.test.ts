import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HttpError } from '../../../../src/sandbox/http';
import { evaluateMetric, metricScope } from '../../../../src/sandbox/query/metricEvaluate';
import { parseFormula, parseMetricQuery } from '../../../../src/sandbox/query/metricParser';
import type { TelemetryStore } from '../../../../src/sandbox/store/store';
import { minutes, pointsOf, storeOf } from '../../../fakes/metricSources';

const store = storeOf(
  { metric: 'hits', tags: ['host:a'], type: 'count', points: minutes(0, 10, 20, 0, 40) },
  { metric: 'hits', tags: ['host:b'], type: 'count', points: minutes(0, 1, 1, 1, 1) },
  { metric: 'errors', tags: ['host:a'], type: 'count', points: minutes(0, 1, 2, 0, 8) },
  { metric: 'gappy', unit: 'byte', points: minutes(0, 2, null, null, 8) },
);

const evaluate = (text: string, from: TelemetryStore = store, fromSec = 0, toSec = 240) => {
  const expression = parseMetricQuery(text);
  return evaluateMetric(expression, metricScope([expression], from, { fromMs: fromSec * 1000, toMs: toSec * 1000 }));
};
const values = (text: string) => evaluate(text).map((series) => series.values);

function assertRefused(text: string, reason: RegExp): void {
  assert.throws(
    () => evaluate(text),
    (error: unknown) => error instanceof HttpError && error.status === 400 && reason.test(error.message),
    text,
  );
}

describe('evaluateMetric', () => {
  it('computes with numbers on either side', () => {
    assert.deepEqual(values('10 * sum:errors{*}.as_count() + 1'), [[11, 21, 1, 81]]);
    assert.deepEqual(values('100 - sum:errors{*}.as_count()'), [[99, 98, 100, 92]]);
    assert.deepEqual(values('-sum:errors{*}.as_count()'), [[-1, -2, 0, -8]]);
  });

  it('draws a plain number over the window', () => {
    assert.deepEqual(
      evaluate('2 + 3').map((series) => [series.secs.length, pointsOf(series)[0], series.scope]),
      [[240, [0, 5], '*']],
    );
  });

  it('has no value where a divisor is zero', () => {
    assert.deepEqual(pointsOf(evaluate('sum:errors{*}.as_count() / sum:hits{host:a}.as_count()')[0]), [
      [0, 0.1],
      [60, 0.1],
      [180, 0.2],
    ]);
  });

  it('joins groups of equal tags and leaves the others out', () => {
    const series = evaluate('sum:errors{*} by {host}.as_count() / sum:hits{*} by {host}.as_count()');
    assert.deepEqual(
      series.map(({ tags }) => tags),
      [['host:a']],
    );
  });

  it('lets a series without groups meet each group', () => {
    const series = evaluate('sum:hits{*} by {host}.as_count() / sum:hits{*}.as_count()');
    assert.deepEqual(
      series.map(({ tags }) => tags),
      [['host:a'], ['host:b']],
    );
    const shares = series.map((one) => one.values[0] ?? 0);
    assert.ok(Math.abs((shares[0] ?? 0) + (shares[1] ?? 0) - 1) < 1e-9);
    assert.deepEqual(
      evaluate('sum:hits{*}.as_count() - sum:hits{*} by {host}.as_count()').map(({ tags }) => tags),
      [['host:a'], ['host:b']],
    );
  });

  it('refuses to compute across different intervals', () => {
    assertRefused('sum:hits{*}.rollup(60) / sum:errors{*}.rollup(120)', /intervals of 60 s and 120 s/);
  });

  it('keeps a unit only where it stays true', () => {
    assert.equal(evaluate('avg:gappy{*} + avg:gappy{*}')[0]?.unit, 'byte');
    assert.equal(evaluate('avg:gappy{*} / avg:gappy{*}')[0]?.unit, null);
    assert.equal(evaluate('avg:gappy{*} * 2')[0]?.unit, 'byte');
    assert.equal(evaluate('1 / avg:gappy{*}')[0]?.unit, null);
  });

  it('fills gaps as told', () => {
    assert.deepEqual(values('avg:gappy{*}'), [[2, 8]]);
    assert.deepEqual(values('avg:gappy{*}.fill(null)'), [[2, null, null, 8]]);
    assert.deepEqual(values('avg:gappy{*}.fill(zero)'), [[2, 0, 0, 8]]);
    assert.deepEqual(values('avg:gappy{*}.fill(last)'), [[2, 2, 2, 8]]);
    assert.deepEqual(values('avg:gappy{*}.fill(linear)'), [[2, 4, 6, 8]]);
    assert.deepEqual(values('default_zero(avg:gappy{*})'), [[2, 0, 0, 8]]);
  });

  it('answers zero for a metric that never reported, when told to', () => {
    assert.deepEqual(
      evaluate('default_zero(avg:nothing{*}.rollup(60))').map((series) => series.values.every((value) => value === 0)),
      [true],
    );
    assert.deepEqual(values('avg:nothing{*}'), []);
  });

  it('computes functions along time', () => {
    assert.deepEqual(values('diff(sum:hits{host:a}.as_count())'), [[10, -20, 40]]);
    assert.deepEqual(values('derivative(avg:gappy{*})'), [[6 / 180]]);
    assert.deepEqual(values('cumsum(sum:hits{host:a}.as_count())'), [[10, 30, 30, 70]]);
    assert.deepEqual(values('abs(diff(sum:hits{host:a}.as_count()))'), [[10, 20, 40]]);
    assert.deepEqual(values('log2(avg:gappy{*})'), [[1, 3]]);
    assert.deepEqual(values('log10(sum:errors{*}.as_count())'), [[0, Math.log10(2), Math.log10(8)]]);
  });

  it('draws the past as if it were now', () => {
    assert.deepEqual(pointsOf(evaluate('timeshift(sum:hits{host:a}.as_count(), -120)', store, 120, 240)[0]), [
      [120, 10],
      [180, 20],
    ]);
  });

  it('does not take a number where it needs a metric', () => {
    assertRefused('abs(5)', /needs a metric/);
    assert.deepEqual(values('default_zero(5)')[0]?.[0], 5);
  });

  it('adds and subtracts back to where it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: -50, max: 50 }),
        (numbers, add) => {
          const one = storeOf({ points: minutes(0, ...numbers) });
          assert.deepEqual(
            pointsOf(evaluate(`(avg:m{*} + ${Math.abs(add)}) - ${Math.abs(add)}`, one, 0, 600)[0]),
            pointsOf(evaluate('avg:m{*}', one, 0, 600)[0]),
          );
        },
      ),
    );
  });

  it('computes formulas over named answers', () => {
    const [a, b] = [evaluate('sum:errors{*}.as_count()'), evaluate('sum:hits{host:a}.as_count()')];
    const scope = {
      store,
      window: { fromMs: 0, toMs: 240_000 },
      intervalSec: 60,
      references: new Map([
        ['a', a],
        ['b', b],
      ]),
    };
    assert.deepEqual(pointsOf(evaluateMetric(parseFormula('100 * a / b'), scope)[0]), [
      [0, 10],
      [60, 10],
      [180, 20],
    ]);
    assert.throws(
      () => evaluateMetric(parseFormula('a / c'), scope),
      (error: unknown) => error instanceof HttpError && /no query has this name/.test(error.message),
    );
    assert.throws(
      () => evaluateMetric(parseFormula('hour_before(a)'), scope),
      (error: unknown) => error instanceof HttpError && /not into a formula/.test(error.message),
    );
  });

  it('shows series to the transform before it computes', () => {
    const expression = parseMetricQuery('sum:errors{*}.as_count() / sum:hits{host:a}.as_count()');
    const scope = metricScope([expression], store, { fromMs: 0, toMs: 240_000 });
    const total = evaluateMetric(expression, {
      ...scope,
      transform: (series) => ({ ...series, secs: [0], values: [series.values.reduce<number>((sum, value) => sum + (value ?? 0), 0)] }),
    });
    assert.deepEqual(pointsOf(total[0]), [[0, 11 / 70]]);
  });
});
