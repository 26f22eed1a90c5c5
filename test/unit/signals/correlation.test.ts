import assert from 'node:assert/strict';
import fc from 'fast-check';
import { correlate, correlateWith, pearson } from '../../../src/signals/correlation';
import { series } from '../../fakes/spans';

const all = { fromMs: 0, toMs: 1e12 };

describe('correlate', () => {
  it('is one for series that move together and minus one for opposites', () => {
    const a = series([1, 2, 3, 4, 5]);
    assert.ok(Math.abs(correlate(a, series([10, 20, 30, 40, 50]), all).r - 1) < 1e-9);
    assert.ok(Math.abs(correlate(a, series([5, 4, 3, 2, 1]), all).r + 1) < 1e-9);
  });

  it('matches points that are reported at different seconds of a minute', () => {
    const late = series([10, 20, 30, 40], { startSec: 37 });
    const { r, count } = correlate(series([1, 2, 3, 4]), late, all);
    assert.equal(count, 4);
    assert.ok(r > 0.999);
  });

  it('compares at the coarser interval', () => {
    const fine = series([1, 1, 2, 2, 3, 3, 4, 4], { intervalSec: 30 });
    assert.equal(correlate(fine, series([1, 2, 3, 4]), all).count, 4);
  });

  it('prepares the reference once for series of any interval', () => {
    const reference = series([1, 1, 2, 2, 3, 5, 4, 9], { intervalSec: 30 });
    const others = [series([1, 2, 3, 4]), series([9, 4, 1, 7, 2, 2, 2, 0], { intervalSec: 30 }), series([1, null, 3, 9])];
    assert.deepEqual(
      others.map(correlateWith(reference, all)),
      others.map((other) => correlate(reference, other, all)),
    );
  });

  it('averages what falls into one interval', () => {
    const twice = series([0, 2, 2, 4, 9, 1], { intervalSec: 30 });
    assert.equal(correlate(twice, series([1, 3, 5]), all).r, correlate(series([1, 3, 5]), series([1, 3, 5]), all).r);
  });

  it('uses only moments that both cover', () => {
    const { count } = correlate(series([1, null, 3, 4]), series([1, 2, null, 4]), all);
    assert.equal(count, 2);
  });
});

describe('pearson', () => {
  it('is zero without variance or with too few pairs', () => {
    assert.equal(pearson([1, 1, 1, 1], [1, 2, 3, 4]), 0);
    assert.equal(pearson([1, 2], [1, 2]), 0);
  });

  it('stays between minus one and one and does not care for the scale', () => {
    // Thousandths: the square of a number near the smallest that there is would be zero.
    const value = fc.integer({ min: -1e7, max: 1e7 }).map((thousandths) => thousandths / 1000);
    const list = fc.array(value, { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(list, list, (xs, ys) => {
        const r = pearson(xs, ys);
        assert.ok(r >= -1 && r <= 1);
        const scaled = pearson(
          xs.map((x) => 8 * x),
          ys,
        );
        assert.ok(Math.abs(r - scaled) < 1e-6);
      }),
    );
  });
});
