import assert from 'node:assert/strict';
import fc from 'fast-check';
import { candidateMethods } from '../../../../src/signals/forecast/methods';

const cycle = [1, 2, 3, 4];
const three = [...cycle, ...cycle, ...cycle];
function predicted(known: readonly number[], periods: readonly number[], name: string, steps: number): number[] {
  const values = Float64Array.from(known);
  const method = candidateMethods(values, periods).find((each) => each.name.startsWith(name));
  assert.ok(method, name);
  return [...method.predict(values, values.length, steps)];
}

describe('forecast methods', () => {
  it('repeat the last value, the recent mean and medians', () => {
    const known = [5, 5, 5, 9];
    assert.deepEqual(predicted(known, [], 'last value', 2), [9, 9]);
    assert.deepEqual(predicted(known, [], 'median of the last', 2), [5, 5]);
    assert.deepEqual(predicted(known, [], 'median of all', 1), [5]);
    assert.deepEqual(predicted(known, [], 'mean of the last', 2), [6, 6]);
  });

  it('fall back to the mean from a value away from it', () => {
    const known = Array.from({ length: 99 }, (_, index) => 10 + Math.sin(index / 3)).concat(20);
    const values = predicted(known, [], 'return to the mean', 60);
    assert.ok(values[0]! < 20 && values[0]! > values[1]!, `${values[0]} ${values[1]}`);
    assert.ok(Math.abs(values[59]! - 10) < 2, `${values[59]}`);
  });

  it('go on rising, for ever or less and less', () => {
    const line = Array.from({ length: 100 }, (_, index) => 2 * index);
    assert.ok(Math.abs(predicted(line, [], 'drift', 10)[9]! - (198 + 20)) < 1e-9);
    const damped = predicted(line, [], 'damped drift', 60);
    assert.ok(damped[59]! > 198 && damped[59]! < 198 + 40);
  });

  it('count on past a reset of a counter', () => {
    const known = Array.from({ length: 200 }, (_, index) => (index < 150 ? 1000 + 3 * index : 3 * (index - 150)));
    assert.deepEqual(predicted(known, [], 'steady growth', 2), [150, 153]);
  });

  it('repeat the last cycle, further than it is long', () => {
    assert.deepEqual(predicted(three, [4], 'seasonal naive (', 6), [1, 2, 3, 4, 1, 2]);
  });

  it('repeat the cycle at today’s level, or on its way back from there', () => {
    const risen = [...cycle, ...cycle.map((value) => value + 10)];
    assert.deepEqual(predicted(risen, [4], 'seasonal naive at today’s level', 4), [21, 22, 23, 24]);
    const back = predicted(risen, [4], 'seasonal naive, back', 4);
    assert.ok(back[0]! > 11 && back[0]! < 21);
  });

  it('average all cycles', () => {
    const known = [0, 10, 0, 10, 6, 10, 0, 10];
    assert.deepEqual(predicted(known, [4], 'mean of cycles (', 4), [3, 10, 0, 10]);
  });

  it('look only at what is before the end that they are given', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 40, maxLength: 90 }), value, (known, other) => {
        const end = 30;
        const values = Float64Array.from(known);
        const changed = Float64Array.from(known, (each, index) => (index < end ? each : other));
        for (const method of candidateMethods(values, [6, 12]))
          assert.deepEqual(method.predict(values, end, 20), method.predict(changed, end, 20), method.name);
      }),
    );
  });
});
