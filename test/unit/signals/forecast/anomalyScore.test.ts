import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anomalyScore } from '../../../../src/signals/forecast/anomalyScore';

const band = { median: [10, 10, 10, 10, 10], p90: [12, 12, 12, 12, 12] };
const context = [9, 10, 11, 10, 9, 11];

describe('anomalyScore', () => {
  it('is zero inside the band and below it', () => {
    assert.equal(anomalyScore([10, 11, 12, 9, 1], band, context), 0);
  });

  it('passes seventy at about 1.2 half-widths above', () => {
    assert.ok(anomalyScore([14, 14, 14, 14, 14], band, context) < 70);
    assert.ok(anomalyScore([15, 15, 15, 15, 15], band, context) > 70);
  });

  it('believes no band without width', () => {
    const flat = { median: [10, 10], p90: [10, 10] };
    assert.equal(anomalyScore([10, 10], flat, [10, 10, 10]), 0);
    assert.equal(anomalyScore([11, 11], flat, [10, 10, 10]), 100);
  });

  it('stays between 0 and 100 and grows with the values', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true }), (value, more) => {
        const low = anomalyScore([value], band, context);
        const high = anomalyScore([value + more], band, context);
        assert.ok(low >= 0 && high <= 100 && low <= high);
      }),
    );
  });
});
