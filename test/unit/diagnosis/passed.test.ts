import assert from 'node:assert/strict';
import { type Explanation, explanation } from '../../../src/diagnosis/explanation';
import { passed } from '../../../src/diagnosis/passed';
import { findings, ONSET_MS } from '../../fakes/findings';

const made = (given: Partial<Explanation>) =>
  explanation({
    kind: 'dependency_outage',
    title: 'stock is down',
    service: 'stock',
    evidenceClass: 'mechanism',
    strength: 0.9,
    strengthReason: 'calls are refused',
    evidenceFor: ['E1'],
    ...given,
  });
const cause = made({});
const isOver = made({ kind: 'healthy', service: 'shop' });
const recovered = findings({ alertState: 'recovered', recoveredAtMs: ONSET_MS + 600_000 });

describe('passed', () => {
  it('puts what explains a trouble that is over behind its being over', () => {
    const told = passed(cause, [cause, isOver], recovered);
    assert.equal(told.evidenceClass, 'association');
    assert.ok(told.strength < cause.strength);
    assert.match(told.strengthReason, /has recovered since/);
  });

  it('leaves the present state and what is weaker already in their class', () => {
    assert.equal(passed(isOver, [cause, isOver], recovered), isOver);
    assert.equal(passed(made({ evidenceClass: 'timing' }), [isOver], recovered).evidenceClass, 'timing');
  });

  it('leaves causes alone while something is still wrong or nothing recovered', () => {
    assert.equal(passed(cause, [cause, { ...isOver, evidenceClass: 'association' }], recovered), cause);
    assert.equal(passed(cause, [cause, isOver], findings()), cause);
  });
});
