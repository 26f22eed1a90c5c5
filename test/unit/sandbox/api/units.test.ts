import assert from 'node:assert/strict';
import { unitPair } from '../../../../src/sandbox/api/units';

describe('unitPair', () => {
  it('describes known units', () => {
    assert.deepEqual(unitPair('millisecond')[0], {
      id: 7,
      family: 'time',
      name: 'millisecond',
      plural: 'milliseconds',
      short_name: 'ms',
      scale_factor: 0.001,
    });
    assert.equal(unitPair('millisecond')[1], null);
  });

  it('splits rates into unit and per-unit', () => {
    assert.deepEqual(
      unitPair('byte/second').map((unit) => unit?.name),
      ['byte', 'second'],
    );
  });

  it('keeps unknown names, and has nothing for none', () => {
    assert.equal(unitPair('session')[0]?.name, 'session');
    assert.equal(unitPair('constructor')[0]?.family, 'general');
    assert.deepEqual(unitPair(null), [null, null]);
  });
});
