import assert from 'node:assert/strict';
import { modelEffect, modelEffectText } from '../../../src/evaluation/modelEffect';
import { sampleInvestigation } from '../../fakes/sampleInvestigation';

const alone = sampleInvestigation('/w');
const [best, ...others] = alone.hypotheses;
const withBest = (change: object) => ({ ...alone, hypotheses: [{ ...best!, ...change }, ...others] });
const effect = (worded: typeof alone) => modelEffect('ollama:a', [{ name: 'net/c01', alone, worded }]);

describe('what a language model changed in an evaluation', () => {
  it('is nothing where only words are other ones', () => {
    const worded = { ...withBest({ explanation: 'In other words.' }), summary: 'Else', steps: [], recommendations: [] };
    assert.deepEqual(effect(worded).changed, []);
    assert.match(
      modelEffectText(effect(worded)),
      /^model {8}ollama:a worded 0 of \d+ texts; beside 1 run without it nothing but words changed\n$/,
    );
  });

  for (const [what, worded] of [
    ['a confidence', withBest({ confidence: 0.01 })],
    ['another hypothesis in front', { ...alone, hypotheses: [{ ...best!, id: 'H9' }, best!, ...others] }],
    ['the commit', { ...alone, rootCauseCommit: 'f'.repeat(40) }],
    ['a culprit', { ...alone, culprits: [{ service: 'other', score: 1 }] }],
    ['the verdict', { ...alone, verdict: 'healthy' }],
  ] as const)
    it(`is told where it is ${what}`, () => {
      assert.match(modelEffectText(effect(worded as typeof alone)), /more than words changed in net\/c01/);
    });
});
