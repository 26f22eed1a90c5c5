import assert from 'node:assert/strict';
import manifest from '../../../../package.json';
import { MINIMAX_ADDRESS } from '../../../../src/domain/modelAddress';
import { defaultModelPrivacy } from '../../../../src/domain/modelPrivacy';
import { defaultModelSettings } from '../../../../src/domain/modelUse';
import { modelProviders, readModelChoice, readModelSettings, storeModelChoice } from '../../../../src/ui/models/modelSettings';
import { changeSettings, fake } from '../../../fakes/vscode';

describe('the settings of language models', () => {
  beforeEach(() => fake.reset());

  it('name no model by default, and are the engine’s defaults otherwise', () => {
    const { keys: _, ...defaults } = defaultModelSettings;
    assert.deepEqual(readModelSettings({}), { ...defaults, prices: {}, privacy: defaultModelPrivacy, embeddings: null });
  });

  it('offer in the settings editor what the code knows', () => {
    const { properties } = manifest.contributes.configuration.find(({ id }) => id === 'model')!;
    const declared = properties as unknown as Record<string, { enum?: string[]; items?: { enum: string[] }; scope: string }>;
    assert.deepEqual(declared['aidog.model.provider']?.enum, modelProviders);
    assert.deepEqual(declared['aidog.model.fallbackProvider']?.enum, modelProviders);
    assert.deepEqual(declared['aidog.model.sendFields']?.items?.enum, defaultModelPrivacy.fields);
  });

  it('cannot be changed by a folder, which could lead data elsewhere', () => {
    const { properties } = manifest.contributes.configuration.find(({ id }) => id === 'model')!;
    assert.deepEqual([...new Set(Object.values(properties).map(({ scope }) => scope))], ['application']);
  });

  it('turn what is chosen into a model, with MiniMax at its own address and Ollama where OLLAMA_HOST says', () => {
    for (const [given, env, expected] of [
      [{ provider: 'ollama', name: 'llama3.2:3b' }, {}, { provider: 'ollama', model: 'llama3.2:3b', baseUrl: null }],
      [{ provider: 'ollama', name: 'a' }, { OLLAMA_HOST: ':11500' }, { provider: 'ollama', model: 'a', baseUrl: 'http://127.0.0.1:11500' }],
      [
        { provider: 'ollama', name: 'a', baseUrl: 'https://o.example' },
        { OLLAMA_HOST: ':1' },
        { provider: 'ollama', model: 'a', baseUrl: 'https://o.example' },
      ],
      [{ provider: 'minimax', name: '' }, {}, { provider: 'anthropic', model: 'MiniMax-M3', baseUrl: MINIMAX_ADDRESS, vendor: 'minimax' }],
      [{ provider: 'editor', name: '', baseUrl: 'https://x.example' }, {}, { provider: 'editor', model: '', baseUrl: null }],
      [{ provider: 'nonsense', name: 'a' }, {}, null],
    ] as const) {
      fake.reset();
      changeSettings(Object.fromEntries(Object.entries(given).map(([key, value]) => [`aidog.model.${key}`, value])));
      assert.deepEqual(readModelChoice('primary', env), expected);
    }
  });

  it('take prices that are numbers, and no others', () => {
    const price = { input: 3, output: 15 };
    changeSettings({ 'aidog.model.prices': { 'openai:a': price, b: { input: -1, output: 2 }, c: 'free', d: null, e: { input: 1 } } });
    assert.deepEqual(readModelSettings({}).prices, { 'openai:a': { inputUsd: 3, outputUsd: 15 } });
    changeSettings({ 'aidog.model.prices': 'none' });
    assert.deepEqual(readModelSettings({}).prices, {});
  });

  it('take 0 for no limit, and keep the others within reason', () => {
    changeSettings({
      'aidog.model.budgetTokens': 0,
      'aidog.model.budgetUsd': 0.5,
      'aidog.model.budgetSeconds': 0,
      'aidog.model.timeoutSeconds': 1,
      'aidog.model.contextTokens': 10,
    });
    const { budget, timeoutSec, numCtx } = readModelSettings({});
    assert.deepEqual([budget, timeoutSec, numCtx], [{ tokens: null, costUsd: 0.5, seconds: null }, 5, 2048]);
  });

  it('send only fields that are listed and known, and nothing where the list is broken', () => {
    changeSettings({ 'aidog.model.sendFields': ['logs', 'everything', 'alert'], 'aidog.model.redactAddresses': false });
    assert.deepEqual(readModelSettings({}).privacy, { fields: ['alert', 'logs'], hidesPersonalData: true, hidesAddresses: false });
    changeSettings({ 'aidog.model.sendFields': 'all' });
    assert.deepEqual(readModelSettings({}).privacy.fields, []);
  });

  it('are stored in the person’s own settings, the provider last, so that no half choice is ever in force', async () => {
    await storeModelChoice('fallback', 'ollama', 'llama3.2:3b', null);
    assert.deepEqual(fake.executed, [
      ['updateSetting', 'aidog.model.fallbackName', 'llama3.2:3b', 1],
      ['updateSetting', 'aidog.model.fallbackBaseUrl', undefined, 1],
      ['updateSetting', 'aidog.model.fallbackProvider', 'ollama', 1],
    ]);
  });
});
