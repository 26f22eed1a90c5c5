import assert from 'node:assert/strict';
import { AnswerCache } from '../../../src/datadog/answerCache';

const never = new AbortController().signal;
const newCache = () => new AnswerCache({ ttlMs: 60_000, maxEntries: 2 });

/** A load that is settled by hand and can be aborted. */
function manual() {
  const signals: AbortSignal[] = [];
  let settle: (value: string) => void = () => {};
  const load = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<string>((resolve, reject) => {
      settle = resolve;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  };
  return { load, signals, settle: (value: string) => settle(value) };
}

describe('AnswerCache', () => {
  it('loads once for all who ask at the same time or later', async () => {
    const cache = newCache();
    const { load, signals, settle } = manual();
    const both = Promise.all([cache.get('k', true, never, load), cache.get('k', true, never, load)]);
    settle('answer');
    assert.deepEqual(await both, ['answer', 'answer']);
    assert.equal(await cache.get('k', true, never, load), 'answer');
    assert.equal(signals.length, 1);
  });

  it('goes on for the others when one calls off', async () => {
    const cache = newCache();
    const { load, signals, settle } = manual();
    const controller = new AbortController();
    const leaver = cache.get('k', true, controller.signal, load);
    const stayer = cache.get('k', true, never, load);
    controller.abort(new Error('gone'));
    await assert.rejects(leaver, /gone/);
    assert.equal(signals[0]?.aborted, false);
    settle('answer');
    assert.equal(await stayer, 'answer');
  });

  it('calls off the work when nobody waits any more, and starts anew for the next', async () => {
    const cache = newCache();
    const { load, signals, settle } = manual();
    const controller = new AbortController();
    const leaver = cache.get('k', true, controller.signal, load);
    controller.abort(new Error('gone'));
    await assert.rejects(leaver, /gone/);
    assert.equal(signals[0]?.aborted, true);
    const next = cache.get('k', true, never, load);
    settle('fresh');
    assert.equal(await next, 'fresh');
  });

  it('keeps neither failures nor what is not to be kept', async () => {
    const cache = newCache();
    await assert.rejects(
      cache.get('k', true, never, () => Promise.reject(new Error('down'))),
      /down/,
    );
    assert.equal(await cache.get('k', false, never, async () => 1), 1);
    assert.equal(await cache.get('k', true, never, async () => 2), 2);
    assert.equal(await cache.get('k', true, never, async () => 3), 2);
  });

  it('forgets the oldest answers first', async () => {
    const cache = newCache();
    for (const key of ['a', 'b', 'c']) await cache.get(key, true, never, async () => 'old');
    assert.equal(await cache.get('a', true, never, async () => 'new'), 'new');
    assert.equal(await cache.get('c', true, never, async () => 'new'), 'old');
  });
});
