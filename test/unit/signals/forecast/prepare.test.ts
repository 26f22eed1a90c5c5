import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Point } from '../../../../src/domain/timeSeries';
import { prepareSeries } from '../../../../src/signals/forecast/prepare';
import { CONTEXT, JUDGED_STEPS } from '../../../../src/signals/forecast/window';

const everyMinute = (values: readonly (number | null)[]) => values.map((value, index): Point => [index * 60, value]);
const valuesOf = (values: readonly (number | null)[]) => prepareSeries(everyMinute(values), 60).values;

describe('prepareSeries', () => {
  it('bridges a short gap with a straight line and starts at the first known value', () => {
    assert.deepEqual(valuesOf([null, 5, null, null, 8]), [5, 6, 7, 8]);
    assert.deepEqual(valuesOf([null, null]), []);
    assert.deepEqual(valuesOf([]), []);
  });

  it('lets the value before hold in a long gap and after the last one', () => {
    assert.deepEqual(valuesOf([1, 1, 1, null, null, null, null, 6]), [1, 1, 1, 1, 1, 1, 1, 6]);
    assert.deepEqual(valuesOf([1, 2, null, null]), [1, 2, 2, 2]);
  });

  it('tells what was observed and what was filled in', () => {
    assert.deepEqual(prepareSeries(everyMinute([1, null, 3]), 60).isObserved, [true, false, true]);
  });

  it('takes NaN and infinities for missing', () => {
    assert.deepEqual(valuesOf([1, Number.NaN, 3, Number.POSITIVE_INFINITY, 5]), [1, 2, 3, 4, 5]);
  });

  it('keeps the latest points of a context and those that are judged', () => {
    const { values, endSec } = prepareSeries(everyMinute(Array.from({ length: 900 }, (_, index) => index)), 60);
    assert.equal(values.length, CONTEXT + JUDGED_STEPS);
    assert.equal(values.at(-1), 899);
    assert.equal(endSec, 899 * 60);
  });

  it('puts irregular points on the grid: the mean of each step', () => {
    const points: Point[] = [
      [0, 1],
      [58, 2],
      [63, 4],
      [119, 5],
      [180, 7],
    ];
    assert.deepEqual(prepareSeries(points, 60).values, [1, 3, 5, 7]);
  });

  it('puts points of a clock that jumped back in order, and doubles together', () => {
    const points: Point[] = [
      [120, 3],
      [0, 1],
      [60, 2],
      [60, 4],
    ];
    assert.deepEqual(prepareSeries(points, 60).values, [1, 3, 3]);
  });

  it('leaves out stray points of a clock that jumped ahead', () => {
    const { values, endSec } = prepareSeries([...everyMinute([1, 2, 3, 4]), [4e9, 9]], 60);
    assert.deepEqual(values, [1, 2, 3, 4]);
    assert.equal(endSec, 180);
  });

  it('bridges the gaps of a rollup wider than the interval', () => {
    const rolledUp = Array.from({ length: 6 }, (_, index): Point => [index * 300, index * 5]);
    assert.deepEqual(prepareSeries(rolledUp, 60).values.slice(0, 7), [0, 1, 2, 3, 4, 5, 6]);
  });

  it('takes the usual spacing where the interval is not known or out of all proportion', () => {
    const hourly = Array.from({ length: 6 }, (_, index): Point => [index * 3600, index]);
    assert.equal(prepareSeries(hourly, 60).stepSec, 3600);
    assert.equal(prepareSeries(hourly, Number.NaN).stepSec, 3600);
    assert.equal(prepareSeries([[0, 1]], 0).stepSec, 60);
  });

  it('takes one point and ten million', () => {
    assert.deepEqual(prepareSeries([[7, 4]], 60).values, [4]);
    const many = new Array<Point>(10_000_000).fill([0, 1]);
    many[many.length - 1] = [60, 2];
    assert.deepEqual(prepareSeries(many, 60).values, [1, 2]);
  });

  it('gives finite values of bounded number from any points', () => {
    const at = fc.oneof(fc.double(), fc.integer({ min: 0, max: 40_000 }));
    const point = fc.tuple(at, fc.oneof(fc.constant(null), fc.double()));
    fc.assert(
      fc.property(fc.array(point), fc.oneof(fc.double(), fc.constant(60)), (points, intervalSec) => {
        const { values, isObserved, stepSec } = prepareSeries(points, intervalSec);
        assert.ok(values.every(Number.isFinite) && values.length <= CONTEXT + JUDGED_STEPS);
        assert.equal(isObserved.length, values.length);
        assert.ok(stepSec > 0 && Number.isFinite(stepSec));
      }),
    );
  });
});
