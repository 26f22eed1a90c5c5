import assert from 'node:assert/strict';
import type { Investigation } from '../../../src/domain/investigation';
import { judge } from '../../../src/evaluation/judge';
import { sampleInvestigation, sha } from '../../fakes/sampleInvestigation';

const OTHER = 'b'.repeat(40);
const found = (changes: Partial<Investigation> = {}) => sampleInvestigation('/repo', changes);
const topWith = (changes: object) => found({ hypotheses: [{ ...found().hypotheses[0]!, ...changes }] });

describe('judge', () => {
  it('asks only what the answer knows', () => {
    assert.deepEqual(Object.keys(judge({ service: 'checkout' }, found())).sort(), ['confidence', 'coverage', 'isRight', 'rank']);
    assert.equal(judge({ verdict: 'code' }, found()).commit, undefined);
  });

  it('finds the place of the service among the culprits', () => {
    const culprits = ['web', 'shop', 'db'].map((service, at) => ({ service, score: 1 - at / 10 }));
    assert.equal(judge({ service: 'db' }, found({ culprits })).rank, 3);
    assert.equal(judge({ service: 'mail' }, found({ culprits })).rank, null);
  });

  it('takes the first hypothesis for right by its service, or by its commit where the set knows that', () => {
    assert.equal(judge({ service: 'checkout' }, found()).isRight, true);
    assert.equal(judge({ service: 'web' }, found()).isRight, false);
    assert.equal(judge({ service: 'web', commit: sha }, found()).isRight, true);
    assert.equal(judge({ service: 'checkout', commit: null }, found()).isRight, false);
    assert.equal(judge({ commit: null }, topWith({ commit: null })).isRight, true);
    assert.equal(judge({ verdict: 'code' }, found()).isRight, true);
    assert.equal(judge({ verdict: 'healthy' }, found()).isRight, false);
  });

  it('tells a right blame from silence, decoys, wrong ones and the blame of somebody innocent', () => {
    const result = (commit: string | null, named: string | null, decoys: string[] = []) =>
      judge({ commit, decoys }, found({ rootCauseCommit: named })).commit;
    assert.equal(result(sha, sha), 'pass');
    assert.equal(result(sha, sha.slice(0, 7)), 'pass');
    assert.equal(result(sha, sha.slice(0, 6)), 'wrong');
    assert.equal(result(sha.toUpperCase(), sha), 'pass');
    assert.equal(result(sha, null), 'abstained');
    assert.equal(result(sha, OTHER), 'wrong');
    assert.equal(result(sha, OTHER, [OTHER]), 'decoy');
    assert.equal(result(null, OTHER, [OTHER]), 'accused');
    assert.equal(result(null, null), 'pass');
  });

  it('ranks the guilty commit among the suspects, and asks for no rank where none is guilty', () => {
    assert.equal(judge({ commit: sha }, found()).suspectRank, 1);
    assert.equal(judge({ commit: OTHER }, found()).suspectRank, null);
    assert.equal('suspectRank' in judge({ commit: null }, found()), false);
  });

  it('counts words that the report must have and must not have, whatever their case', () => {
    const answer = {
      verdict: 'code',
      requiredKeywords: ['TYPEERROR', 'disk'],
      rulingOutKeywords: [],
      forbiddenKeywords: ['total()', 'moon'],
    };
    const { required, rulingOut, forbidden } = judge(answer, found());
    assert.deepEqual([required, rulingOut, forbidden], [0.5, undefined, 1]);
  });

  it('holds a failed investigation for wrong in everything', () => {
    const judged = judge({ service: 'checkout', commit: null, verdict: 'code', requiredKeywords: ['x'] }, null);
    assert.deepEqual(judged, {
      verdict: null,
      isVerdictRight: false,
      required: 0,
      forbidden: 0,
      rank: null,
      commit: 'failed',
      isDecoy: false,
      isAbstained: false,
    });
  });

  it('leaves out a confidence that is none', () => {
    for (const confidence of [Number.NaN, -0.1, 1.1])
      assert.equal(judge({ service: 'checkout' }, topWith({ confidence })).confidence, undefined);
    assert.equal(judge({ service: 'checkout' }, found({ hypotheses: [] })).confidence, undefined);
  });
});
