import assert from 'node:assert/strict';
import { modelSettingsFrom } from '../../../src/cli/modelSettings';
import { parseModelLabel } from '../../../src/domain/modelAddress';
import { keyFor } from '../../../src/models/keys';

const env = { OPENAI_API_KEY: 'sk-open', ANTHROPIC_API_KEY: 'sk-ant', MINIMAX_API_KEY: 'mm' };
const minimax = { provider: 'anthropic', model: 'MiniMax-M3', baseUrl: 'https://api.minimax.io/anthropic' } as const;

describe('model settings from the environment', () => {
  it('name the chosen models with the budget that always holds', () => {
    const settings = modelSettingsFrom({ model: { provider: 'ollama', model: 'a', baseUrl: null }, fallbackModel: minimax }, { env });
    assert.deepEqual([settings.primary?.model, settings.fallback?.model], ['a', 'MiniMax-M3']);
    assert.ok(settings.budget.tokens !== null && settings.budget.costUsd !== null && settings.budget.seconds !== null);
  });

  it('know the price of the first model where it is given', () => {
    const model = { provider: 'openai', model: 'a', baseUrl: null } as const;
    const modelPrice = { inputUsd: 3, outputUsd: 15 };
    assert.deepEqual(modelSettingsFrom({ model, fallbackModel: minimax, modelPrice }, { env }).prices, { 'openai:a': modelPrice });
    assert.deepEqual(modelSettingsFrom({ model, fallbackModel: null }, { env }).prices, {});
  });

  it('find Ollama where its own variable says', () => {
    const ollama = { provider: 'ollama', model: 'a', baseUrl: null } as const;
    const at = (OLLAMA_HOST: string | undefined) =>
      modelSettingsFrom({ model: ollama, fallbackModel: null }, { env: { OLLAMA_HOST } }).primary?.baseUrl;
    assert.equal(at('0.0.0.0:11500'), 'http://127.0.0.1:11500');
    assert.equal(at(undefined), null);
  });

  it('give each key to its own address only', () => {
    const { keys } = modelSettingsFrom({ model: minimax, fallbackModel: null }, { env });
    assert.equal(keyFor(keys, 'openai', null), 'sk-open');
    assert.equal(keyFor(keys, 'anthropic', null), 'sk-ant');
    assert.equal(keyFor(keys, 'anthropic', minimax.baseUrl), 'mm');
    assert.equal(keyFor(keys, 'openai', 'https://other.example/v1'), null);
  });

  it('give MiniMax its own key in China too, and never that of Anthropic', () => {
    const model = { ...minimax, baseUrl: 'https://api.minimaxi.com/anthropic' };
    const { keys } = modelSettingsFrom({ model, fallbackModel: null }, { env });
    assert.equal(keyFor(keys, 'anthropic', model.baseUrl), 'mm');
  });

  it('give a gateway to MiniMax the key of MiniMax, and never that of Anthropic', () => {
    const model = parseModelLabel('minimax', 'https://gateway.example') ?? null;
    const keyWith = (environment: Record<string, string>) => {
      const settings = modelSettingsFrom({ model, fallbackModel: null }, { env: environment });
      return keyFor(settings.keys, 'anthropic', 'https://gateway.example');
    };
    assert.equal(keyWith(env), 'mm');
    assert.equal(keyWith({ ANTHROPIC_API_KEY: 'sk-ant' }), null);
  });

  it('give a key to an address that was typed with its provider', () => {
    const model = { provider: 'openai', model: 'a', baseUrl: 'https://proxy.example/v1/' } as const;
    const { keys } = modelSettingsFrom({ model, fallbackModel: null }, { env });
    assert.equal(keyFor(keys, 'openai', model.baseUrl), 'sk-open');
  });
});
