import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchLines } from '../../../src/code/lineMatching';
import { createRandom } from '../../benchmarks/driftHistory';

/** Where each old line went; 0 for those in doubt. */
const matched = (before: string, after: string) => [...matchLines(before.split('|'), after.split('|')).toNew];

describe('Matching the lines of two versions', () => {
  it('matches what did not change, whatever it says', () => {
    assert.deepEqual(matched('}|}|', '}|}|'), [1, 2, 3]);
    assert.deepEqual(matched('', ''), [1]);
  });

  it('does not guess which of two equal lines stayed', () => {
    assert.deepEqual(matched('first();|}|second();', 'first();|}|}|second();'), [1, 0, 4]);
    assert.deepEqual(matched('first();|}|}|second();', 'first();|}|second();'), [1, 0, 0, 3]);
    assert.deepEqual(matched('start();|a = 1;|b = 2;|finish();', 'start();|a = 1;|b = 2;|a = 1;|b = 2;|finish();'), [1, 0, 0, 6]);
  });

  it('matches a line without words next to one that stayed, when nothing like it changed', () => {
    assert.deepEqual(matched('first();|}|before();|second();', 'first();|}|after();|again();|second();'), [1, 2, 0, 5]);
    assert.deepEqual(matched('first();|before();|}|second();', 'first();|}|third();'), [1, 0, 0, 0]);
  });

  it('does not mind indentation', () => {
    assert.deepEqual(matched('open();|total = price(cart);|close();', 'open();|    total = price(cart);|close();'), [1, 2, 3]);
  });

  it('follows a telling line to another place, with what lay between it and the next', () => {
    const block = ['function discountOf(cart) {', '', '  return cart.coupon.percent;', '}'];
    const rest = [
      'const alpha = first;',
      'const beta = second;',
      'const gamma = third;',
      'const delta = fourth;',
      'const epsilon = fifth;',
    ];
    const { toNew } = matchLines([...block, ...rest], [...rest, ...block]);
    assert.deepEqual([...toNew], [6, 7, 8, 9, 1, 2, 3, 4, 5]);
  });

  it('does not take a weak line for the same one elsewhere', () => {
    const rest = 'const alpha = first;|const beta = second;|const gamma = third;';
    assert.equal(matched(`return null;|${rest}`, `${rest}|return null;`)[0], 0);
  });

  it('takes nothing of two unlike files for the same but a block', () => {
    const alpha = Array.from({ length: 20 }, (_, at) => `alpha.call(${at});`);
    const omega = Array.from({ length: 20 }, (_, at) => `omega.call(${at});`);
    const { toNew } = matchLines(["'use strict';", '', ...alpha], ["'use strict';", '', ...omega]);
    assert.ok(toNew.every((line) => line === 0));
  });

  const lines = fc.array(
    fc.constantFrom('}', '', 'return null;', 'alpha(one);', 'beta(two);', 'gamma(three);', '  }', 'const total = sum;'),
    { maxLength: 25 },
  );

  it('never gives a line to two, nor to one that says something else', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const there = matchLines(before, after);
        const taken = new Set<number>();
        for (const [at, line] of there.toNew.entries()) {
          if (line === 0) continue;
          assert.equal(after[line - 1]?.trim(), before[at]?.trim());
          assert.equal(there.toOld[line - 1], at + 1);
          assert.ok(!taken.has(line));
          taken.add(line);
        }
      }),
    );
  });

  it('loses no line to an edit elsewhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.nat(1_000), (at, seed) => {
        const random = createRandom(seed);
        const before = Array.from({ length: 40 }, (_, line) => (random() < 0.3 ? '}' : `call${line}(value${line});`));
        const after = [...before.slice(0, at), 'brandNew(thing);', ...before.slice(at)];
        const { toNew } = matchLines(before, after);
        assert.deepEqual(
          [...toNew],
          before.map((_, line) => (line < at ? line + 1 : line + 2)),
        );
      }),
    );
  });

  it('stays fast on text that is made to be slow', () => {
    const many = 60_000;
    const same = Array.from({ length: many }, () => 'x');
    const half = Array.from({ length: many }, (_, at) => (at % 2 === 0 ? 'x' : `line${at % 97}(twin);`));
    const turned = half.toReversed();
    for (const [before, after] of [
      [same, half],
      [half, turned],
      [turned, same],
    ] as const)
      assert.equal(matchLines(before, after).toNew.length, many);
  });
});
