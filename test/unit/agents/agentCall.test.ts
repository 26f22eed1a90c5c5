import assert from 'node:assert/strict';
import { addCalls, callOf, codeCall } from '../../../src/agents/agentCall';

const request = { name: 'x', system: '12345', messages: [{ role: 'user' as const, content: '123' }], schema: {}, maxOutputTokens: 10 };
const answer = { text: '1234', isCut: false, tokensIn: 7, tokensOut: 3, costUsd: 0.5, model: 'm' };

describe('calls of agents', () => {
  it('count what went in and came out', () => {
    const { inputCharacters, outputCharacters, tokensIn, tokensOut, model, answeredBy, why } = callOf(request, answer, 'model');
    assert.deepEqual([inputCharacters, outputCharacters, tokensIn, tokensOut, model, answeredBy, why], [8, 4, 7, 3, 'm', 'model', null]);
  });

  it('add up; a cost that is not known makes the sum unknown', () => {
    const one = callOf(request, answer, 'model');
    assert.deepEqual(addCalls(null, one), one);
    assert.deepEqual([addCalls(one, one).tokensIn, addCalls(one, one).costUsd], [14, 1]);
    assert.equal(addCalls(one, { ...one, costUsd: null }).costUsd, null);
  });

  it('by code keep what a model took before', () => {
    const call = codeCall({ a: 1 }, 'too late', callOf(request, answer, 'model'));
    assert.deepEqual(
      [call.tokensIn, call.costUsd, call.model, call.answeredBy, call.why, call.outputCharacters],
      [7, 0.5, null, 'fallback', 'too late', 7],
    );
    assert.equal(codeCall(null, 'none', null).costUsd, 0);
  });
});
