import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HashTable, hashText, mix, spread } from '../../../../src/signals/logs/hash';

describe('HashTable', () => {
  it('holds what a map holds, also after it has grown', () => {
    const key = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer());
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat(1000)), { maxLength: 200 }), (entries) => {
        const table = new HashTable(2);
        const map = new Map<string, number>();
        for (const [[first, second], value] of entries) {
          table.set(first, second, value);
          map.set(`${first} ${second}`, value);
        }
        assert.equal(table.size, map.size);
        for (const [[first, second]] of entries) assert.equal(table.get(first, second), map.get(`${first} ${second}`));
      }),
    );
  });

  it('says -1 for what it does not hold, and for everything once cleared', () => {
    const table = new HashTable();
    table.set(1, 2, 0);
    assert.deepEqual([table.get(1, 2), table.get(2, 1)], [0, -1]);
    table.clear();
    assert.deepEqual([table.get(1, 2), table.size], [-1, 0]);
  });
});

describe('hashes', () => {
  it('of texts that differ in a character or their order differ', () => {
    const texts = ['', 'a', 'b', 'ab', 'ba', 'aa', 'aaa', 'user=root', 'user=toor'];
    assert.equal(new Set(texts.map(hashText)).size, texts.length);
  });

  it('depend on the order of what is mixed in, and stay whole numbers', () => {
    assert.notEqual(mix(mix(0, 1), 2), mix(mix(0, 2), 1));
    for (const value of [0, -1, 2 ** 31, 12345]) assert.equal(spread(value), spread(value) | 0);
  });
});
