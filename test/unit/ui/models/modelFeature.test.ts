import assert from 'node:assert/strict';
import type { SentPrompt } from '../../../../src/domain/modelUse';
import { createRedactor } from '../../../../src/ui/log';
import { createModelFeature } from '../../../../src/ui/models/modelFeature';
import { createModelHost } from '../../../../src/ui/models/modelHost';
import { createReport } from '../../../../src/ui/report';
import { createFakeEngine } from '../../../fakes/sampleInvestigation';
import { changeSettings, fake } from '../../../fakes/vscode';
import { FakeModel, LanguageModelTextPart } from '../../../fakes/vscodeModels';
import { FakeStore } from '../../../fakes/vscodeParts';

const silent = { info: () => undefined, error: () => undefined };
const sent: SentPrompt = { at: '', purpose: 'guided_steps', model: 'm', url: 'u', body: { a: 1 }, outcome: null };

function open(answers: Parameters<typeof createFakeEngine>[0], shown: unknown = null) {
  fake.reset();
  const engine = createFakeEngine(answers);
  const host = createModelHost(
    { secrets: new FakeStore(), globalState: new FakeStore() } as never,
    createRedactor(),
    async () => undefined,
  );
  const feature = createModelFeature({ engine, report: createReport(silent, () => undefined), ...host, shown: () => shown as never });
  return { engine, host, feature };
}

const text = () => fake.editors.at(-1)?.document.getText() ?? '';

describe('the commands about language models', () => {
  it('show the last requests in a document that cannot be edited, anew each time', async () => {
    const { feature } = open({ lastPrompts: () => [sent] });
    await feature.commands.showLastPrompt(undefined);
    await feature.commands.showLastPrompt(undefined);
    const [first, second] = fake.editors.map(({ document }) => document.uri);
    assert.deepEqual([first?.scheme, first?.path === second?.path], ['aidog-prompt', false]);
    assert.match(text(), /## guided_steps/);
  });

  it('say when no model was asked, and what to do', async () => {
    const { feature } = open({ lastPrompts: () => [] });
    await feature.commands.showLastPrompt(undefined);
    assert.match(fake.messages[0]!.text, /No language model has been asked.*Choose Language Model/);
    assert.deepEqual(fake.editors, []);
  });

  it('preview what the investigation that is shown would send, for the model of the settings', async () => {
    const { engine, feature } = open(
      { previewPrompts: () => ({ isRemote: true, prompts: [], hidden: {} }) },
      { snapshot: { runId: 'r1' } },
    );
    changeSettings({ 'aidog.model.provider': 'minimax' });
    await feature.commands.previewPrompt(undefined);
    assert.deepEqual(engine.asked, [{ name: 'previewPrompts', params: { runId: 'r1' } }]);
    assert.match(text(), /It is for minimax:MiniMax-M3\./);
  });

  it('have nothing to preview before the first investigation', async () => {
    const { engine, feature } = open({});
    await feature.commands.previewPrompt(undefined);
    assert.match(fake.messages[0]!.text, /nothing to preview/);
    assert.deepEqual(engine.asked, []);
  });

  it('load nothing before they are used, and give everything back', async () => {
    const { feature } = open({ lastPrompts: () => [sent] });
    assert.equal(fake.providers.size, 0);
    await feature.commands.showLastPrompt(undefined);
    assert.deepEqual([...fake.providers.keys()], ['aidog-prompt']);
    feature.dispose();
  });
});

describe('what the engine gets of the window for language models', () => {
  it('is the settings with the keys of the models that are set, read anew', async () => {
    const { host } = open({});
    await host.modelKeys.store('https://api.anthropic.com', 'sk-ant-0123456789');
    assert.deepEqual((await host.models()).keys, {});
    changeSettings({ 'aidog.model.provider': 'anthropic', 'aidog.model.name': 'claude' });
    const { primary, keys } = await host.models();
    assert.deepEqual([primary?.model, keys], ['claude', { 'https://api.anthropic.com': 'sk-ant-0123456789' }]);
  });

  it('is an answer of a model of VS Code', async () => {
    const { host } = open({});
    fake.models.push(new FakeModel('a', 'A', () => [new LanguageModelTextPart('{}')]));
    const request = { model: '', tool: 't', messages: [], schema: {}, maxOutputTokens: 10 };
    assert.equal((await host.completeWithEditor(request, new AbortController().signal)).text, '{}');
  });

  it('is permission that the person gives once', async () => {
    const { host } = open({});
    fake.answers.push('Allow');
    const choice = { provider: 'openai' as const, model: 'm', baseUrl: null };
    const signal = new AbortController().signal;
    assert.deepEqual([await host.permitModel(choice, signal), await host.permitModel(choice, signal)], [true, true]);
    assert.equal(fake.messages.length, 1);
  });
});
