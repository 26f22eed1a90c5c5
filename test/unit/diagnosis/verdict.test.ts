import assert from 'node:assert/strict';
import { blamedService, rootCauseCommit, verdictOf } from '../../../src/diagnosis/verdict';
import type { Hypothesis } from '../../../src/domain/hypothesis';
import { code, suspect } from '../../fakes/findings';

const SHA = 'a'.repeat(40);
const hypothesis = (kind: string, confidence: number, commit: string | null = null): Hypothesis => ({
  id: 'H1',
  title: '',
  service: 'shop',
  kind,
  confidence,
  commit,
  location: null,
  workspace: null,
  evidenceFor: [],
  evidenceAgainst: [],
  missing: [],
  confidenceFactors: [],
});

describe('blamedService', () => {
  it('is the one of the best hypothesis, as far as there is a verdict', () => {
    assert.equal(blamedService([hypothesis('code_change', 0.9)], 'code'), 'shop');
    assert.equal(blamedService([hypothesis('unknown', 0.2)], 'inconclusive'), null);
    assert.equal(blamedService([hypothesis('healthy', 0.9)], 'healthy'), null);
    assert.equal(blamedService([], 'code'), null);
  });
});

describe('the bars', () => {
  it('look at what the formula gave, not at what calibration made of it', () => {
    const doubted = { ...hypothesis('code_change', 0.1, SHA), rawConfidence: 0.9 };
    const flattered = { ...hypothesis('code_change', 0.9, SHA), rawConfidence: 0.1 };
    assert.equal(verdictOf([doubted]), 'code');
    assert.equal(verdictOf([flattered]), 'inconclusive');
  });

  it('name the service in which it began, though not why, unless that is weak', () => {
    assert.equal(verdictOf([hypothesis('localised_fault', 0.6)]), 'inconclusive');
    assert.equal(blamedService([hypothesis('localised_fault', 0.6)], 'inconclusive'), 'shop');
    assert.equal(blamedService([hypothesis('localised_fault', 0.1)], 'inconclusive'), null);
  });
});

describe('verdictOf', () => {
  it('follows the best hypothesis', () => {
    const expected = {
      code_change: 'code',
      code_defect: 'code',
      feature_flag: 'configuration',
      configuration_change: 'configuration',
      resource_exhaustion: 'infrastructure',
      traffic_surge: 'infrastructure',
      infrastructure_outage: 'infrastructure',
      dependency_outage: 'external',
      healthy: 'healthy',
      unknown: 'inconclusive',
    };
    for (const [kind, verdict] of Object.entries(expected))
      assert.equal(verdictOf([hypothesis(kind, 0.8), hypothesis('healthy', 0.1)]), verdict);
  });

  it('is inconclusive when even the best is weak, and without any', () => {
    assert.equal(verdictOf([hypothesis('code_change', 0.2)]), 'inconclusive');
    assert.equal(verdictOf([]), 'inconclusive');
  });
});

describe('rootCauseCommit', () => {
  it('names the commit of a sure best hypothesis', () => {
    assert.equal(rootCauseCommit([hypothesis('code_change', 0.8, SHA)], code({ suspects: [suspect()] })), SHA);
  });

  it('names nobody whose own evidence is not good enough, however sure the numbers look', () => {
    const doubtful = code({ suspects: [suspect({ isToBlame: false, score: 0.9 })] });
    assert.equal(rootCauseCommit([hypothesis('code_change', 0.9, SHA)], doubtful), null);
  });

  it('does not depend on the confidence, so that calibrating it blames nobody else', () => {
    assert.equal(rootCauseCommit([hypothesis('code_change', 0.1, SHA)], code({ suspects: [suspect()] })), SHA);
  });

  it('names nobody when something else explains it better, or the commit is no suspect', () => {
    const all = [hypothesis('dependency_outage', 0.7), hypothesis('code_change', 0.6, SHA)];
    assert.equal(rootCauseCommit(all, code({ suspects: [suspect()] })), null);
    assert.equal(rootCauseCommit([hypothesis('code_change', 0.8, SHA)], code()), null);
    assert.equal(rootCauseCommit([], code()), null);
  });
});
