import assert from 'node:assert/strict';
import { createRateLimits, DEFAULT_RATE_LIMIT } from '../../../src/sandbox/rateLimits';

describe('rate limits', () => {
  it('count down within a period and tell so in Datadog’s headers', () => {
    const count = createRateLimits({ spans: { limit: 2, periodSec: 60 } }, () => 1_000_000_010_000);
    assert.equal(count('spans').isExceeded, false);
    const second = count('spans');
    assert.equal(second.isExceeded, false);
    assert.deepEqual(second.headers, {
      'X-RateLimit-Limit': '2',
      'X-RateLimit-Period': '60',
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': '10',
      'X-RateLimit-Name': 'spans',
    });
    const third = count('spans');
    assert.equal(third.isExceeded, true);
    assert.equal(third.headers['X-RateLimit-Remaining'], '0');
  });

  it('begin anew with the next calendar period', () => {
    let nowMs = 60_000;
    const count = createRateLimits({ logs: { limit: 1, periodSec: 60 } }, () => nowMs);
    count('logs');
    assert.equal(count('logs').isExceeded, true);
    nowMs = 120_000;
    assert.equal(count('logs').isExceeded, false);
  });

  it('are kept for each bucket by itself, with a default for the others', () => {
    const count = createRateLimits({ logs: { limit: 1, periodSec: 60 } }, () => 0);
    count('logs');
    assert.equal(count('metrics').headers['X-RateLimit-Limit'], String(DEFAULT_RATE_LIMIT.limit));
    assert.equal(count('metrics').isExceeded, false);
  });
});
