import assert from 'node:assert/strict';
import type { ModelServer, PullProgress } from '../../../src/domain/modelUse';
import { defaultModelSettings } from '../../../src/domain/modelUse';
import { describeModel, listModels, pullModel, testModel } from '../../../src/models/catalogue';
import { startAnthropic } from '../../fakes/anthropicServer';
import type { OllamaScript } from '../../fakes/ollama/script';
import { startOllama } from '../../fakes/ollama/server';
import { startOpenAi } from '../../fakes/openAiServer';
import type { ScriptedServer } from '../../fakes/scriptedServer';
import { never, patient, silent, wallClock } from './parts';

describe('the catalogue of a server', () => {
  const servers: ScriptedServer[] = [];
  const kept = async <T extends ScriptedServer>(starting: Promise<T>): Promise<T> => {
    const server = await starting;
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const ollama = async (script: OllamaScript = {}) => {
    const server = await kept(startOllama(script));
    return { server, place: { provider: 'ollama', baseUrl: server.url, key: null } as ModelServer };
  };

  it('lists what Ollama has, with size and make', async () => {
    const { place } = await ollama({
      models: [{ name: 'qwen3.5:4b', sizeBytes: 2_600_000_000, parameters: '4B', quantization: 'Q4_K_M' }, { name: 'gpt-oss:120b-cloud' }],
    });
    assert.deepEqual(await listModels(place, never), [
      { name: 'qwen3.5:4b', description: '4B Q4_K_M', sizeBytes: 2_600_000_000 },
      { name: 'gpt-oss:120b-cloud', description: '1B Q4_0', sizeBytes: 1_000_000 },
    ]);
  });

  it('lists what the clouds have, with their names for people', async () => {
    const openAi = await kept(startOpenAi({ models: ['a', 'b'] }));
    const found = await listModels({ provider: 'openai', baseUrl: openAi.url, key: 'k' }, never);
    assert.deepEqual(
      found.map(({ name }) => name),
      ['a', 'b'],
    );
    assert.equal(openAi.requests[0]?.headers.authorization, 'Bearer k');
    const anthropic = await kept(startAnthropic());
    const [claude] = await listModels({ provider: 'anthropic', baseUrl: anthropic.url, key: 'k' }, never);
    assert.deepEqual([claude?.name, claude?.description], ['claude-test', 'Claude Test']);
    assert.equal(anthropic.requests[0]?.headers['x-api-key'], 'k');
  });

  it('says what is wrong with a server that cannot be read', async () => {
    const { place, server } = await ollama({ fault: { kind: 'html', status: 200 } });
    await assert.rejects(listModels(place, never), { kind: 'bad_answer' });
    await server.close();
    await assert.rejects(listModels(place, never), { kind: 'unreachable', message: /No Ollama answers/ });
    const hanging = await ollama({ fault: { kind: 'hang' } });
    await assert.rejects(listModels(hanging.place, never, { patience: { ...patient, firstMs: 30 } }), {
      message: /did not begin to answer/,
    });
    await assert.rejects(listModels({ ...place, baseUrl: 'http://gpu.example' }, never), { kind: 'configuration' });
    await assert.rejects(listModels({ ...place, provider: 'editor' }, never), { message: /inside VS Code only/ });
  });

  it('tells what a model of Ollama can do, and of others that it does not know', async () => {
    const { place } = await ollama({ models: [{ name: 'a', capabilities: ['completion', 'thinking'], contextTokens: 4096 }] });
    assert.deepEqual(await describeModel(place, 'a', never), { contextTokens: 4096, capabilities: ['completion', 'thinking'] });
    await assert.rejects(describeModel(place, 'b', never), { kind: 'not_found' });
    const cloud = { provider: 'openai', baseUrl: null, key: 'k' } as const;
    assert.deepEqual(await describeModel(cloud, 'gpt-4o', never), { contextTokens: null, capabilities: null });
  });

  describe('pulling a model', () => {
    it('tells how far it is', async () => {
      const { place } = await ollama({ models: [], pullable: [{ name: 'tiny', parts: [100] }] });
      const told: PullProgress[] = [];
      await pullModel(place, 'tiny', (progress) => told.push(progress), never);
      assert.deepEqual(
        told.filter(({ totalBytes }) => totalBytes !== null).map(({ completedBytes }) => completedBytes),
        [null, 50, 100],
      );
      assert.equal(told.at(-1)?.status, 'writing manifest');
      assert.deepEqual(
        (await listModels(place, never)).map(({ name }) => name),
        ['tiny'],
      );
    });

    it('says why it failed, and goes on from there the next time', async () => {
      const { place } = await ollama({ pullable: [{ name: 'tiny', parts: [100, 50], failsAfterParts: 1 }] });
      const told: PullProgress[] = [];
      const pull = () => pullModel(place, 'tiny', (progress) => told.push(progress), never);
      await assert.rejects(pull(), { kind: 'server', message: /could not pull tiny: max retries exceeded/ });
      told.splice(0);
      await pull();
      assert.equal(told.find(({ totalBytes }) => totalBytes === 100)?.completedBytes, 100);
      await assert.rejects(
        pullModel(place, 'nope', () => undefined, never),
        { message: /could not pull nope: pull model manifest/ },
      );
    });

    it('stops at once when it is cancelled', async () => {
      const { server, place } = await ollama({ pullable: [{ name: 'tiny', parts: [100, 50], hangsAfterParts: 1 }] });
      const stop = new AbortController();
      const pending = pullModel(place, 'tiny', () => undefined, stop.signal);
      await server.waiting;
      stop.abort();
      await assert.rejects(pending, { kind: 'cancelled' });
      await server.clientLeft;
    });

    it('is for Ollama only', async () => {
      const cloud = { provider: 'openai', baseUrl: null, key: 'k' } as const;
      await assert.rejects(
        pullModel(cloud, 'x', () => undefined, never),
        { kind: 'bad_input', message: /Only Ollama can pull/ },
      );
    });
  });

  describe('testing a connection', () => {
    const deps = { clock: wallClock, log: silent, patience: patient };
    const test = (place: ModelServer, model: string) => testModel(place, model, defaultModelSettings, deps, never);

    it('says who answered, and whether the answer had the form that was asked for', async () => {
      const good = await ollama({ answers: [{ text: { ready: true } }] });
      assert.partialDeepStrictEqual(await test(good.place, 'llama3.2:3b'), { model: 'ollama:llama3.2:3b', followsSchema: true });
      for (const text of ['Sure! I am ready.', '[]', '{"ready":"yes"}']) {
        const loose = await ollama({ answers: [{ text }] });
        assert.equal((await test(loose.place, 'llama3.2:3b')).followsSchema, false);
      }
    });

    it('tries the key that is given before it is stored, once', async () => {
      const server = await kept(startOpenAi({ fault: ({ destroyed }, { headers }) => destroyed || headers.authorization === 'never' }));
      await test({ provider: 'openai', baseUrl: `${server.url}/v1`, key: 'new' }, 'gpt-test');
      assert.equal(server.requests[0]?.headers.authorization, 'Bearer new');
      const failing = await ollama({ answers: [{ fault: { kind: 'status', status: 503 } }] });
      await assert.rejects(test(failing.place, 'llama3.2:3b'), { kind: 'server' });
      assert.equal(failing.server.chats.length, 1);
    });
  });
});
