import assert from 'node:assert/strict';
import fc from 'fast-check';
import { timeTicks } from '../../../../webview/charts/timeTicks';

describe('the ticks of the time axis', () => {
  it('stand at round moments', () => {
    assert.deepEqual(timeTicks(3610, 7210, 4, 0), [4500, 5400, 6300, 7200]);
  });

  it('are round in local time, also half an hour off', () => {
    const ticks = timeTicks(0, 86_400, 4, -330);
    assert.deepEqual(
      ticks.map((at) => (at + 330 * 60) % 21_600),
      ticks.map(() => 0),
    );
    assert.ok(ticks.length > 1);
  });

  it('are never more than asked for by more than one, in order, and inside, for any stretch', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e9 }),
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 2, max: 20 }),
        (from, length, most) => {
          const ticks = timeTicks(from, from + length, most, 60);
          assert.ok(ticks.length <= most + 1);
          assert.deepEqual(
            ticks,
            [...new Set(ticks)].sort((a, b) => a - b),
          );
          assert.ok(ticks.every((at) => at >= from && at <= from + length));
        },
      ),
    );
  });
});
