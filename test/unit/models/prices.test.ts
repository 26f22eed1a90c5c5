import assert from 'node:assert/strict';
import { costOf, priceOf } from '../../../src/models/prices';

const PRICES = { 'openai:gpt-test': { inputUsd: 2, outputUsd: 10 }, 'minimax:MiniMax-M3': { inputUsd: 1, outputUsd: 3 } };

describe('what a model costs', () => {
  it('is what the person says of it by the name that stands after --model', () => {
    assert.deepEqual(priceOf({ provider: 'openai', model: 'gpt-test', baseUrl: null }, PRICES), PRICES['openai:gpt-test']);
    const minimax = { provider: 'anthropic', model: 'MiniMax-M3', baseUrl: 'https://api.minimax.io/anthropic' } as const;
    assert.deepEqual(priceOf(minimax, PRICES), PRICES['minimax:MiniMax-M3']);
  });

  it('is not known where they say nothing', () => {
    assert.equal(priceOf({ provider: 'openai', model: 'gpt-test-2', baseUrl: null }, PRICES), null);
    assert.equal(priceOf({ provider: 'openai', model: 'gpt-test', baseUrl: null }), null);
    assert.equal(priceOf({ provider: 'editor', model: 'gpt-test', baseUrl: null }, PRICES), null);
    assert.equal(priceOf({ provider: 'ollama', model: 'gpt-oss:120b-cloud', baseUrl: null }, PRICES), null);
  });

  it('is nothing on this machine', () => {
    assert.deepEqual(priceOf({ provider: 'ollama', model: 'llama3.2:3b', baseUrl: null }), { inputUsd: 0, outputUsd: 0 });
    assert.deepEqual(priceOf({ provider: 'openai', model: 'anything', baseUrl: 'http://localhost:1234/v1' }), {
      inputUsd: 0,
      outputUsd: 0,
    });
  });

  it('grows with the tokens of question and answer', () => {
    assert.equal(costOf({ inputUsd: 2, outputUsd: 10 }, 500_000, 100_000), 2);
    assert.equal(costOf(null, 1, 1), null);
  });
});
