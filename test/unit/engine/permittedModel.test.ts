import assert from 'node:assert/strict';
import type { LanguageModel, ModelChoice, ModelRequest } from '../../../src/domain/languageModel';
import { defaultModelSettings, type ModelSettings } from '../../../src/domain/modelUse';
import { answerLimitMs, isRemoteSettings, permittedModel } from '../../../src/engine/permittedModel';
import { scriptedModel } from '../../fakes/scriptedModel';

const claude: ModelChoice = { provider: 'anthropic', model: 'claude', baseUrl: null };
const local: ModelChoice = { provider: 'ollama', model: 'llama3.2:3b', baseUrl: null };
const request: ModelRequest = { name: 'test_plan', system: '', messages: [], schema: {}, maxOutputTokens: 10 };
const live = () => new AbortController().signal;

function open(primary: ModelChoice, fallback: ModelChoice | null, allows: (choice: ModelChoice) => boolean | Promise<boolean>) {
  const asked: ModelChoice[] = [];
  const built: ModelSettings[] = [];
  const settings = { ...defaultModelSettings, primary, fallback };
  const build = async (permitted: ModelSettings): Promise<LanguageModel | null> => {
    built.push(permitted);
    return permitted.primary === null ? null : scriptedModel(() => '{}');
  };
  const permit = async (choice: ModelChoice) => {
    asked.push(choice);
    return allows(choice);
  };
  return { model: permittedModel(primary, settings, permit, build), asked, built };
}

describe('a model that has to be permitted', () => {
  it('asks nobody and builds nothing before there is something to send', async () => {
    const { model, asked, built } = open(claude, local, () => true);
    assert.deepEqual([model.name, model.isRemote, asked, built], ['anthropic:claude', true, [], []]);
    assert.equal((await model.complete(request, live())).text, '{}');
    await model.complete(request, live());
    assert.deepEqual([asked, built.length, built[0]?.primary, built[0]?.fallback], [[claude], 1, claude, local]);
  });

  it('is not asked about on this machine', async () => {
    const { model, asked } = open(local, null, () => false);
    await model.complete(request, live());
    assert.deepEqual([asked, model.isRemote], [[], false]);
  });

  it('gives way to the one that stands in where the person says no', async () => {
    const { model, built } = open(claude, local, () => false);
    await model.complete(request, live());
    assert.deepEqual([built[0]?.primary, built[0]?.fallback], [local, null]);
  });

  it('says that nothing was sent where none is left, and asks only once', async () => {
    const { model, asked } = open(claude, null, () => false);
    for (let turn = 0; turn < 2; turn += 1)
      await assert.rejects(model.complete(request, live()), {
        kind: 'configuration',
        message: /Nothing was sent.*https:\/\/api\.anthropic\.com.*Choose Language Model/,
      });
    assert.equal(asked.length, 1);
  });

  it('asks once for agents that begin at the same time', async () => {
    const { model, asked } = open(claude, null, () => new Promise((resolve) => setImmediate(resolve, true)));
    await Promise.all([model.complete(request, live()), model.complete(request, live())]);
    assert.equal(asked.length, 1);
  });

  it('says what is missing where the settings name none, or an address that may not be used', async () => {
    await assert.rejects(open({ ...local, model: '' }, null, () => true).model.complete(request, live()), {
      message: /No language model is named/,
    });
    const bad = open({ ...claude, baseUrl: 'http://proxy.example' }, null, () => true).model;
    assert.equal(bad.isRemote, true);
    await assert.rejects(bad.complete(request, live()), { kind: 'configuration', message: /must be an https/ });
  });

  it('is waited for as long as the settings give each model, and the person is given time to allow it', () => {
    const limitSec = (primary: ModelChoice, fallback: ModelChoice | null, timeoutSec: number) =>
      answerLimitMs({ primary, fallback, timeoutSec }) / 1000;
    assert.equal(limitSec(local, null, 120), 180);
    assert.equal(limitSec(local, null, 1800), 1860);
    assert.equal(limitSec(local, local, 600), 1260);
    assert.equal(limitSec(claude, local, 100), 380);
  });

  it('counts as remote when either model is', () => {
    assert.equal(isRemoteSettings({ primary: local, fallback: null }), false);
    assert.equal(isRemoteSettings({ primary: local, fallback: claude }), true);
    assert.equal(isRemoteSettings({ primary: { provider: 'editor', model: '', baseUrl: null }, fallback: null }), true);
  });
});
