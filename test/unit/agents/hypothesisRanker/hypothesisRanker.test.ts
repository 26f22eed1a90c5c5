import assert from 'node:assert/strict';
import { hypothesisRanker, MODEL_SAYS } from '../../../../src/agents/hypothesisRanker/hypothesisRanker';
import { plainExplanation } from '../../../../src/agents/hypothesisRanker/plainExplanation';
import { caseFile } from '../../../fakes/agentCase';

const file = caseFile();
const why = (text: string, ...evidence: string[]) => [{ text, evidence }];
const accept = (...given: Parameters<typeof hypothesisRanker.accept>[0]['hypotheses']) =>
  hypothesisRanker.accept({ hypotheses: given, ideas: [] }, file);
const plain = (index: number) => plainExplanation(file.hypotheses[index]!, file);

describe('the ranker', () => {
  it('explains each hypothesis with what code found, and the words of the model beneath', () => {
    const { output, faults } = accept(
      { id: 'H2', why: why('The flag came long before the errors.', 'E4', 'E5') },
      { id: 'H1', why: why('Without the check a customer without a plan ends in an error.', 'E3') },
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(output?.explanations, {
      H1: `${plain(0)} ${MODEL_SAYS}Without the check a customer without a plan ends in an error [E3].`,
      H2: `${plain(1)} ${MODEL_SAYS}The flag came long before the errors [E4, E5].`,
    });
  });

  it('explains the others itself, and all of them when no words are fit', () => {
    const { output, faults } = accept({ id: 'H1', why: why('A check is gone.', 'E3') });
    assert.equal(output?.explanations.H2, plain(1));
    assert.ok(faults.includes('H2 is not explained'));
    assert.equal(accept({ id: 'H1', why: why('Commit b7c8d9e did it.', 'E3') }).output, null);
    assert.deepEqual(hypothesisRanker.fallback(file), { explanations: { H1: plain(0), H2: plain(1) }, ideas: [] });
  });

  it('takes ideas that cite facts and blame nobody', () => {
    const ideas = [
      { title: 'Customers without a plan', why: why('They are the ones that fail.', 'E2') },
      { title: 'Blame somebody', why: why('The root cause is stock.', 'E2') },
    ];
    const { output } = hypothesisRanker.accept({ hypotheses: [{ id: 'H1', why: why('A check is gone.', 'E3') }], ideas }, file);
    assert.deepEqual(output?.ideas, [
      { title: 'Customers without a plan', rationale: 'They are the ones that fail [E2].', evidence: ['E2'] },
    ]);
  });
});
