import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createPolling } from '../../../src/ui/polling';

const settled = () => new Promise(setImmediate);

function open(intervalMs: number) {
  const state = { intervalMs, isActive: true, works: true, turns: 0 };
  const polling = createPolling({
    intervalMs: () => state.intervalMs,
    isActive: () => state.isActive,
    work: async () => {
      state.turns += 1;
      return state.works;
    },
  });
  polling.restart();
  const pass = async (ms: number) => {
    mock.timers.tick(ms);
    await settled();
  };
  return { state, polling, pass };
}

describe('polling', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('is off at an interval of 0', async () => {
    const { state, pass } = open(0);
    await pass(1e9);
    assert.equal(state.turns, 0);
  });

  it('repeats the work at its interval', async () => {
    const { state, pass } = open(1000);
    for (let turn = 0; turn < 3; turn += 1) await pass(1000);
    assert.equal(state.turns, 3);
  });

  it('leaves turns out while nobody looks', async () => {
    const { state, pass } = open(1000);
    state.isActive = false;
    for (let turn = 0; turn < 3; turn += 1) await pass(1000);
    assert.equal(state.turns, 0);
    state.isActive = true;
    await pass(1000);
    assert.equal(state.turns, 1);
  });

  it('waits twice as long after each failure, up to sixteen times, and as usual after a success', async () => {
    const { state, pass } = open(1000);
    state.works = false;
    for (const waitMs of [1000, 2000, 4000, 8000, 16_000, 16_000]) {
      const before = state.turns;
      await pass(waitMs - 1);
      assert.equal(state.turns, before, `too early after ${waitMs} ms`);
      state.works = state.turns === 5;
      await pass(1);
      assert.equal(state.turns, before + 1);
    }
    await pass(1000);
    assert.equal(state.turns, 7);
  });

  it('begins anew when restarted and ends when disposed', async () => {
    const { state, polling, pass } = open(1000);
    await pass(900);
    polling.restart();
    await pass(900);
    assert.equal(state.turns, 0);
    polling.dispose();
    await pass(5000);
    assert.equal(state.turns, 0);
  });
});
