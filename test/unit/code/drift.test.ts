import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createVersions, followVersions, locateByCodeText, mapBuffer } from '../../../src/code/drift';

const text = (...rows: string[]) => `${rows.join('\n')}\n`;

/** Distinct lines, so that every line that survives can be found again by its text. */
const rows = fc
  .uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 30 })
  .map((numbers) => numbers.map((number) => `const line${number} = ${number};`));

/** Some lines cut out and others put in, the rest in order. */
const edited = rows.chain((before) =>
  fc.record({
    before: fc.constant(before),
    keep: fc.array(fc.boolean(), { minLength: before.length, maxLength: before.length }),
    insert: fc.array(fc.tuple(fc.nat(before.length), fc.integer({ min: 1000, max: 9999 })), { maxLength: 8 }),
  }),
);

function apply({ before, keep, insert }: { before: string[]; keep: boolean[]; insert: [number, number][] }): string[] {
  const after: string[] = [];
  for (let at = 0; at <= before.length; at += 1) {
    for (const [place, number] of insert) if (place === at) after.push(`inserted${number} at ${after.length}`);
    if (at < before.length && keep[at]) after.push(before[at]!);
  }
  return after;
}

/** Of two texts that share less, a single line may be chance. */
const isMostlyKept = ({ before, keep }: { before: string[]; keep: boolean[] }) => keep.filter(Boolean).length >= before.length / 2;

