import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fixBranch, freeName, slug } from '../../../src/fix/branchName';

describe('the name of a branch', () => {
  it('says what it is about, then what is done', () => {
    assert.equal(fixBranch('Guests cannot check out', 'revert fef1cf7'), 'aidog/guests-cannot-check-out-revert-fef1cf7');
  });

  it('is a name even when the incident has no letter that a branch may have', () => {
    assert.equal(fixBranch('注文が失敗', '…'), 'aidog/fix');
    assert.equal(fixBranch('注文が失敗', 'revert fef1cf7'), 'aidog/revert-fef1cf7');
  });

  it('ends with a whole word, and cuts one that is too long by itself', () => {
    assert.equal(slug('one two three', 8), 'one-two');
    assert.equal(slug('Überschwemmung', 5), 'ubers');
    assert.equal(slug('x'.repeat(100)).length, 40);
  });

  it('drops accents and keeps digits', () => {
    assert.equal(slug('Café №5: p95 > 2 s'), 'cafe-no5-p95-2-s');
  });

  it('is one that Git, a shell and every file system take, whatever the incident is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), fc.string({ maxLength: 60 }), (incident, deed) => {
        assert.match(fixBranch(incident, deed), /^aidog\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
        assert.ok(fixBranch(incident, deed).length <= 90);
      }),
    );
  });

  it('is the first free one', () => {
    const taken = new Set(['a', 'a-2', 'b']);
    assert.deepEqual(
      ['a', 'b', 'c'].map((name) => freeName(name, (wanted) => taken.has(wanted))),
      ['a-3', 'b-2', 'c'],
    );
  });
});
