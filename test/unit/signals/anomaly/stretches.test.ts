import assert from 'node:assert/strict';
import type { AnomalyVerdict } from '../../../../src/domain/anomaly';
import { SeriesSketch } from '../../../../src/signals/anomaly/seriesSketch';
import { StretchCollector } from '../../../../src/signals/anomaly/stretches';

const verdict = (score: number): AnomalyVerdict => ({ score, reason: `because of ${score}`, direction: 'above', expected: 1 });
const gathered = (rows: readonly (readonly [sec: number, value: number | null, score: number])[], threshold = 0.7) => {
  const collector = new StretchCollector(threshold);
  for (const [sec, value, score] of rows) collector.add(sec, value, verdict(score));
  return collector.found;
};

describe('StretchCollector', () => {
  it('joins what is close and describes it at its peak', () => {
    const [one, two, ...others] = gathered([
      [0, 5, 0.8],
      [60, 6, 0.1],
      [120, 9, 0.9],
      ...Array.from({ length: 12 }, (_, at) => [180 + 60 * at, 1, 0] as const),
      [2000, 7, 0.7],
    ]);
    assert.equal(others.length, 0);
    assert.deepEqual(one, {
      fromSec: 0,
      toSec: 120,
      peakSec: 120,
      score: 0.9,
      direction: 'above',
      value: 9,
      expected: 1,
      reason: 'because of 0.9',
    });
    assert.deepEqual([two?.fromSec, two?.toSec], [2000, 2000]);
  });

  it('leaves out what is below the threshold, has no value or no time', () => {
    assert.deepEqual(
      gathered([
        [0, 1, 0.69],
        [60, null, 0.9],
        [Number.NaN, 3, 0.9],
      ]),
      [],
    );
  });

  it('keeps ten thousand at most', () => {
    const rows = Array.from({ length: 13 * 10_050 }, (_, at) => [at, 1, at % 13 === 0 ? 0.9 : 0] as const);
    assert.equal(gathered(rows).length, 10_000);
  });
});

describe('SeriesSketch', () => {
  const sketched = (count: number) => {
    const sketch = new SeriesSketch();
    for (let at = 0; at < count; at++) sketch.add(at, at, at === count - 1);
    return sketch;
  };

  it('keeps the range of each part, whatever the length', () => {
    for (const count of [10, 1000, 5000, 100_000]) {
      const parts = sketched(count).parts(10);
      assert.equal(parts.length, 10);
      assert.equal(parts[0]?.low, 0);
      assert.equal(parts[9]?.high, count - 1);
      assert.deepEqual(
        parts.map(({ isMarked }) => isMarked),
        [...new Array<boolean>(9).fill(false), true],
      );
    }
  });

  it('has an empty range where no value is, and knows from when to when', () => {
    const sketch = new SeriesSketch();
    sketch.add(5, null, false);
    sketch.add(9, null, false);
    assert.deepEqual([sketch.fromSec, sketch.toSec], [5, 9]);
    assert.ok(sketch.parts(4).every(({ low, high }) => low > high));
    assert.deepEqual(new SeriesSketch().parts(4), []);
  });
});