describe('Following a line', () => {
  it('says exact, moved, edited and deleted', () => {
    const before = text('const one = 1;', 'const two = 2;', 'const three = 3;', 'const four = 4;', 'const five = 5;');
    const after = text('const one = 1;', 'const zero = 0;', 'const two = 22;', 'const four = 4;');
    assert.deepEqual(mapBuffer(before, after, 1), { line: 1, status: 'exact' });
    assert.deepEqual(mapBuffer(before, after, 2), { line: 3, status: 'edited' });
    assert.deepEqual(mapBuffer(before, after, 4), { line: 4, status: 'exact' });
    assert.deepEqual(mapBuffer(before, after, 5), { line: 4, status: 'deleted' });
    assert.deepEqual(mapBuffer(before, text('// new', before.trimEnd()), 3), { line: 4, status: 'moved' });
  });

  it('follows a line that was cut and pasted elsewhere', () => {
    const before = text('alpha();', 'const total = sumOf(cart);', 'beta();', 'gamma();', 'delta();');
    const after = text('alpha();', 'beta();', 'gamma();', 'delta();', 'const total = sumOf(cart);');
    assert.deepEqual(mapBuffer(before, after, 2), { line: 5, status: 'moved' });
  });

  it('does not follow short or repeated lines, which prove nothing', () => {
    const before = text('a();', '}', 'b();', 'c();');
    const after = text('a();', 'b();', 'c();', '}');
    assert.equal(mapBuffer(before, after, 2).status, 'deleted');
  });

  it('points at the replacement that is most like the old line', () => {
    const before = text('start();', 'return cart.coupon.percent;', 'end();');
    const after = text('start();', '// coupons are optional', 'if (!ready) return 0;', 'return cart.coupon?.percent ?? 0;', 'end();');
    assert.deepEqual(mapBuffer(before, after, 2), { line: 4, status: 'edited' });
  });

  it('does not mind line ends', () => {
    assert.deepEqual(mapBuffer('a\r\nb\r\nc\r\n', 'new\na\nb\nc\n', 2), { line: 3, status: 'moved' });
    assert.deepEqual(mapBuffer('a\r\nb\r\n', 'a\nb\n', 2), { line: 2, status: 'exact' });
  });

  it('does not know lines that never were', () => {
    for (const line of [0, -1, 1.5, 99, Number.NaN]) assert.equal(mapBuffer('a\nb\n', 'b\n', line).status, 'unknown');
  });

  it('takes what two unlike texts share for chance, unless it is a block', () => {
    const many = (word: string) => Array.from({ length: 300 }, (_, at) => `${word}.step(${at});`);
    const block = ['const survivor = findSurvivor(cart);', 'if (survivor === undefined) throw new NoSurvivor(cart);'];
    const before = text("'use strict';", ...many('alpha'), ...block);
    const after = text("'use strict';", ...block, ...many('omega'));
    assert.deepEqual(mapBuffer(before, after, 302), { line: 2, status: 'moved' });
    assert.notEqual(mapBuffer(before, after, 1).status, 'exact');
    assert.notEqual(mapBuffer(before, after, 5).status, 'moved');
  });

  it('finds every line that survived an edit at its new place', () => {
    fc.assert(
      fc.property(edited, (edit) => {
        const after = apply(edit);
        for (const [at, row] of edit.before.entries()) {
          const mapped = mapBuffer(edit.before.join('\n'), after.join('\n'), at + 1);
          const survives = edit.keep[at]!;
          const isSure = mapped.status === 'exact' || mapped.status === 'moved';
          if (isSure) assert.equal(after[mapped.line - 1], row);
          if (isSure) assert.equal(mapped.status === 'exact', mapped.line === at + 1);
          if (!survives || isMostlyKept(edit)) assert.equal(isSure, survives, `${row}: ${mapped.status}`);
          if (!isSure) assert.ok(mapped.line >= 1 && mapped.line <= Math.max(1, after.length));
        }
      }),
    );
  });

  describe('through several versions', () => {
    it('tells twins apart that the first and the last alone would not', () => {
      const lines = ['open(cart);', '}', 'close(cart);'];
      const twin = ['open(cart);', '}', '}', 'close(cart);'];
      const other = ['open(cart);', '}', 'again(cart);', 'close(cart);'];
      const [first, second, third] = [text(...lines), text(...twin), text(...other)];
      assert.equal(mapBuffer(first, third, 2).status, 'exact');
      assert.equal(followVersions(createVersions([first, second, third]), 2).mapped.status, 'edited');
      assert.deepEqual(followVersions(createVersions([first, second, third]), 3).mapped, { line: 4, status: 'moved' });
    });

    it('says where it lost the line, and what most likely took over', () => {
      const versions = createVersions([
        text('alpha(one);', 'total = price(cart);', 'omega(two);'),
        text('alpha(one);', 'total = price(cart, vat);', 'omega(two);'),
        text('// new', 'alpha(one);', 'total = price(cart, vat);', 'omega(two);'),
      ]);
      const { mapped, lastSeen, lineThere } = followVersions(versions, 2);
      assert.deepEqual([mapped, lastSeen, lineThere], [{ line: 3, status: 'edited' }, 0, 2]);
      assert.equal(followVersions(versions, 9).mapped.status, 'unknown');
    });

    it('says the same as in one step, or that the line was edited', () => {
      const more = fc.array(fc.tuple(fc.nat(30), fc.constantFrom('}', '', 'return null;', 'brand(new1);', 'const total = sum;')), {
        maxLength: 6,
      });
      const changed = (lines: string[], puts: [number, string][], cuts: number[]) => {
        const kept = lines.filter((_, at) => !cuts.includes(at));
        for (const [at, line] of puts) kept.splice(Math.min(at, kept.length), 0, line);
        return kept;
      };
      const cuts = fc.array(fc.nat(30), { maxLength: 4 });
      fc.assert(
        fc.property(rows, more, cuts, more, cuts, (first, puts, cutOut, later, cutLater) => {
          const second = changed(first, puts, cutOut);
          const third = changed(second, later, cutLater);
          const versions = createVersions([first, second, third].map((lines) => lines.join('\n')));
          for (const [at, row] of first.entries()) {
            const { mapped } = followVersions(versions, at + 1);
            if (mapped.status !== 'exact' && mapped.status !== 'moved') continue;
            assert.equal(third[mapped.line - 1], row);
            const direct = mapBuffer(first.join('\n'), third.join('\n'), at + 1);
            if (direct.status === 'exact' || direct.status === 'moved') assert.deepEqual(direct, mapped);
          }
        }),
      );
    });
  });

  describe('by the code that a trace shows', () => {
    const code = text('open();', 'total = price(cart)', '}', 'close();', '}');

    it('finds it at its line, or in the one other place that has it', () => {
      assert.deepEqual(locateByCodeText(code, '    total = price(cart)', 2), { line: 2, status: 'exact' });
      assert.deepEqual(locateByCodeText(code, '\n  total = price(cart)\n', 5), { line: 2, status: 'moved' });
    });

    it('says when it is gone, and does not choose between twins', () => {
      assert.deepEqual(locateByCodeText(code, 'total = cost(cart)', 2), { line: 2, status: 'edited' });
      assert.deepEqual(locateByCodeText(code, '}', 2), { line: 2, status: 'unknown' });
      assert.deepEqual(locateByCodeText(code, '  ', 2), { line: 2, status: 'unknown' });
      assert.deepEqual(locateByCodeText(code, 'gone()', 99), { line: 6, status: 'edited' });
    });
  });
});
