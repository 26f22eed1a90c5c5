import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createColumn } from '../../../../src/sandbox/store/column';
import { createNumberColumn } from '../../../../src/sandbox/store/numberColumn';

const KINDS = [
  ['a column', () => createColumn<number>()],
  ['a column of numbers', () => createNumberColumn(0)],
] as const;

for (const [name, create] of KINDS)
  describe(name, () => {
    it('behaves like a sorted map', () => {
      const writes = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer()), { maxLength: 60 });
      fc.assert(
        fc.property(writes, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }), (entries, from, to) => {
          const column = create();
          for (const [sec, value] of entries) column.set(sec, value);
          const expected = [...new Map(entries)].sort(([a], [b]) => a - b);
          assert.equal(column.size, expected.length);
          assert.deepEqual(
            [...column.between(from, to)],
            expected.filter(([sec]) => sec >= from && sec < to),
          );
          for (const [sec, value] of expected) assert.equal(column.get(sec), value);
          assert.equal(column.lastSec(), expected.at(-1)?.[0] ?? null);
        }),
      );
    });

    it('forgets what is before a second and says how much that was', () => {
      const column = create();
      for (const sec of [1, 2, 3]) column.set(sec, sec * 2);
      assert.equal(column.dropBefore(3), 2);
      assert.deepEqual([...column.between(0, 10)], [[3, 6]]);
      assert.equal(column.get(1), undefined);
    });
  });
