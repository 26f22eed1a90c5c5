import assert from 'node:assert/strict';
import fc from 'fast-check';
import { breachOf, summarize } from '../../../../src/signals/forecast/breach';

const band = { median: [1, 2, 3], p10: [0, 1, 2], p90: [2, 3, 4] };
const none = { breachInSec: null, breachEarliestInSec: null, breachLatestInSec: null };
const above = (threshold: number | null) => ({ threshold, isBelow: false });
const below = (threshold: number | null) => ({ threshold, isBelow: true });
const base = { band, hasValues: true, ...above(null), ...none, score: 0, isDrop: false, unit: 'percent', stepSec: 60 };

describe('breachOf', () => {
  it('counts the steps until the median and the edges of the band are beyond the threshold', () => {
    assert.deepEqual(breachOf(band, above(1.5), 1, 60), { breachInSec: 120, breachEarliestInSec: 60, breachLatestInSec: 180 });
    assert.deepEqual(breachOf(band, above(10), 1, 60), none);
  });

  it('may come early without being expected, and be expected without being certain', () => {
    assert.deepEqual(breachOf(band, above(3.5), 1, 60), { ...none, breachEarliestInSec: 180 });
    assert.deepEqual(breachOf(band, above(2.5), 1, 60), { ...none, breachInSec: 180, breachEarliestInSec: 120 });
  });

  it('takes the lower edge first where the monitor alerts below the threshold', () => {
    const falling = { median: [5, 4, 3], p10: [4, 3, 2], p90: [6, 5, 4] };
    assert.deepEqual(breachOf(falling, below(4.5), 6, 60), { breachInSec: 120, breachEarliestInSec: 60, breachLatestInSec: 180 });
  });

  it('is zero when it is beyond now, and null without a threshold or a value', () => {
    assert.deepEqual(breachOf(band, above(5), 6, 60), { breachInSec: 0, breachEarliestInSec: 0, breachLatestInSec: 0 });
    assert.deepEqual(breachOf(band, below(5), 4, 60), { breachInSec: 0, breachEarliestInSec: 0, breachLatestInSec: 0 });
    assert.deepEqual(breachOf(band, above(null), 6, 60), none);
    assert.deepEqual(breachOf(band, above(5), null, 60), none);
  });

  it('keeps earliest, expected and latest in order', () => {
    const value = fc.double({ min: -10, max: 10, noNaN: true });
    const steps = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(steps, value, fc.boolean(), (rows, threshold, isBelow) => {
        const sorted = rows.map((row) => [...row].sort((a, b) => a - b));
        const any = { p10: sorted.map((row) => row[0]!), median: sorted.map((row) => row[1]!), p90: sorted.map((row) => row[2]!) };
        const found = breachOf(any, { threshold, isBelow }, 0, 60);
        const [earliest, expected, latest] = [found.breachEarliestInSec, found.breachInSec, found.breachLatestInSec].map(
          (sec) => sec ?? Number.POSITIVE_INFINITY,
        );
        assert.ok(earliest! <= expected! && expected! <= latest!);
      }),
    );
  });
});

describe('summarize', () => {
  it('says where it ends in words with units', () => {
    assert.equal(summarize(base), 'In 3 min it ends between 2 % and 4 %.');
  });

  it('says whether and when the threshold is passed', () => {
    assert.match(summarize({ ...base, threshold: 50 }), /the threshold 50 % is not reached/);
    assert.match(summarize({ ...base, threshold: 50, breachInSec: 0 }), /above the threshold 50 % now/);
    assert.match(summarize({ ...base, threshold: 50, breachInSec: 120 }), /passes the threshold 50 % in 2 min/);
  });

  it('says between when and when', () => {
    const found = { breachInSec: 120, breachEarliestInSec: 60, breachLatestInSec: 180 };
    assert.match(summarize({ ...base, threshold: 50, ...found }), /in 2 min \(at the earliest in 1 min, at the latest in 3 min\)/);
    const unlikely = { ...none, breachEarliestInSec: 60 };
    assert.match(summarize({ ...base, threshold: 50, ...unlikely }), /50 % is probably not reached, at the earliest in 1 min/);
  });

  it('speaks of falling where the monitor alerts below', () => {
    assert.match(summarize({ ...base, ...below(50), breachInSec: 120 }), /falls below the threshold 50 % in 2 min/);
    assert.match(summarize({ ...base, ...below(50), breachInSec: 0 }), /below the threshold 50 % now/);
  });

  it('mentions what is unusual, and that there is nothing to go by', () => {
    assert.match(summarize({ ...base, score: 93 }), /unusually high \(score 93\)/);
    assert.match(summarize({ ...base, isDrop: true }), /unusually low/);
    assert.equal(summarize({ ...base, hasValues: false }), 'No values to forecast from.');
  });

  it('says that a flat line stays', () => {
    assert.match(summarize({ ...base, band: { median: [5], p10: [5], p90: [5] } }), /stays at 5 %/);
  });
});
