import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hashNumber, hashUuid } from '../../../../src/sandbox/api/ids';

describe('the ids made of texts', () => {
  it('are the same for the same text, and safe integers', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(hashNumber(text), hashNumber(text));
        assert.ok(Number.isSafeInteger(hashNumber(text)));
        assert.match(hashUuid(text), /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });

  it('differ for different texts', () => {
    assert.notEqual(hashNumber('a'), hashNumber('b'));
    assert.notEqual(hashUuid('a'), hashUuid('b'));
  });
});
