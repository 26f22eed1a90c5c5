import assert from 'node:assert/strict';
import { isPercentile, readSketch, rollupNumbers, rollupSketches, visibleSeconds } from '../../../../src/sandbox/store/rollup';
import { Sketch } from '../../../../src/sandbox/store/sketch';

const values = [
  [60, 4],
  [70, 8],
  [119, 3],
  [180, 1],
] as const;

function sketchOf(...numbers: number[]): Sketch {
  const sketch = new Sketch();
  for (const number of numbers) sketch.add(number);
  return sketch;
}

describe('rolling up', () => {
  it('aligns intervals to multiples since the epoch and leaves empty ones out', () => {
    assert.deepEqual(rollupNumbers(values, 60, 'sum'), [
      [60, 15],
      [180, 1],
    ]);
  });

  it('knows average, extremes and count', () => {
    const first = (method: 'avg' | 'min' | 'max' | 'count') => rollupNumbers(values, 60, method)[0]?.[1];
    assert.deepEqual([first('avg'), first('min'), first('max'), first('count')], [5, 3, 8, 3]);
  });

  it('gives nothing for nothing, and one interval for each stretch of negative values too', () => {
    assert.deepEqual(rollupNumbers([], 60, 'avg'), []);
    const below = [
      [-61, -4],
      [-60, -2],
      [-1, -6],
    ] as const;
    assert.deepEqual(rollupNumbers(below, 60, 'max'), [
      [-120, -4],
      [-60, -2],
    ]);
  });

  it('takes percentiles over all values of an interval, not over percentiles', () => {
    const rolled = rollupSketches(
      [
        [0, sketchOf(1, 1, 1, 1, 1, 1, 1, 1, 1)],
        [10, sketchOf(100)],
      ],
      60,
      'p50',
    );
    assert.deepEqual(rolled, [[0, 1]]);
  });

  it('leaves the sketches that it merged as they were', () => {
    const sketch = sketchOf(1);
    rollupSketches(
      [
        [0, sketch],
        [10, sketchOf(2)],
      ],
      60,
      'avg',
    );
    assert.equal(sketch.count, 1);
  });

  it('reads every aggregator off a sketch', () => {
    const sketch = sketchOf(1, 2, 3);
    assert.deepEqual(
      (['avg', 'sum', 'min', 'max', 'count'] as const).map((method) => readSketch(sketch, method)),
      [2, 6, 1, 3, 3],
    );
    assert.equal(isPercentile('p95'), true);
    assert.equal(isPercentile('max'), false);
  });

  it('sees nothing later than now', () => {
    assert.deepEqual(visibleSeconds({ fromMs: 1500, toMs: 90_000 }, 60_000), [2, 61]);
    assert.deepEqual(visibleSeconds({ fromMs: 0, toMs: 5000 }, 60_000), [0, 5]);
  });
});
