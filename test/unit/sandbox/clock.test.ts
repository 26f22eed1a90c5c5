import assert from 'node:assert/strict';
import { createFixedClock, createSettableClock, createShiftedClock } from '../../../src/sandbox/clock';

describe('the sandbox clocks', () => {
  it('stand still when fixed', () => {
    assert.equal(createFixedClock(1234).nowMs(), 1234);
  });

  it('run beside another clock when shifted', () => {
    const base = createSettableClock(10_000);
    const shifted = createShiftedClock(-3000, base);
    assert.equal(shifted.nowMs(), 7000);
    base.advance(500);
    assert.equal(shifted.nowMs(), 7500);
  });

  it('go where they are set', () => {
    const clock = createSettableClock(5);
    clock.setNow(90);
    assert.equal(clock.nowMs(), 90);
    clock.advance(-40);
    assert.equal(clock.nowMs(), 50);
  });
});
