import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SKETCH_ACCURACY, Sketch } from '../../../../src/sandbox/store/sketch';

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

function exactQuantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
}

const someValues = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 });

function assertClose(actual: number | null, expected: number): void {
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= Math.abs(expected) * SKETCH_ACCURACY + 2e-9,
    `${actual} is not near ${expected}`,
  );
}

describe('the quantile sketch', () => {
  it('knows nothing about nothing', () => {
    assert.equal(new Sketch().quantile(0.5), null);
  });

  it('keeps count, sum and extremes exactly', () => {
    const sketch = sketchOf([3, -1, 0, 10]);
    assert.deepEqual([sketch.count, sketch.sum, sketch.min, sketch.max], [4, 12, -1, 10]);
  });

  it('answers a lone value exactly', () => {
    assert.equal(sketchOf([0.123]).quantile(0.99), 0.123);
  });

  it('is within one per cent of the exact quantile, whatever the values', () => {
    fc.assert(
      fc.property(someValues, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        assertClose(sketchOf(values).quantile(q), exactQuantile(values, q));
      }),
    );
  });

  it('answers the same whether values were merged or added one by one', () => {
    fc.assert(
      fc.property(someValues, someValues, (some, others) => {
        const merged = sketchOf(some);
        merged.merge(sketchOf(others));
        const whole = sketchOf([...some, ...others]);
        assert.equal(merged.count, whole.count);
        for (const q of [0, 0.5, 0.95, 1]) assert.equal(merged.quantile(q), whole.quantile(q));
      }),
    );
  });
});
