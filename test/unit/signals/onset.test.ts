import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alertOnset, findOnset, firstBreach, worseningOf } from '../../../src/signals/onset';
import { series } from '../../fakes/spans';

const MINUTE_MS = 60_000;
const hour = { fromMs: 0, toMs: 60 * MINUTE_MS };
const noisy = (level: number, count: number) => Array.from({ length: count }, (_, index) => level + (index % 4));

describe('findOnset', () => {
  it('finds the minute at which a level changed', () => {
    const onset = findOnset(series([...noisy(100, 30), ...noisy(500, 20)]), hour);
    assert.equal(onset?.atMs, 30 * MINUTE_MS);
    assert.ok(onset.before < 105 && onset.after > 495);
  });

  it('finds drops as well as rises', () => {
    assert.equal(findOnset(series([...noisy(500, 30), ...noisy(100, 20)]), hour)?.atMs, 30 * MINUTE_MS);
  });

  it('is not misled by one spike', () => {
    const values = noisy(100, 50);
    values[10] = 5000;
    assert.equal(findOnset(series(values), hour), null);
  });

  it('finds nothing in noise, in too few points and in nothing', () => {
    assert.equal(findOnset(series(noisy(100, 50)), hour), null);
    assert.equal(findOnset(series([1, 100]), hour), null);
    assert.equal(findOnset(series([]), hour), null);
  });

  it('reads over gaps', () => {
    const values = [...noisy(100, 30), null, null, ...noisy(500, 20)];
    assert.equal(findOnset(series(values), hour)?.atMs, 32 * MINUTE_MS);
  });

  it('moves by no more than a sample when the window moves by a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 15, max: 40 }), fc.integer({ min: 0, max: 5 }), (at, shift) => {
        const values = [...noisy(100, at), ...noisy(400, 60 - at)];
        const onset = findOnset(series(values), { fromMs: shift * MINUTE_MS, toMs: hour.toMs });
        assert.ok(onset && Math.abs(onset.atMs - at * MINUTE_MS) <= MINUTE_MS);
      }),
    );
  });
});

describe('worseningOf', () => {
  it('does not take the end of an earlier incident for the beginning of this one', () => {
    const values = [...noisy(500, 12), ...noisy(100, 20), ...noisy(500, 8)];
    assert.equal(worseningOf(series(values, { metric: 'shop.latency' }), hour)?.atMs, 32 * MINUTE_MS);
    assert.equal(worseningOf(series([...noisy(500, 20), ...noisy(100, 20)], { metric: 'shop.latency' }), hour), null);
  });

  it('takes a drop of what should be high for the worse, and either way where none is', () => {
    const drop = [...noisy(500, 20), ...noisy(100, 20)];
    assert.equal(worseningOf(series(drop, { metric: 'disk.free_space', unit: 'byte' }), hour)?.atMs, 20 * MINUTE_MS);
    assert.equal(worseningOf(series(drop, { metric: 'shop.requests', unit: 'request' }), hour)?.atMs, 20 * MINUTE_MS);
  });

  it('measures a step of availability by the requests that fail', () => {
    const values = [...Array<number>(20).fill(100), 98, 97, 98, 97];
    assert.equal(worseningOf(series(values, { metric: 'availability', unit: 'percent' }), hour)?.atMs, 20 * MINUTE_MS);
    assert.equal(worseningOf(series(values, { metric: 'memory.free', unit: 'byte' }), hour), null);
  });
});

describe('firstBreach', () => {
  it('wants two samples in a row beyond the threshold', () => {
    const values = [1, 9, 1, 1, 9, 9, 1];
    assert.equal(firstBreach(series(values), 5, true, 0), 4 * MINUTE_MS);
  });

  it('counts a breach by the very last sample', () => {
    assert.equal(firstBreach(series([1, 1, 9]), 5, true, 0), 2 * MINUTE_MS);
  });

  it('looks below for thresholds from below, and not before the start', () => {
    assert.equal(firstBreach(series([1, 1, 9, 9, 1, 1]), 5, false, 2 * MINUTE_MS), 4 * MINUTE_MS);
    assert.equal(firstBreach(series([9, 9]), 5, false, 0), null);
  });
});

describe('alertOnset', () => {
  const limit = { threshold: 300, isAboveBad: true };

  it('is the step where the limit was crossed with it, or where there is no limit', () => {
    const stepped = series([...noisy(100, 30), ...noisy(500, 20)]);
    assert.equal(alertOnset(stepped, hour, limit), 30 * MINUTE_MS);
    assert.equal(alertOnset(stepped, hour, null), 30 * MINUTE_MS);
  });

  it('is the crossing when a small step long before it stayed within the limit', () => {
    const values = [...noisy(100, 20), ...noisy(125, 28), 500];
    assert.equal(findOnset(series(values), hour)?.atMs, 20 * MINUTE_MS);
    assert.equal(alertOnset(series(values), hour, limit), 48 * MINUTE_MS);
  });

  it('is the step where the metric crept up to the limit', () => {
    const ramp = Array.from({ length: 25 }, (_, index) => 130 + index * 12);
    const onset = alertOnset(series([...noisy(100, 25), ...ramp]), hour, limit);
    assert.ok(onset !== null && onset < 40 * MINUTE_MS, `${onset}`);
  });

  it('is the crossing when nothing stands out before it, also downwards', () => {
    assert.equal(alertOnset(series([...noisy(100, 40), 500]), hour, limit), 40 * MINUTE_MS);
    assert.equal(alertOnset(series([...noisy(500, 40), 100]), hour, { threshold: 200, isAboveBad: false }), 40 * MINUTE_MS);
  });

  it('is nothing when nothing changed', () => {
    assert.equal(alertOnset(series(noisy(100, 40)), hour, limit), null);
  });
});
