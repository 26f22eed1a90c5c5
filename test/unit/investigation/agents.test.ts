import assert from 'node:assert/strict';
import type { AgentCall } from '../../../src/domain/agentTrace';
import type { TraceEntry } from '../../../src/domain/investigation';
import { modelUsage } from '../../../src/investigation/agents';

const entry = (agent: string, call?: Partial<AgentCall>): TraceEntry => ({
  at: '2026-01-02T12:00:00.000Z',
  stage: 'guide',
  agent,
  ms: 1,
  ok: true,
  note: '',
  ...(call === undefined
    ? {}
    : {
        call: {
          inputCharacters: 10,
          outputCharacters: 5,
          tokensIn: 100,
          tokensOut: 10,
          costUsd: 0.5,
          model: 'a',
          answeredBy: 'model',
          why: null,
          ...call,
        },
      }),
});

describe('what the models of an investigation took', () => {
  it('is nothing, and has no cost, where none was asked', () => {
    assert.deepEqual(modelUsage([entry('datadog.logs'), entry('agents.x', { tokensIn: 0, tokensOut: 0, costUsd: 0, model: null })]), {
      tokensIn: 0,
      tokensOut: 0,
      model: null,
    });
  });

  it('counts each turn once, and names who answered', () => {
    const trace = [
      entry('models.x', {}),
      entry('models.x', { model: 'b' }),
      entry('agents.x', { tokensIn: 200, tokensOut: 20, costUsd: 1 }),
    ];
    assert.deepEqual(modelUsage(trace), { tokensIn: 200, tokensOut: 20, model: 'a, b', costUsd: 1 });
  });

  it('knows no cost where one turn has none, and none was spent where nobody answered', () => {
    assert.equal(modelUsage([entry('models.x', {}), entry('models.y', { costUsd: null })]).costUsd, null);
    const failed = { tokensIn: 0, tokensOut: 0, costUsd: null };
    assert.deepEqual(modelUsage([entry('models.x', failed)]), { tokensIn: 0, tokensOut: 0, model: null, costUsd: 0 });
  });
});
