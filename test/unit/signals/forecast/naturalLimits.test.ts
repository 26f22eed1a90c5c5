import assert from 'node:assert/strict';
import fc from 'fast-check';
import { naturalLimits, reachLimits } from '../../../../src/signals/forecast/naturalLimits';

describe('naturalLimits', () => {
  it('keep at zero what never was below, and a share at its whole', () => {
    assert.deepEqual([-1, 0.5, 2].map(naturalLimits([0, 1], 'fraction')), [0, 0.5, 1]);
    assert.deepEqual([-9, 200].map(naturalLimits([-1, 120], 'percent')), [-9, 200]);
  });
});

describe('reachLimits', () => {
  it('hold edges that are far from anything seen, and leave what a steady trend reaches', () => {
    const calm = Array.from({ length: 100 }, (_, at) => (at < 96 ? 10 : 50));
    assert.deepEqual([-500, 30, 90, 1711].map(reachLimits(calm, 60)), [-54, 30, 90, 114]);
    const rising = Array.from({ length: 32 }, (_, at) => at);
    assert.equal(reachLimits(rising, 60)(91), 91);
  });

  it('change nothing where nothing is known, and never the values seen', () => {
    assert.equal(reachLimits([], 60)(7), 7);
    const values = fc.array(fc.double({ min: -1e100, max: 1e100, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(fc.property(values, (known) => void assert.deepEqual(known.map(reachLimits(known, 60)), known)));
  });
});
