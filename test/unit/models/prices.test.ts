import assert from 'node:assert/strict';
import { costOf, priceOf } from '../../../src/models/prices';

const openAi = (model: string, baseUrl: string | null = null) => priceOf({ provider: 'openai', model, baseUrl });

describe('what a model costs', () => {
  it('is the list price of the provider, also for a dated version', () => {
    assert.deepEqual(openAi('gpt-4o'), { inputUsd: 2.5, outputUsd: 10 });
    assert.deepEqual(openAi('gpt-4o-mini-2024-07-18'), { inputUsd: 0.15, outputUsd: 0.6 });
    assert.deepEqual(priceOf({ provider: 'anthropic', model: 'claude-haiku-4-5-20251001', baseUrl: null }), { inputUsd: 1, outputUsd: 5 });
  });

  it('is not known for models that only begin alike, that are not listed, or that somebody else offers', () => {
    assert.equal(openAi('gpt-4o-audio-preview'), null);
    assert.equal(openAi('gpt-99'), null);
    assert.equal(openAi('gpt-4o', 'https://proxy.example/v1'), null);
    assert.equal(priceOf({ provider: 'editor', model: 'gpt-4o', baseUrl: null }), null);
    assert.equal(priceOf({ provider: 'ollama', model: 'gpt-oss:120b-cloud', baseUrl: null }), null);
  });

  it('is nothing on this machine', () => {
    assert.deepEqual(priceOf({ provider: 'ollama', model: 'llama3.2:3b', baseUrl: null }), { inputUsd: 0, outputUsd: 0 });
    assert.deepEqual(openAi('anything', 'http://localhost:1234/v1'), { inputUsd: 0, outputUsd: 0 });
  });

  it('grows with the tokens of question and answer', () => {
    assert.equal(costOf({ inputUsd: 2, outputUsd: 10 }, 500_000, 100_000), 2);
    assert.equal(costOf(null, 1, 1), null);
  });
});
