import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clamp, mean, median, quantile, quantiles, robustDeviation } from '../../../src/signals/statistics';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('statistics', () => {
  it('interpolates quantiles between the neighbours', () => {
    assert.equal(quantile([1, 2, 3, 4], 0.5), 2.5);
    assert.equal(quantile([10, 20], 0.25), 12.5);
    assert.equal(median([3, 1, 2]), 2);
  });

  it('gives zero for no values and leaves out what is not finite', () => {
    assert.equal(median([]), 0);
    assert.equal(mean([]), 0);
    assert.equal(median([1, Number.NaN, 3, Number.POSITIVE_INFINITY]), 2);
  });

  it('keeps quantiles in order and inside the values', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (list, a, b) => {
        const [low, high] = [quantile(list, Math.min(a, b)), quantile(list, Math.max(a, b))];
        assert.ok(low <= high + 1e-9);
        assert.ok(low >= Math.min(...list) - 1e-9 && high <= Math.max(...list) + 1e-9);
      }),
    );
  });

  it('sorts few and many values alike, and several quantiles at once as each by itself', () => {
    const many = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 3000, size: 'max' });
    fc.assert(
      fc.property(fc.oneof(values, many), (list) => {
        const sorted = [...list].sort((a, b) => a - b);
        const shares = [0, 1, 0.5] as const;
        assert.deepEqual(quantiles(list, shares).slice(0, 2).map(Number), [sorted[0] ?? 0, sorted.at(-1) ?? 0].map(Number));
        assert.deepEqual(
          quantiles(list, shares),
          shares.map((share) => quantile(list, share)),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('leaves the values as they were', () => {
    const list = [3, 1, 2];
    median(list);
    assert.deepEqual(list, [3, 1, 2]);
  });

  it('is not moved by a single outlier when it measures spread', () => {
    assert.equal(robustDeviation([5, 5, 5, 5, 1000]), 0);
    assert.ok(Math.abs(robustDeviation([1, 2, 3, 4, 5]) - 1.4826) < 1e-9);
  });

  it('clamps', () => {
    assert.deepEqual([clamp(-1, 0, 1), clamp(0.5, 0, 1), clamp(2, 0, 1)], [0, 0.5, 1]);
  });
});
