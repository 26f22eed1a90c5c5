import assert from 'node:assert/strict';
import fc from 'fast-check';
import { surveyWindows } from '../../../../src/investigation/home/surveyWindows';

const HOUR_MS = 3_600_000;

describe('the windows of a survey', () => {
  it('end with the last whole minute, and wait for one that has just ended', () => {
    const minute = Date.UTC(2026, 0, 1, 12, 34);
    assert.equal(surveyWindows(minute + 30_000, 4).fine.toMs, minute);
    assert.equal(surveyWindows(minute + 10_000, 4).fine.toMs, minute - 60_000);
  });

  it('hold the hours that are watched, two before, and the day before these', () => {
    const { watched, fine, dayBefore } = surveyWindows(Date.UTC(2026, 0, 1, 12, 34, 30), 4);
    assert.equal(watched.toMs - watched.fromMs, 4 * HOUR_MS);
    assert.equal(fine.toMs - fine.fromMs, 6 * HOUR_MS);
    assert.equal(dayBefore.toMs - dayBefore.fromMs, 24 * HOUR_MS);
    assert.equal(dayBefore.toMs, Date.UTC(2026, 0, 1, 6, 35));
  });

  it('begin and end with whole steps, leaving less than one between them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000_000_000_000 }), fc.integer({ min: 1, max: 24 }), (nowMs, hours) => {
        const { fine, dayBefore } = surveyWindows(nowMs, hours);
        assert.deepEqual(
          [fine.fromMs % 60_000, fine.toMs % 60_000, dayBefore.fromMs % 300_000, dayBefore.toMs % 300_000].map(Math.abs),
          [0, 0, 0, 0],
        );
        assert.ok(dayBefore.toMs - fine.fromMs < 300_000 && dayBefore.toMs >= fine.fromMs);
      }),
    );
  });
});
