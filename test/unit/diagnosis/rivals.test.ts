import assert from 'node:assert/strict';
import { type Claim, counterEvidence, isRival } from '../../../src/diagnosis/rivals';
import { failure, findings } from '../../fakes/findings';

const claim = (kind: string, given: Partial<Claim> = {}): Claim => ({
  kind,
  service: 'shop',
  commit: null,
  evidenceClass: 'mechanism',
  ...given,
});

describe('isRival', () => {
  it('takes two causes for rivals, and nothing for a rival of not knowing', () => {
    assert.equal(isRival(claim('dependency_outage'), claim('configuration_change')), true);
    assert.equal(isRival(claim('unknown'), claim('healthy')), false);
    assert.equal(isRival(claim('healthy'), claim('unknown')), false);
    const one = claim('healthy');
    assert.equal(isRival(one, one), false);
  });

  it('takes no consequence for a rival of its root, unless only the timing speaks for the root', () => {
    assert.equal(isRival(claim('code_change'), claim('resource_exhaustion')), false);
    assert.equal(isRival(claim('code_change', { evidenceClass: 'timing' }), claim('resource_exhaustion')), true);
    assert.equal(isRival(claim('resource_exhaustion'), claim('code_change')), true);
  });

  it('takes more requests and the resource that they use up for one story, in one service', () => {
    assert.equal(isRival(claim('traffic_surge'), claim('resource_exhaustion')), false);
    assert.equal(isRival(claim('resource_exhaustion'), claim('traffic_surge')), false);
    assert.equal(isRival(claim('traffic_surge', { service: 'web' }), claim('resource_exhaustion')), true);
  });

  it('takes defect and change of the same code for one cause, and two commits for two', () => {
    const [a, b] = [claim('code_change', { commit: 'a' }), claim('code_change', { commit: 'b' })];
    assert.equal(isRival(a, claim('code_defect')), false);
    assert.equal(isRival(a, b), true);
    assert.equal(isRival(a, { ...a }), false);
  });

  it('takes a place for a rival of causes elsewhere only, and of being well', () => {
    const place = claim('localised_fault');
    assert.equal(isRival(place, claim('resource_exhaustion')), false);
    assert.equal(isRival(claim('dependency_outage', { service: 'db' }), place), true);
    assert.equal(isRival(place, claim('healthy')), true);
  });
});

describe('counterEvidence', () => {
  const blamed = { kind: 'resource_exhaustion', service: 'shop' };

  it('is what fails elsewhere while the blamed service does not, callers aside', () => {
    const failures = [failure({ service: 'stock', evidence: 'E11' }), failure({ service: 'web', evidence: 'E12' })];
    assert.deepEqual(counterEvidence(blamed, findings({ failures })), ['E11']);
    assert.deepEqual(counterEvidence(blamed, findings({ failures: [...failures, failure()] })), []);
  });

  it('is nothing for what blames nobody', () => {
    const found = findings({ failures: [failure({ service: 'stock' })] });
    assert.deepEqual(counterEvidence({ kind: 'healthy', service: 'shop' }, found), []);
    assert.deepEqual(counterEvidence({ kind: 'traffic_surge', service: null }, found), []);
  });
});
