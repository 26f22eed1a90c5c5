import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bandWidths } from '../../../../src/signals/forecast/bandWidths';

const STEPS = 60;
const flat = new Array<number>(40).fill(3);
const options = { steps: STEPS, inflation: 1, movementShare: 1 };
const row = (at: (step: number) => number) => Float64Array.from({ length: STEPS }, (_, step) => at(step));

describe('bandWidths', () => {
  it('are zero only where neither errors nor recent values move', () => {
    const { up, down } = bandWidths([], flat, options);
    assert.deepEqual([up(0), down(0), up(59), down(59)], [0, 0, 0, 0]);
  });

  it('follow what the series moves now from the first step, and double over the horizon', () => {
    const { up, down } = bandWidths([], [...flat, 4], options);
    assert.ok(Math.abs(up(0) - 1.2816 * Math.sqrt(1 / 12 / 2)) < 1e-9);
    assert.equal(up(0), down(0));
    assert.ok(Math.abs(up(60) - 2 * up(0)) < 1e-9);
    assert.equal(bandWidths([], [...flat, 4], { ...options, movementShare: 0 }).up(30), 0);
  });

  it('join the errors of near and far steps by lines, each side by itself', () => {
    const errors = [row((step) => (step < 30 ? 1 : 5)), row((step) => (step < 30 ? 1 : 5))];
    const { up, down } = bandWidths(errors, flat, options);
    assert.deepEqual([up(0), up(59), down(30)], [1, 5, 0]);
    assert.ok(up(28) > up(22) && up(28) < up(36));
  });

  it('take the 10 % and 90 % quantiles of errors, times the inflation', () => {
    const errors = Array.from({ length: 11 }, (_, index) => row(() => index - 5));
    const { up, down } = bandWidths(errors, flat, { ...options, inflation: 2 });
    assert.ok(Math.abs(up(30) - 8) < 1e-9 && Math.abs(down(30) - 8) < 1e-9);
  });

  it('are never negative or beyond the largest error, whatever the errors', () => {
    const error = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.array(error, { minLength: 7, maxLength: 7 }), { maxLength: 5 }), (rows) => {
        const { up, down } = bandWidths(
          rows.map((values) => Float64Array.from(values)),
          flat,
          options,
        );
        const largest = Math.max(0, ...rows.flat().map(Math.abs));
        for (let step = 0; step < STEPS; step++)
          for (const width of [up(step), down(step)]) assert.ok(width >= 0 && width <= largest * (1 + 1e-12), `${width}`);
      }),
    );
  });
});
