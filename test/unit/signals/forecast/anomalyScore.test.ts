import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ANOMALOUS, anomalyScore, judge } from '../../../../src/signals/forecast/anomalyScore';

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

describe('judge', () => {
  const whole = { ...band, p10: [8, 8, 8, 8, 8] };

  it('flags values that lie far below the band, and scores only those above it', () => {
    assert.deepEqual(judge([2, 2, 2, 2, 2], whole, context), { score: 0, isDrop: true });
    const { score, isDrop } = judge([20, 20, 20, 20, 20], whole, context);
    assert.ok(score > ANOMALOUS && !isDrop);
    assert.deepEqual(judge([10, 11, 9, 8, 12], whole, context), { score: 0, isDrop: false });
  });

  it('leaves out what was not observed', () => {
    assert.deepEqual(judge([null, null, null, null, null], whole, context), { score: 0, isDrop: false });
    assert.ok(judge([null, null, null, null, 20], whole, context).score > ANOMALOUS);
  });
});
