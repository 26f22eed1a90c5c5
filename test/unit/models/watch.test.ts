import assert from 'node:assert/strict';
import { atMost, Watch } from '../../../src/models/watch';
import { never, patient } from './parts';

const forever = () => new Promise<never>(() => undefined);

describe('the watch over a request', () => {
  it('passes on what comes in time, and what fails', async () => {
    const watch = new Watch(patient, never);
    assert.equal(await watch.until(Promise.resolve(7)), 7);
    await assert.rejects(watch.until(Promise.reject(new Error('lost'))), /lost/);
    watch.dispose();
  });

  it('can be told to wait no longer for something quick, and never waits longer for that', () => {
    assert.deepEqual(atMost(20, { firstMs: 5, idleMs: 30, totalMs: 40 }), { firstMs: 5, idleMs: 20, totalMs: 20 });
  });

  for (const [limit, why] of [
    [{ firstMs: 15 }, 'silent'],
    [{ totalMs: 15 }, 'slow'],
  ] as const)
    it(`gives up on what is ${why}`, async () => {
      const watch = new Watch({ ...patient, ...limit }, never);
      await assert.rejects(watch.until(forever()), { why, afterMs: 15 });
      assert.equal(watch.signal.aborted, true);
      watch.dispose();
    });

  it('gives up on what falls silent in the middle', async () => {
    const watch = new Watch({ ...patient, idleMs: 15 }, never);
    watch.heard();
    await assert.rejects(watch.until(forever()), { why: 'stalled' });
    watch.dispose();
  });

  it('ends with its caller, before and during', async () => {
    const stop = new AbortController();
    const during = new Watch(patient, stop.signal);
    const pending = during.until(forever());
    stop.abort(new Error('enough'));
    await assert.rejects(pending, /enough/);
    await assert.rejects(new Watch(patient, stop.signal).until(Promise.resolve(1)), /enough/);
    during.dispose();
  });

  it('lets go of its request when it is disposed', async () => {
    const watch = new Watch(patient, never);
    const pending = watch.until(forever());
    watch.dispose();
    await assert.rejects(pending, /is over/);
  });
});
