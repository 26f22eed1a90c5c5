import assert from 'node:assert/strict';
import { RateLimits, rateLimitOf } from '../../../src/datadog/rateLimits';

describe('RateLimits', () => {
  it('blocks an operation from the moment its budget is used up until the reset', () => {
    let nowMs = 1000;
    const limits = new RateLimits(() => nowMs);
    assert.equal(limits.waitMs('logs'), 0);
    limits.note('logs', { remaining: 0, resetSec: 5 });
    assert.equal(limits.waitMs('logs'), 5000);
    assert.equal(limits.waitMs('spans'), 0);
    nowMs = 5900;
    assert.equal(limits.waitMs('logs'), 100);
    nowMs = 7000;
    assert.equal(limits.waitMs('logs'), 0);
  });

  it('lets an operation go on as soon as an answer says that there is budget again', () => {
    const limits = new RateLimits(() => 0);
    limits.note('logs', { remaining: 0, resetSec: 60 });
    limits.note('logs', { remaining: null, resetSec: null });
    assert.equal(limits.waitMs('logs'), 60_000, 'an answer without headers says nothing');
    limits.note('logs', { remaining: 3, resetSec: 60 });
    assert.equal(limits.waitMs('logs'), 0);
  });
});

describe('rateLimitOf', () => {
  it("reads Datadog's headers and takes nonsense for nothing", () => {
    const read = (remaining: string, reset: string) =>
      rateLimitOf(new Headers({ 'X-RateLimit-Remaining': remaining, 'X-RateLimit-Reset': reset }));
    assert.deepEqual(read('0', '12'), { remaining: 0, resetSec: 12 });
    assert.deepEqual(read('many', '-1'), { remaining: null, resetSec: null });
    assert.deepEqual(read(' ', 'Infinity'), { remaining: null, resetSec: null });
    assert.deepEqual(rateLimitOf(new Headers()), { remaining: null, resetSec: null });
  });
});
