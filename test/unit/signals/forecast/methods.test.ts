import assert from 'node:assert/strict';
import { candidateMethods } from '../../../../src/signals/forecast/methods';

const cycle = [1, 2, 3, 4];
const three = [...cycle, ...cycle, ...cycle];
const methodNamed = (known: readonly number[], season: number | null, name: string) =>
  candidateMethods(known, season).find((method) => method.name.startsWith(name));

describe('forecast methods', () => {
  it('repeat the last value, the recent median and the recent mean', () => {
    const known = [5, 5, 5, 9];
    assert.deepEqual(methodNamed(known, null, 'last value')?.predict(known, 2), [9, 9]);
    assert.deepEqual(methodNamed(known, null, 'median')?.predict(known, 2), [5, 5]);
    assert.deepEqual(methodNamed(known, null, 'mean of the last')?.predict(known, 2), [6, 6]);
  });

  it('repeat the last cycle, further than it is long', () => {
    assert.deepEqual(methodNamed(three, 4, 'seasonal naive (')?.predict(three, 6), [1, 2, 3, 4, 1, 2]);
  });

  it("repeat the cycle at today's level", () => {
    const risen = [...cycle, ...cycle.map((value) => value + 10)];
    assert.deepEqual(methodNamed(risen, 4, "seasonal naive at today's level")?.predict(risen, 4), [21, 22, 23, 24]);
  });

  it('average all cycles', () => {
    const known = [0, 10, 0, 10, 6, 10, 0, 10];
    assert.deepEqual(methodNamed(known, 4, 'mean of cycles')?.predict(known, 4), [3, 10, 0, 10]);
  });

  it('offer no cycle that is longer than what is known', () => {
    assert.ok(candidateMethods([1, 2, 3], 50).every((method) => !method.name.includes('period')));
  });
});
