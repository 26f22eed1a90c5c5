import assert from 'node:assert/strict';
import type { TraceEntry } from '../../../src/domain/investigation';
import { modelProblem } from '../../../src/investigation/modelProblem';

const entry = (agent: string, ok: boolean, why: string | null): TraceEntry => ({
  at: '2026-01-01T00:00:00.000Z',
  stage: 'guide',
  agent,
  ms: 1,
  ok,
  note: '',
  call: {
    inputCharacters: 1,
    outputCharacters: 1,
    tokensIn: 1,
    tokensOut: 1,
    costUsd: 0,
    model: null,
    answeredBy: ok ? 'model' : 'fallback',
    why,
  },
});

describe('the problem with a language model', () => {
  it('is none when its answers were fit, when no model is set, and when none was asked', () => {
    assert.equal(modelProblem([entry('agents.incidentSummarizer', true, null)]), null);
    // Without a model code answers, and that is as it should be.
    assert.equal(modelProblem([entry('agents.incidentSummarizer', true, 'No model is set.')]), null);
    assert.equal(modelProblem([{ ...entry('datadog.spans', false, null), call: undefined }]), null);
    assert.equal(modelProblem([]), null);
  });

  it('says how many texts are not the model’s, and why the first is not', () => {
    const trace = [
      entry('models.incidentSummarizer', false, 'of one turn'),
      entry('agents.incidentSummarizer', false, 'Ollama does not have the model. Pull it'),
      entry('agents.guidedSteps', true, null),
      entry('agents.testPlan', false, 'other'),
    ];
    assert.equal(
      modelProblem(trace),
      "2 of 3 texts are AIDog's own, because the language model gave none that is fit: Ollama does not have the model. Pull it.",
    );
    assert.match(modelProblem([trace[1]!]) ?? '', /^All texts are AIDog's own/);
  });
});
