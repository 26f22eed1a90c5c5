import assert from 'node:assert/strict';
import fc from 'fast-check';
import { longestAscent } from '../../../src/code/longestAscent';

const ascent = (numbers: readonly number[]) => longestAscent(numbers, (number) => number);

/** The length of a longest ascent, by trying every one. */
function longest(numbers: readonly number[], above = Number.NEGATIVE_INFINITY): number {
  const [first, ...rest] = numbers;
  if (first === undefined) return 0;
  const without = longest(rest, above);
  return first > above ? Math.max(without, 1 + longest(rest, first)) : without;
}

describe('The longest ascent', () => {
  it('keeps the order and leaves out what goes back', () => {
    assert.deepEqual(ascent([3, 1, 2, 9, 4, 5]), [1, 2, 4, 5]);
    assert.deepEqual(ascent([]), []);
  });

  it('is as long as any', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(100), { maxLength: 12 }), (numbers) => {
        const found = ascent(numbers);
        assert.equal(found.length, longest(numbers));
        assert.deepEqual(
          found,
          found.toSorted((left, right) => left - right),
        );
        assert.deepEqual(
          found,
          numbers.filter((number) => found.includes(number)),
        );
      }),
    );
  });
});
