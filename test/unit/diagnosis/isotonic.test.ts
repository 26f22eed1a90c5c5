import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isotonic, type Observed, shareAt } from '../../../src/diagnosis/isotonic';

const outcome = fc.record({ raw: fc.integer({ min: 0, max: 20 }).map((step) => step / 20), isRight: fc.boolean() });
const outcomes = fc.array(outcome, { minLength: 1, maxLength: 40 });
const observed = (all: readonly { readonly raw: number; readonly isRight: boolean }[]): Observed[] =>
  all.map(({ raw, isRight }) => ({ raw, right: Number(isRight), of: 1 }));

/** The isotonic regression by its min-max formula (Robertson, Wright and Dykstra 1988), in cubic time. */
function reference(all: readonly Observed[], raw: number): number {
  const values = [...new Set(all.map((one) => one.raw))].sort((a, b) => a - b);
  const meanOf = (from: number, to: number) => {
    const within = all.filter((one) => one.raw >= from && one.raw <= to);
    return within.reduce((sum, one) => sum + one.right, 0) / within.reduce((sum, one) => sum + one.of, 0);
  };
  const [below, above] = [values.filter((value) => value <= raw), values.filter((value) => value >= raw)];
  return Math.max(...below.map((from) => Math.min(...above.map((to) => meanOf(from, to)))));
}

describe('isotonic', () => {
  it('pools neighbours that fall', () => {
    const blocks = isotonic([
      { raw: 0.1, right: 0, of: 2 },
      { raw: 0.3, right: 3, of: 3 },
      { raw: 0.5, right: 1, of: 2 },
      { raw: 0.9, right: 5, of: 5 },
    ]);
    assert.deepEqual(blocks, [
      { from: 0.1, to: 0.1, share: 0, of: 2 },
      { from: 0.3, to: 0.5, share: 0.8, of: 5 },
      { from: 0.9, to: 0.9, share: 1, of: 5 },
    ]);
  });

  it('is the isotonic regression', () => {
    fc.assert(
      fc.property(outcomes, (all) => {
        const points = observed(all);
        const blocks = isotonic(points);
        for (const { raw } of points) assert.ok(Math.abs(shareAt(blocks, raw) - reference(points, raw)) < 1e-9);
      }),
    );
  });

  it('keeps what came true altogether, and the order of the outcomes does not matter', () => {
    fc.assert(
      fc.property(outcomes, (all) => {
        const blocks = isotonic(observed(all));
        const right = blocks.reduce((sum, { share, of }) => sum + share * of, 0);
        assert.ok(Math.abs(right - all.filter(({ isRight }) => isRight).length) < 1e-9);
        assert.deepEqual(isotonic(observed([...all].reverse())), blocks);
      }),
    );
  });

  it('leaves out what has no weight or no value', () => {
    const nothing = [
      { raw: 0.2, right: 0, of: 0 },
      { raw: Number.NaN, right: 1, of: 1 },
    ];
    assert.deepEqual(isotonic(nothing), []);
  });
});

describe('shareAt', () => {
  const blocks = isotonic([
    { raw: 0.2, right: 1, of: 4 },
    { raw: 0.6, right: 3, of: 4 },
  ]);

  it('goes straight from block to block and stays level beyond them', () => {
    const shares = [0, 0.2, 0.4, 0.6, 1].map((raw) => shareAt(blocks, raw));
    shares.forEach((share, at) => {
      assert.ok(Math.abs(share - [0.25, 0.25, 0.5, 0.75, 0.75][at]!) < 1e-9);
    });
    assert.ok(Number.isNaN(shareAt([], 0.5)));
  });

  it('never falls', () => {
    const value = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(outcomes, value, value, (all, a, b) => {
        const fitted = isotonic(observed(all));
        assert.ok(shareAt(fitted, Math.min(a, b)) <= shareAt(fitted, Math.max(a, b)) + 1e-12);
      }),
    );
  });
});
