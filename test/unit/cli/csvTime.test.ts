import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvTime } from '../../../src/cli/csvTime';

const NOON = Date.UTC(2026, 2, 2, 12) / 1000;

describe('csvTime', () => {
  it('reads ISO times, in UTC where no zone is named', () => {
    for (const text of [
      '2026-03-02 12:00:00',
      '2026-03-02T12:00',
      '2026-03-02T12:00:00Z',
      '2026-03-02 12:00:00 UTC',
      '2026-03-02T14:30:00+02:30',
      '2026-03-02T07:00:00-0500',
      '2026-03-02 13:00:00+01',
    ])
      assert.equal(csvTime(text), NOON, text);
    assert.equal(csvTime('2026-03-02 12:00:00.250'), NOON + 0.25);
    assert.equal(csvTime('2026-03-02'), NOON - 43_200);
  });

  it('reads seconds, milli-, micro- and nanoseconds since the epoch', () => {
    for (const factor of [1, 1e3, 1e6, 1e9]) assert.equal(csvTime(String(NOON * factor)), NOON);
    assert.equal(csvTime(`${NOON}.5`), NOON + 0.5);
  });

  it('is NaN for anything else', () => {
    for (const text of ['', 'timestamp', '12', '-5', '12:00', '2026-13-45 00:00:00', 'NaN', '1e12'])
      assert.ok(Number.isNaN(csvTime(text)), text);
  });

  it('reads every moment as the platform does', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
        assert.ok(Math.abs(csvTime(date.toISOString()) - date.getTime() / 1000) < 1e-6);
      }),
    );
  });
});
