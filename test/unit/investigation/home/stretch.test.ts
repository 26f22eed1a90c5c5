import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Point } from '../../../../src/domain/timeSeries';
import { farthestIn, stretchAround } from '../../../../src/investigation/home/stretch';

const series = (...values: (number | null)[]): Point[] => values.map((value, at) => [at * 60, value]);
const around = (points: Point[], at: number, usual: number) => stretchAround(points, { fromSec: at * 60, toSec: at * 60 }, usual);

describe('a stretch', () => {
  it('lasts as long as values stay away, though the detector alarms at the change only', () => {
    assert.deepEqual(around(series(1, 1, 1, 9, 10, 9, 8, 9, 1, 1, 1, 1, 1), 3, 1), { from: 3, to: 7 });
  });

  it('begins before a late alarm', () => {
    assert.deepEqual(around(series(1, 1, 6, 8, 9, 9, 1, 1, 1, 1), 4, 1), { from: 2, to: 5 });
  });

  it('goes on over a short recovery or a gap, and not over a long one', () => {
    assert.deepEqual(around(series(1, 9, 1, null, 9, 1, 1, 1, 9), 1, 1), { from: 1, to: 4 });
  });

  it('does not take the other side for the same trouble', () => {
    assert.deepEqual(around(series(10, 10, 20, 20, 0, 0), 2, 10), { from: 2, to: 3 });
  });

  it('is none where the alarm has no value or lies outside', () => {
    assert.equal(around(series(1, null, 1), 1, 1), null);
    assert.equal(around(series(1, 2), 9, 1), null);
    assert.equal(around([], 0, 1), null);
  });

  it('begins with the trouble itself, not with a forerunner that led to it', () => {
    assert.deepEqual(around(series(1, 1, 2, 2, 2, 2, 40, 41, 39, 1, 1, 1, 1), 2, 1), { from: 6, to: 8 });
  });

  it('stays inside of the series, for any values', () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 50 }), fc.nat(49), fc.integer({ min: -9, max: 9 }), (values, at, usual) => {
        const found = around(series(...values), at, usual);
        if (found === null) return;
        assert.ok(found.from >= 0 && found.from <= found.to && found.to < values.length);
      }),
    );
  });

  it('is farthest where it differs most, to either side', () => {
    assert.deepEqual(farthestIn(series(5, 9, -20, null), { from: 0, to: 3 }, 5), { sec: 120, value: -20 });
    assert.equal(farthestIn(series(null), { from: 0, to: 0 }, 5), null);
  });
});
