import assert from 'node:assert/strict';
import type { Localisation, Sign } from '../../../src/diagnosis/localisation/sign';
import { localisedFault } from '../../../src/diagnosis/place';

const sign = (given: Partial<Sign> = {}): Sign => ({
  service: 'db',
  kind: 'saturation',
  score: 0.9,
  reason: 'CPU rose',
  evidence: 'E1',
  ...given,
});
const localisation = (signs: readonly Sign[], margin = 0.5): Localisation => ({
  culprits: [
    { service: 'db', score: 0.8 },
    { service: 'web', score: 0.4 },
  ],
  best: { service: 'db', isPathVerified: true, margin, signs },
});

describe('localisedFault', () => {
  it('names the place with its plainest sign, cites each fact once, and admits that it cannot say why', () => {
    const found = localisedFault(localisation([sign(), sign({ kind: 'latency', reason: 'it answers late', evidence: 'E2' }), sign()]));
    assert.equal(found?.title, 'It begins in db: CPU rose');
    assert.deepEqual(found?.evidenceFor, ['E1', 'E2']);
    assert.equal(found?.strengthReason, 'CPU rose; it answers late; CPU rose');
    assert.match(found?.missing[0] ?? '', /^why db behaves like this/);
  });

  it('is the stronger the further the place leads', () => {
    const strengths = [0, 0.5, 1].map((margin) => localisedFault(localisation([sign()], margin))?.strength);
    assert.deepEqual(strengths, [0.4, 0.8 * 0.75, 0.8]);
  });

  it('tells how many signs it does not tell', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((reason) => sign({ reason }));
    assert.equal(localisedFault(localisation(many))?.strengthReason, 'a; b; c; and 2 more signs');
  });

  it('says nothing without a fact, without a symptom, or without a place', () => {
    assert.equal(localisedFault(localisation([sign({ evidence: null })])), null);
    assert.equal(localisedFault(localisation([sign({ kind: 'path' }), sign({ kind: 'alerting' })])), null);
    assert.equal(localisedFault({ culprits: [], best: null }), null);
  });
});
