import assert from 'node:assert/strict';
import fc from 'fast-check';
import { traceKey, traceKeys } from '../../../../src/sandbox/store/traceKey';

describe('trace keys', () => {
  it('are the same for every way to write an id', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 63n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (lower, upper) => {
        const hex = lower.toString(16).padStart(16, '0');
        const whole = upper.toString(16).padStart(16, '0') + hex;
        assert.equal(traceKey(lower.toString()), hex);
        assert.ok(traceKeys(whole).includes(hex));
        assert.ok(traceKeys(whole.toUpperCase()).includes(hex));
      }),
    );
  });

  it('take sixteen digits for both notations', () => {
    assert.deepEqual(traceKeys('1234567890123456'), ['1234567890123456', BigInt('1234567890123456').toString(16).padStart(16, '0')]);
  });

  it('leave other text alone but for its case', () => {
    assert.equal(traceKey('Trace-A'), 'trace-a');
  });
});
