import assert from 'node:assert/strict';
import { cancelled } from '../../../../src/domain/errors';
import { pullFailed } from '../../../../src/domain/modelErrors';
import { pullModel } from '../../../../src/ui/models/pullModel';
import { createReport } from '../../../../src/ui/report';
import { createFakeEngine } from '../../../fakes/sampleInvestigation';
import { changeSettings, fake } from '../../../fakes/vscode';

const silent = { info: () => undefined, error: () => undefined };

function open(answer: (params: unknown, signal: AbortSignal | undefined) => unknown) {
  fake.reset();
  const engine = createFakeEngine({ pullModel: answer });
  return { engine, pull: () => pullModel({ engine, keys: { keyOf: async () => null }, report: createReport(silent, () => undefined) }) };
}

describe('pulling a model', () => {
  it('downloads it into the Ollama of the settings, shows how far it is, and offers to use it', async () => {
    const { engine, pull } = open(() => {
      engine.tellPull({ status: 'pulling manifest', completedBytes: null, totalBytes: null });
      engine.tellPull({ status: 'pulling dde5aa3fc5ff', completedBytes: 50, totalBytes: 200 });
      engine.tellPull({ status: 'pulling dde5aa3fc5ff', completedBytes: 150, totalBytes: 200 });
      engine.tellPull({ status: 'pulling 966de95ca8a6', completedBytes: 1, totalBytes: 100 });
      return null;
    });
    changeSettings({ 'aidog.model.fallbackProvider': 'ollama', 'aidog.model.fallbackBaseUrl': 'http://127.0.0.1:11500' });
    fake.answers.push(' qwen3.5:2b ', 'Use It');
    await pull();
    const { server, model } = engine.asked[0]!.params as { server: unknown; model: string };
    assert.deepEqual([server, model], [{ provider: 'ollama', baseUrl: 'http://127.0.0.1:11500', key: null }, 'qwen3.5:2b']);
    assert.deepEqual(fake.progress, [
      { message: 'pulling manifest', increment: 0 },
      { message: 'pulling dde5aa3fc5ff 25 %', increment: 25 },
      { message: 'pulling dde5aa3fc5ff 75 %', increment: 50 },
      { message: 'pulling 966de95ca8a6 1 %', increment: 0 },
    ]);
    assert.deepEqual(
      fake.executed.map(([, key, value]) => [key, value]),
      [
        ['aidog.model.name', 'qwen3.5:2b'],
        ['aidog.model.baseUrl', 'http://127.0.0.1:11500'],
        ['aidog.model.provider', 'ollama'],
      ],
    );
  });

  it('says why it could not, and changes nothing', async () => {
    const { pull } = open(() => Promise.reject(pullFailed('nope', 'file does not exist')));
    fake.answers.push('nope');
    await pull();
    assert.deepEqual([fake.messages.map(({ kind }) => kind), fake.executed], [['error'], []]);
    assert.match(fake.messages[0]!.text, /could not pull nope: file does not exist\./);
  });

  it('stops when the person cancels, without a word', async () => {
    const { pull } = open((_, signal) => {
      queueMicrotask(() => fake.progressTokens[0]?.cancel());
      return new Promise((__, reject) => signal?.addEventListener('abort', () => reject(cancelled())));
    });
    fake.answers.push('a');
    await pull();
    assert.deepEqual([fake.messages, fake.executed], [[], []]);
  });

  it('takes only what can be the name of a model', async () => {
    const { engine, pull } = open(() => null);
    await pull();
    const { validateInput } = fake.inputs[0]!;
    for (const name of ['llama3.2:3b', 'hf.co/unsloth/Qwen3-4B-GGUF:Q4_K_M', 'host:5000/a/b'])
      assert.equal(validateInput?.(name), null, name);
    for (const name of ['', 'a b', '../x', 'a;b', 'a/', '-'.repeat(201)]) assert.notEqual(validateInput?.(name), null, name);
    assert.deepEqual(engine.asked, []);
  });
});
