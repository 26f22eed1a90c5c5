import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bandWidths } from '../../../../src/signals/forecast/bandWidths';

const STEPS = 60;
const none: readonly (readonly number[])[] = Array.from({ length: STEPS }, () => []);
const flat = new Array<number>(40).fill(3);

describe('bandWidths', () => {
  it('are zero only where neither errors nor recent values move', () => {
    const { up, down } = bandWidths(none, flat);
    assert.deepEqual([up(0), down(0), up(59), down(59)], [0, 0, 0, 0]);
  });

  it('follow what the series moves now from the first step, and double over the horizon', () => {
    const { up, down } = bandWidths(none, [...flat, 4]);
    assert.ok(Math.abs(up(0) - 1.2816 * Math.sqrt(1 / 12 / 2)) < 1e-9);
    assert.equal(up(0), down(0));
    assert.ok(Math.abs(up(59) - 2 * up(0)) < 1e-9);
  });

  it('join the errors of near and far steps by a line, each side by itself', () => {
    const errors = none.map((_, step) => (step < 30 ? [1, 1, 1] : [5, 5, 5]));
    const { up, down } = bandWidths(errors, flat);
    assert.deepEqual([up(0), up(59), down(30)], [1, 5, 0]);
    assert.ok(up(20) > up(10) && up(20) < up(30));
  });

  it('never narrow with the steps, whatever the errors', () => {
    const error = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(error, { minLength: 1, maxLength: STEPS }), (errors) => {
        const { up, down } = bandWidths(errors, flat);
        for (let step = 1; step < errors.length; step++) assert.ok(up(step) >= up(step - 1) && down(step) >= down(step - 1));
      }),
    );
  });
});
