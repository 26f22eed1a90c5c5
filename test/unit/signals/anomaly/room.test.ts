import assert from 'node:assert/strict';
import { roomFor } from '../../../../src/signals/anomaly/room';

describe('room for values', () => {
  it('is the same array while there is a place', () => {
    const values = new Float64Array([1, 2]);
    assert.equal(roomFor(1, values, 8), values);
  });

  it('doubles and keeps the values, but not beyond the most', () => {
    const values = new Float64Array([1, 2, 3]);
    assert.deepEqual([...roomFor(3, values, 8)], [1, 2, 3, 0, 0, 0]);
    assert.equal(roomFor(3, values, 4).length, 4);
  });
});
