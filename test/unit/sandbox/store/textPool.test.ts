import assert from 'node:assert/strict';
import { createTextPool } from '../../../../src/sandbox/store/textPool';

describe('the text pool', () => {
  it('gives equal texts back as they are', () => {
    const pool = createTextPool();
    assert.equal(pool.intern('checkout'), 'checkout');
    assert.equal(pool.intern(['check', 'out'].join('')), 'checkout');
  });

  it('goes on when it is full', () => {
    const pool = createTextPool(2);
    const texts = ['a', 'b', 'c', 'a', 'd', 'e', 'a'];
    assert.deepEqual(
      texts.map((text) => pool.intern(text)),
      texts,
    );
  });
});
