import assert from 'node:assert/strict';
import { createTextCache } from '../../../../src/sandbox/store/textCache';

describe('the text cache', () => {
  it('computes a text once', () => {
    let calls = 0;
    const length = createTextCache((text) => {
      calls += 1;
      return text.length;
    });
    assert.deepEqual([length('abc'), length('abc'), length('de')], [3, 3, 2]);
    assert.equal(calls, 2);
  });

  it('forgets rather than grow', () => {
    const computed: string[] = [];
    const same = createTextCache((text) => {
      computed.push(text);
      return text;
    }, 2);
    for (const text of ['a', 'b', 'c', 'a']) same(text);
    assert.deepEqual(computed, ['a', 'b', 'c', 'a']);
  });
});
