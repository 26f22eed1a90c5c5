import assert from 'node:assert/strict';
import { plainExplanation } from '../../../../src/agents/hypothesisRanker/plainExplanation';
import { caseFile, hypothesis } from '../../../fakes/agentCase';

const file = caseFile();
const explain = (given: Parameters<typeof hypothesis>[0] = {}) => plainExplanation(hypothesis(given), file);

describe('plainExplanation', () => {
  it('says what a commit changed and what was seen', () => {
    assert.equal(
      explain(),
      'Commit a1b2c3d in shop/prices.js: the check that customer.plan exists was removed [E3]. ' +
        "shop failed 20 times since 12:00 UTC: Cannot read properties of undefined (reading 'tier') [E2].",
    );
  });

  it('says what speaks against it, and leaves what to look at next to the question beside it', () => {
    const text = explain({
      commit: null,
      kind: 'feature_flag',
      evidenceFor: ['E4'],
      evidenceAgainst: ['E5'],
      confidenceFactors: [{ name: 'strength', value: 0.2, reason: 'it happened before the onset' }],
      nextQuery: { title: 'Split the errors by flag', source: 'logs', query: 'x', link: null },
    });
    assert.match(text, /^It happened before the onset \[E4\]\. /);
    assert.match(text, /Against it: The error rate of shop was 0\.2 % for 16 min after the flag \[E5\]\.$/);
  });

  it('owns up where no cause is seen', () => assert.match(explain({ kind: 'unknown', commit: null }), /^No cause is seen; /));

  it('keeps the small letters of names', () => {
    const text = explain({
      commit: null,
      kind: 'resource_exhaustion',
      confidenceFactors: [{ name: 'strength', value: 1, reason: 'container.cpu went from 6 % to 88 %' }],
    });
    assert.match(text, /^container\.cpu went/);
  });

  it('cites only facts that exist', () => {
    assert.ok(!explain({ evidenceFor: ['E3', 'E99'] }).includes('E99'));
    assert.match(explain({ evidenceFor: [] }), /^Commit a1b2c3d in shop\/prices\.js: the check that customer\.plan exists was removed\.$/);
  });
});
