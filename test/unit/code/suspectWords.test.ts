import assert from 'node:assert/strict';
import { isExternalFailure, quotedNames, rarity, wordsOf } from '../../../src/code/suspectWords';

describe('Words that symptoms and commits share', () => {
  it('are names, whole and in parts, without what every error says', () => {
    assert.deepEqual([...wordsOf('Error: cannot read loyaltyTier of cart_items at deadbeef01')].sort(), [
      'cart',
      'cart_items',
      'items',
      'loyalty',
      'loyaltytier',
      'read',
      'tier',
    ]);
  });

  it('are names between quotes', () => {
    assert.deepEqual(quotedNames(`relation "cart_items" does not exist, reading 'tier', "null", 'a b'`), ['cart_items', 'tier']);
  });

  it('count the more the rarer they are', () => {
    const weight = rarity([new Set(['cart', 'tier']), new Set(['cart']), new Set(['cart'])]);
    assert.ok(weight('tier') > weight('cart'));
    assert.ok(weight('tier') <= 1);
  });

  it('tell when something else did not answer', () => {
    for (const text of ['connect ECONNREFUSED 127.0.0.1:1', 'acquirer answered 503', '502 Bad Gateway', 'socket hang up'])
      assert.ok(isExternalFailure(text), text);
    for (const text of [
      "Cannot read properties of undefined (reading 'tier')",
      'order 15030 is invalid',
      'relation "a" does not exist',
      'bad search "connect ECONNREFUSED" of user 12',
    ])
      assert.ok(!isExternalFailure(text), text);
  });
});
