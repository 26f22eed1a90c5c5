import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hashNamed, nameOf, WILDCARD } from '../../../../src/signals/logs/namedToken';

const name = (text: string) => nameOf(text, 0, text.length);
const hash = (text: string) => hashNamed(text, 0, text.length);

describe('nameOf', () => {
  it('keeps the letters of names with numbers', () => {
    const cases = {
      'blk_-4711': 'blk_<*>',
      'node-12': 'node-<*>',
      storage442: 'storage<*>',
      broadcast_2_piece0: 'broadcast_<*>_piece<*>',
      'part-00001.gz': 'part-<*>',
      DFSClient_NONMAPREDUCE_1537_1: 'DFSClient_NONMAPREDUCE_<*>',
    };
    for (const [token, expected] of Object.entries(cases)) assert.equal(name(token), expected);
  });

  it('drops single letters between numbers, which are part of an id', () => {
    assert.equal(name('attempt_1445_0020_m_000000_0'), 'attempt_<*>');
    assert.equal(name('attempt_1445_0020_r_000001_0'), 'attempt_<*>');
  });

  it('takes letters and digits in a mixture for an id', () => {
    assert.equal(name('Air_Brcm43xx'), 'Air_<*>');
  });

  it('holds no digit, whatever the token', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z]{2,5}[a-zA-Z0-9_.-]{1,20}$/), (token) => {
        assert.doesNotMatch(name(token).replaceAll(WILDCARD, ''), /\d/);
      }),
    );
  });
});

describe('hashNamed', () => {
  it('is equal for tokens that differ in their numbers only', () => {
    assert.equal(hash('blk_-4711'), hash('blk_-12'));
    assert.equal(hash('attempt_1_m_2'), hash('attempt_3_r_4'));
    assert.notEqual(hash('rdd_1_2'), hash('broadcast_1_2'));
    assert.notEqual(hash('broadcast_1'), hash('broadcast_1_piece0'));
  });

  it('reads the part of the text that it is told', () => {
    assert.equal(hashNamed('xx node-1 yy', 3, 9), hash('node-7'));
  });
});
