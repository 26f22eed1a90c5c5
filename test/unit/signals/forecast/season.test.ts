import assert from 'node:assert/strict';
import fc from 'fast-check';
import { detectPeriod, detectPeriods } from '../../../../src/signals/forecast/season';

const wave = (period: number, length: number, slope = 0) =>
  Array.from({ length }, (_, index) => 100 + 20 * Math.sin((2 * Math.PI * index) / period) + slope * index);

describe('detectPeriod', () => {
  it('finds the period of a wave, also on a slope', () => {
    assert.equal(detectPeriod(wave(48, 400)), 48);
    assert.ok(Math.abs((detectPeriod(wave(60, 400, 0.3)) ?? 0) - 60) <= 1);
  });

  it('finds none in a straight line, a constant or next to nothing', () => {
    assert.equal(detectPeriod(Array.from({ length: 200 }, (_, index) => index)), null);
    assert.equal(detectPeriod(new Array<number>(200).fill(7)), null);
    assert.equal(detectPeriod([1, 2, 1]), null);
  });

  it('does not depend on scale and level', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 80 }),
        fc.constantFrom(0.01, 5, 1e5),
        fc.constantFrom(-100, 0, 1e4),
        (period, factor, level) => {
          const values = wave(period, 320).map((value) => value * factor + level * factor);
          assert.equal(detectPeriod(values), detectPeriod(wave(period, 320)));
        },
      ),
    );
  });
});

describe('detectPeriods', () => {
  it('finds a day within a week', () => {
    const values = wave(24, 504).map((value, index) => value * (Math.floor(index / 24) % 7 < 5 ? 1 : 0.9));
    assert.deepEqual(new Set(detectPeriods(values)), new Set([24, 168]));
  });
});
