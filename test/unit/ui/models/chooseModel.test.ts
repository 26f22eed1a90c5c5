import assert from 'node:assert/strict';
import { modelKeyRefused, ollamaNotRunning } from '../../../../src/domain/modelErrors';
import type { ModelInfo } from '../../../../src/domain/modelUse';
import { createRedactor } from '../../../../src/ui/log';
import { chooseModel } from '../../../../src/ui/models/chooseModel';
import { createModelHost } from '../../../../src/ui/models/modelHost';
import { createReport } from '../../../../src/ui/report';
import { createFakeEngine } from '../../../fakes/sampleInvestigation';
import { changeSettings, fake } from '../../../fakes/vscode';
import { FakeModel } from '../../../fakes/vscodeModels';
import { FakeStore } from '../../../fakes/vscodeParts';

const silent = { info: () => undefined, error: () => undefined };
const info = (name: string, more: Partial<ModelInfo> = {}): ModelInfo => ({
  name,
  description: null,
  sizeBytes: null,
  ...more,
});
const works = () => ({ model: 'it', ms: 1234, followsSchema: true });
const [pullAnother, typeName, anotherAddress] = [
  '$(cloud-download) Pull another model…',
  '$(edit) Type a name…',
  '$(globe) Another address…',
];
const anthropic = 'Anthropic, or a server that speaks its API';

function open(answers: Parameters<typeof createFakeEngine>[0]) {
  fake.reset();
  const engine = createFakeEngine({ testModel: works, ...answers });
  const host = createModelHost(
    { secrets: new FakeStore(), globalState: new FakeStore() } as never,
    createRedactor(),
    async () => undefined,
  );
  const choose = async () => {
    const options = {
      engine,
      keys: host.modelKeys,
      permissions: await host.modelPermissions(),
      report: createReport(silent, () => undefined),
    };
    return chooseModel(options);
  };
  const rows = (at: number) =>
    (fake.picks[at] as { label: string; description?: string; detail?: string; kind?: number }[]).filter(({ kind }) => kind !== -1);
  return { engine, host, choose, rows };
}

const stored = () => ['provider', 'name', 'baseUrl'].map((key) => fake.config.get(`aidog.model.${key}`));
const says = (pattern: RegExp) =>
  assert.ok(
    fake.messages.some(({ text }) => pattern.test(text)),
    JSON.stringify(fake.messages),
  );

