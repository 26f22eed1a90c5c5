import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseAnswers } from '../../../src/evaluation/answer';

describe('parseAnswers', () => {
  it('tells "no commit is to blame" from "the set does not ask"', () => {
    const answers = parseAnswers({ c01: { commit: null }, c02: { service: 'shop', note: 'unknown fields are fine' } });
    assert.equal(answers.get('c01')?.commit, null);
    assert.equal(answers.get('c02')?.commit, undefined);
    assert.equal(answers.get('c02')?.service, 'shop');
  });

  it('refuses what are no answers', () => {
    for (const value of [null, 7, [1], { c01: 'shop' }, { c01: { service: 7 } }, { c01: { decoys: 'all' } }])
      assert.throws(() => parseAnswers(value), /ZodError|expected|Invalid/i);
  });

  it('reads or refuses any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          assert.ok(parseAnswers(value) instanceof Map);
        } catch (error) {
          assert.equal((error as Error).name, '$ZodError');
        }
      }),
    );
  });
});
