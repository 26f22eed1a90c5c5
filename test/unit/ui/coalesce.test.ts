import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createCoalescer } from '../../../src/ui/coalesce';

describe('a coalescer', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  function open() {
    const counter = { calls: 0 };
    return { counter, coalescer: createCoalescer(100, () => (counter.calls += 1)) };
  }

  it('works at once after a pause', () => {
    const { counter, coalescer } = open();
    coalescer.request();
    assert.equal(counter.calls, 1);
    mock.timers.tick(500);
    coalescer.request();
    assert.equal(counter.calls, 2);
  });

  it('turns a thousand requests in a second into about ten calls and keeps the last', () => {
    const { counter, coalescer } = open();
    for (let ms = 0; ms < 1000; ms += 1) {
      coalescer.request();
      mock.timers.tick(1);
    }
    assert.ok(counter.calls >= 9 && counter.calls <= 11, `${counter.calls} calls`);
    const before = counter.calls;
    coalescer.request();
    mock.timers.tick(100);
    assert.equal(counter.calls, before + 1);
  });

  it('does not work when nobody asks', () => {
    const { counter, coalescer } = open();
    coalescer.request();
    mock.timers.tick(10_000);
    assert.equal(counter.calls, 1);
  });

  it('works now when flushed, and does not repeat it', () => {
    const { counter, coalescer } = open();
    coalescer.request();
    coalescer.request();
    coalescer.flush();
    assert.equal(counter.calls, 2);
    mock.timers.tick(1000);
    assert.equal(counter.calls, 2);
  });

  it('stops when disposed', () => {
    const { counter, coalescer } = open();
    coalescer.request();
    coalescer.request();
    coalescer.dispose();
    mock.timers.tick(1000);
    assert.equal(counter.calls, 1);
  });
});
