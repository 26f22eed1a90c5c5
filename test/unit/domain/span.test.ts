import assert from 'node:assert/strict';
import fc from 'fast-check';
import { idNumbers, sameTrace } from '../../../src/domain/span';

describe('sameTrace', () => {
  it('knows an id in decimal and in 128-bit hexadecimal form as one', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.bigInt(0n, 2n ** 64n - 1n), (low, high) => {
        const hex = high.toString(16).padStart(16, '0') + low.toString(16).padStart(16, '0');
        return sameTrace(low.toString(10), hex) && sameTrace(hex, low.toString(16).padStart(16, '0'));
      }),
    );
  });

  it('keeps different ids apart', () => {
    assert.equal(sameTrace('1234', '1235'), false);
    assert.equal(sameTrace('a1', 'b1'), false);
    assert.equal(sameTrace('not an id', 'other'), false);
  });

  it('takes text that is no number only for itself', () => {
    assert.equal(sameTrace('root-1', 'root-1'), true);
    assert.deepEqual(idNumbers('root-1'), []);
  });
});
