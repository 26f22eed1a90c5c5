import assert from 'node:assert/strict';
import { largeModelGigabytes } from '../../../src/domain/modelMemory';

describe('largeModelGigabytes', () => {
  it('says how much memory a large model takes, and nothing of a small one', () => {
    assert.equal(largeModelGigabytes(16_600_000), null);
    assert.equal(largeModelGigabytes(605_000_000)?.toFixed(1), '2.4');
  });
});
