import assert from 'node:assert/strict';
import { oddMessages } from '../../../../src/signals/logs/oddMessages';

const usual = Array.from({ length: 60 }, (_, at) => `query ${at} took ${20 + (at % 7)} ms`);

describe('oddMessages', () => {
  it('finds a duration that the quiet stretch never came near, the worst first', () => {
    const [found, ...others] = oddMessages(usual, ['query 1 took 22 ms', 'query 2 took 900 ms', 'query 3 took 5000 ms']);
    assert.equal(others.length, 0);
    assert.equal(found?.template, 'query <*> took <*>');
    assert.deepEqual(found?.places, [2, 1]);
    assert.equal(found?.before, 60);
    assert.match(found?.reason ?? '', /states 5,?000 where 23 was usual/);
  });

  it('is content with what is usual, with few messages to judge by, and without quantities', () => {
    assert.deepEqual(oddMessages(usual, ['query 9 took 27 ms', 'query 9 took 19 ms']), []);
    assert.deepEqual(oddMessages(usual.slice(0, 5), ['query 2 took 900 ms']), []);
    assert.deepEqual(oddMessages(new Array(50).fill('order 7 done'), ['order 999999 done']), []);
    assert.deepEqual(oddMessages([], []), []);
  });

  it('does not take a scattered quantity for odd', () => {
    const scattered = Array.from({ length: 60 }, (_, at) => `read ${2 ** (at % 20)} bytes`);
    assert.deepEqual(oddMessages(scattered, ['read 4000000 bytes']), []);
  });
});
