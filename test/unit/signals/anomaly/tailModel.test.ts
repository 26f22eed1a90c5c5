import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lowerBound, TailModel } from '../../../../src/signals/anomaly/tailModel';
import { seededRandom } from '../../../fakes/seededSeries';

const fed = (values: readonly number[]) => {
  const model = new TailModel();
  for (const value of values) model.push(value);
  return model;
};
/** Exponential values: the chance of more than x is exp(-x). */
const exponential = (count: number, seed = 1) => {
  const { next } = seededRandom(seed);
  return Array.from({ length: count }, () => -Math.log(1 - next()));
};

describe('TailModel', () => {
  it('tells the decades of a known distribution', () => {
    const model = fed(exponential(8000));
    for (const decades of [2, 3, 4]) assert.ok(Math.abs(model.decades(decades * Math.LN10) - decades) < 0.6, `${decades}`);
  });

  it('stays carefully below where few values are known', () => {
    assert.ok(fed(exponential(100)).decades(6 * Math.LN10) < fed(exponential(8000)).decades(6 * Math.LN10));
  });

  it('does not call rare what has been as large before', () => {
    const model = fed([...exponential(1000), ...new Array<number>(20).fill(50)]);
    assert.ok(model.decades(50) < 2.5);
    assert.ok(model.decades(80) > model.decades(50));
  });

  it('grows with the value and ends at 12', () => {
    const model = fed(exponential(1000));
    const decades = [0.1, 1, 3, 6, 12, 100, 1e9, 1e300].map((value) => model.decades(value));
    assert.deepEqual(
      decades,
      [...decades].sort((a, b) => a - b),
    );
    assert.equal(decades.at(-1), 12);
  });

  it('says nothing before 50 values, and nothing of zero', () => {
    assert.equal(fed(exponential(49)).decades(1e6), 0);
    assert.ok(fed(exponential(50)).decades(1e6) > 0);
    assert.equal(fed(exponential(500)).decades(0), 0);
  });

  it('forgets what was long ago', () => {
    const model = fed([...new Array<number>(100).fill(1000), ...exponential(20_000)]);
    assert.ok(model.decades(900) > 5);
  });

  it('calls the first value that is not zero rare', () => {
    const constant = fed(new Array<number>(1000).fill(0));
    assert.equal(constant.decades(1), 12);
    assert.ok(constant.decades(1, 1) < 4, 'a step of one grain');
  });

  it('gives decades of 0..12 whatever it saw', () => {
    const number = fc.oneof(fc.double({ noNaN: true, min: 0 }), fc.constantFrom(0, 5e-324, 1e308));
    fc.assert(
      fc.property(fc.array(number, { minLength: 50, maxLength: 300 }), number, (values, value) => {
        const decades = fed(values).decades(value);
        assert.ok(decades >= 0 && decades <= 12, `${decades}`);
      }),
    );
  });
});

describe('lowerBound', () => {
  it('is the first place that is not below', () => {
    const values = Float64Array.of(1, 2, 2, 3, 99);
    assert.deepEqual(
      [0, 1, 2, 2.5, 3, 4].map((value) => lowerBound(values, 4, value)),
      [0, 0, 1, 3, 3, 4],
    );
  });
});