describe('choosing a language model', () => {
  it('offers what the server has, keeps the choice, and says whether it answers', async () => {
    const { engine, choose, rows } = open({
      listModels: () => [info('llama3.2:3b', { description: '3.2B Q4_K_M', sizeBytes: 2_019_393_189 }), info('qwen3.5:2b')],
    });
    changeSettings({ 'aidog.model.provider': 'ollama', 'aidog.model.name': 'qwen3.5:2b' });
    fake.answers.push('Ollama', 'llama3.2:3b');
    await choose();
    assert.deepEqual(rows(0).map(({ label, description }) => [label, description])[1], ['Ollama', 'in use']);
    assert.deepEqual(
      rows(1).map(({ label, description }) => [label, description]),
      [
        ['qwen3.5:2b', 'in use'],
        ['llama3.2:3b', ''],
        [pullAnother, undefined],
        [typeName, undefined],
        [anotherAddress, 'http://127.0.0.1:11434'],
      ],
    );
    assert.equal(rows(1)[1]?.detail, '3.2B Q4_K_M · 2.02 GB');
    assert.deepEqual(stored(), ['ollama', 'llama3.2:3b', undefined]);
    assert.deepEqual(engine.asked.at(-1), {
      name: 'testModel',
      params: { server: { provider: 'ollama', baseUrl: null, key: null }, model: 'llama3.2:3b' },
    });
    says(/it works: it answered in 1\.2 s,/);
    assert.equal(fake.messages.length, 1, 'nobody is asked about a model on this machine');
  });

  it('asks for the key of a provider’s own address first, and for permission last', async () => {
    const { engine, host, choose } = open({ listModels: () => [info('claude-sonnet')] });
    fake.answers.push(anthropic, 'sk-ant-0123456789', undefined, 'claude-sonnet', undefined, 'Allow');
    await choose();
    assert.deepEqual(stored(), ['anthropic', 'claude-sonnet', undefined]);
    const sentKeys = engine.asked.map(({ name, params }) => [name, (params as { server: { key: unknown } }).server.key]);
    assert.deepEqual(sentKeys, [
      ['listModels', 'sk-ant-0123456789'],
      ['testModel', 'sk-ant-0123456789'],
    ]);
    assert.equal(await host.modelKeys.isStored('https://api.anthropic.com'), true);
    says(/May AIDog send parts of investigations to api\.anthropic\.com/);
    assert.equal(await host.permitModel({ provider: 'anthropic', model: 'x', baseUrl: null }, new AbortController().signal), true);
  });

  it('takes another address, whose own models it lists, and no address that keys must not go to', async () => {
    const { engine, choose } = open({ listModels: () => [info('a')] });
    fake.answers.push('Ollama', anotherAddress, 'https://gpu.example', 'a', undefined, 'Not Now');
    await choose();
    assert.deepEqual(stored(), ['ollama', 'a', 'https://gpu.example']);
    const lists = engine.asked.filter(({ name }) => name === 'listModels');
    assert.deepEqual(lists.at(-1)?.params, { server: { provider: 'ollama', baseUrl: 'https://gpu.example', key: null } });
    const { validateInput } = fake.inputs[0]!;
    assert.match(String(validateInput?.('http://gpu.example')), /must be an https/);
    assert.equal(validateInput?.(''), null);
  });

  it('says why a server cannot be read and goes on as the person likes', async () => {
    let tries = 0;
    const { choose } = open({ listModels: () => (++tries < 3 ? Promise.reject(ollamaNotRunning('http://127.0.0.1:11434')) : [info('a')]) });
    fake.answers.push('Ollama', 'Try Again', 'Try Again', 'a');
    await choose();
    assert.deepEqual(fake.messages[0]?.items, ['Try Again', 'Another Address…'], 'no key helps a server that is not there');
    assert.deepEqual([tries, stored()[1]], [3, 'a']);
    says(/No Ollama answers at .*Start Ollama/);
  });

  it('lets a refused key be replaced', async () => {
    const seen: number[] = [];
    const { host, choose } = open({
      listModels: () => (seen.push(1) === 1 ? Promise.reject(modelKeyRefused('https://api.anthropic.com')) : [info('c')]),
    });
    await host.modelKeys.store('https://api.anthropic.com', 'sk-old-0123456789');
    fake.answers.push(anthropic, 'Set Key…', 'sk-new-0123456789', undefined, 'c', undefined, 'Not Now');
    await choose();
    assert.equal(await host.modelKeys.keyOf({ provider: 'anthropic', model: '', baseUrl: null }), 'sk-new-0123456789');
    assert.equal(stored()[1], 'c');
  });

  it('groups providers by where the text goes, and models apart from the ways to others', async () => {
    const { choose } = open({ listModels: () => [info('a')] });
    fake.answers.push('Ollama');
    await choose();
    const lines = fake.picks.map((rows) =>
      rows.map(({ label, kind }: { label: string; kind?: number }) => (kind === -1 ? `—${label}` : '')).filter(Boolean),
    );
    assert.deepEqual(lines, [['—on this machine, or a server of yours', '—in the cloud', '—in VS Code', '—'], ['—']]);
  });

  it('pulls a model that Ollama lacks, then uses it', async () => {
    const { engine, choose } = open({ listModels: () => [], pullModel: () => null });
    fake.answers.push('Ollama', pullAnother, 'llama3.2:3b');
    await choose();
    assert.ok(engine.asked.some(({ name }) => name === 'pullModel'));
    assert.equal(stored()[1], 'llama3.2:3b');
  });

  it('takes a name that the server does not list', async () => {
    const { choose } = open({ listModels: () => [] });
    fake.answers.push('Ollama', typeName, ' mine ');
    await choose();
    assert.equal(stored()[1], 'mine');
  });

  it('offers the models of VS Code, and says so where there are none', async () => {
    const { choose } = open({});
    fake.answers.push('Models of VS Code, such as GitHub Copilot');
    await choose();
    says(/This editor offers no language models/);
    assert.deepEqual(stored(), [undefined, undefined, undefined]);
    fake.models.push(new FakeModel('copilot-gpt', 'GPT', () => []));
    fake.answers.push('Models of VS Code, such as GitHub Copilot', 'copilot-gpt');
    await choose();
    assert.deepEqual(stored(), ['editor', 'copilot-gpt', undefined]);
  });

  it('can be undone, and can name a model that stands in', async () => {
    const { choose } = open({ listModels: () => [info('a')] });
    fake.answers.push('Choose the model that stands in…', 'Ollama', 'a');
    await choose();
    assert.deepEqual([fake.config.get('aidog.model.fallbackProvider'), fake.config.get('aidog.model.fallbackName')], ['ollama', 'a']);
    fake.answers.length = 0;
    fake.answers.push('None: computed by code only');
    await choose();
    assert.equal(stored()[0], 'none');
    says(/No language model is asked from now on/);
  });

  it('says honestly when the model does not answer, or not in the form that was asked for', async () => {
    const { choose } = open({ listModels: () => [info('a')], testModel: () => Promise.reject(ollamaNotRunning('http://127.0.0.1:11434')) });
    fake.answers.push('Ollama', 'a');
    await choose();
    says(/No Ollama answers/);
    const other = open({ listModels: () => [info('a')], testModel: () => ({ model: 'ollama:a', ms: 900, followsSchema: false }) });
    fake.answers.push('Ollama', 'a');
    await other.choose();
    says(/ollama:a answered in 900 ms, but not in the form/);
  });

  it('changes nothing when the person leaves at any step', async () => {
    const { choose } = open({ listModels: () => [info('a')] });
    for (const answers of [[], ['Ollama'], ['Ollama', typeName], ['Ollama', anotherAddress], [anthropic]]) {
      fake.answers.push(...answers);
      await choose();
    }
    assert.deepEqual(fake.executed, []);
  });
});
