import assert from 'node:assert/strict';
import fc from 'fast-check';
import { binOf, calibrationFigures, reliability } from '../../../src/diagnosis/calibrationError';

const near = (value: number | undefined, expected: number) => assert.ok(Math.abs((value ?? Number.NaN) - expected) < 1e-9, `${value}`);
const said = (confidence: number, ...outcomes: readonly boolean[]) => outcomes.map((isRight) => ({ confidence, isRight }));

describe('calibrationFigures', () => {
  it('is zero where what was said came true as often as said', () => {
    const figures = calibrationFigures([...said(1, true, true), ...said(0.5, true, false), ...said(0, false)]);
    near(figures?.ece, 0);
    near(figures?.brier, 0.1);
    near(figures?.right, 0.6);
  });

  it('weighs the gap of each bin by how many hypotheses fall into it', () => {
    const figures = calibrationFigures([...said(0.95, true, true, false), ...said(0.15, true)]);
    near(figures?.ece, (Math.abs(3 * 0.95 - 2) + 0.85) / 4);
    near(figures?.brier, (2 * 0.05 ** 2 + 0.95 ** 2 + 0.85 ** 2) / 4);
    near(figures?.meanConfidence, 0.75);
    near(figures?.brierOfConstant, 0.75 * 0.25);
    assert.equal(figures?.hypotheses, 4);
  });

  it('lets errors of one bin cancel out and those of two not', () => {
    near(calibrationFigures([...said(0.51, true), ...said(0.55, true), ...said(0.59, false), ...said(0.5, false)])?.ece, 0.15 / 4);
    near(calibrationFigures([...said(0.45, true), ...said(0.55, false)])?.ece, 0.55);
  });

  it('says nothing of nothing', () => assert.equal(calibrationFigures([]), null));

  it('puts certainty into the last bin', () => {
    assert.deepEqual([0, 0.099, 0.1, 0.95, 1].map(binOf), [0, 0, 1, 9, 9]);
  });

  it('stays between 0 and 1, and never below the gap of the means', () => {
    const one = fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), isRight: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 60 }), (all) => {
        const figures = calibrationFigures(all);
        assert.ok(figures !== null && figures.ece >= 0 && figures.ece <= 1 && figures.brier >= 0 && figures.brier <= 1);
        assert.ok(figures.ece >= Math.abs(figures.meanConfidence - figures.right) - 1e-9);
      }),
    );
  });
});

describe('reliability', () => {
  it('sets what was said against what came true, bin by bin, so that its gaps add up to the error', () => {
    const all = [...said(0.95, true, true, false, true), ...said(0.15, true), ...said(0.11, false)];
    const bins = reliability(all);
    assert.deepEqual(
      bins.map(({ from, hypotheses, right }) => [from, hypotheses, right]),
      [
        [0.1, 2, 0.5],
        [0.9, 4, 0.75],
      ],
    );
    const gap = bins.reduce(
      (sum, { hypotheses, meanConfidence, right }) => sum + (hypotheses / all.length) * Math.abs(meanConfidence - right),
      0,
    );
    near(calibrationFigures(all)?.ece, gap);
    assert.deepEqual(reliability([]), []);
  });
});
