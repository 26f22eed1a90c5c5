import assert from 'node:assert/strict';
import { plainTestPlan } from '../../../../src/agents/testPlan/plainTestPlan';
import { testPlanner } from '../../../../src/agents/testPlan/testPlan';
import { caseFile } from '../../../fakes/agentCase';

const file = caseFile();
const plain = plainTestPlan(file)!;
type Answer = Parameters<typeof testPlanner.accept>[0]['cases'][number];
const answer = (basis: string, given: Partial<Answer> = {}): Answer => ({
  basis,
  title: 'A customer without a plan gets a price',
  description: 'Guards against the error of the incident.',
  category: 'Security',
  priority: 'Low',
  steps: ['Make a customer without a plan.', 'Ask for a price and expect an answer.'],
  evidence: ['E2'],
  ...given,
});
const accept = (...cases: Answer[]) => testPlanner.accept({ cases }, file);

describe('the test plan', () => {
  it('has the cases of code with the steps of a model', () => {
    const { output } = accept(answer('TC001'));
    assert.deepEqual(output?.cases[0], { ...plain.cases[0], description: answer('').description, steps: answer('').steps });
    assert.deepEqual(output?.cases.slice(1), plain.cases.slice(1));
  });

  it('takes up to three cases more that cite facts', () => {
    const { output } = accept(...Array.from({ length: 5 }, () => answer('new')), answer('new', { evidence: [] }));
    assert.deepEqual(
      output?.cases.map(({ id }) => id),
      ['TC001', 'TC002', 'TC003', 'TC004', 'TC005', 'TC006', 'TC007'],
    );
    assert.deepEqual(output?.cases.filter(({ category }) => category === 'Security').length, 3);
  });

  it('drops a case with one step that is not fit, whole', () => {
    const evil = answer('TC001', { steps: ['Make a customer.', 'Run rm -rf / and expect nothing.'] });
    assert.equal(accept(evil).output, null);
    const { output, faults } = accept(evil, answer('TC002'));
    assert.deepEqual(output?.cases[0], plain.cases[0]);
    assert.ok(faults.includes('it holds a command'));
    assert.equal(accept(answer('TC001', { steps: ['Only this.'] })).output, null);
  });

  it('is none where no code is to blame', () => {
    assert.equal(testPlanner.accept({ cases: [answer('TC001')] }, caseFile({ verdict: 'external' })).output, null);
    assert.equal(testPlanner.fallback(caseFile({ verdict: 'external' })), null);
  });
});
