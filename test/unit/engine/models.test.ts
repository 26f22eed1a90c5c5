import assert from 'node:assert/strict';
import { defaultModelSettings, type ModelSpending, type PullProgress } from '../../../src/domain/modelUse';
import { createModels, type ModelsOptions } from '../../../src/engine/models';
import type { OllamaScript } from '../../fakes/ollama/script';
import { type OllamaServer, startOllama } from '../../fakes/ollama/server';
import { startOpenAi } from '../../fakes/openAiServer';
import { never, ollamaAt, request, silent } from '../models/parts';

describe('the models of the engine', () => {
  const servers: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const start = async (script: OllamaScript = {}): Promise<OllamaServer> => {
    const server = await startOllama(script);
    servers.push(server);
    return server;
  };
  const open = (options: Partial<ModelsOptions> = {}, ending = never) =>
    createModels({ log: silent, ...options }, (signal) => AbortSignal.any([signal, ending]));
  const place = ({ url }: { url: string }) => ({ provider: 'ollama', baseUrl: url, key: null }) as const;

  it('are none before they are configured, and load nothing for that', async () => {
    const models = open();
    const { model, spending } = await models.open('run');
    assert.deepEqual([model, spending()], [null, null]);
    assert.deepEqual(await models.requests.lastPrompts({}, never), []);
  });

  it('give each run an account of its own, and tell of it under its id', async () => {
    const told: [string, ModelSpending][] = [];
    const models = open({ onSpent: (runId, spending) => told.push([runId, spending]) });
    const server = await start({ answers: [{ text: 'x'.repeat(40) }] });
    models.configure({ ...defaultModelSettings, primary: ollamaAt(server.url) });
    const [first, second] = [await models.open('a'), await models.open('b')];
    await first.model?.complete(request(), never);
    assert.deepEqual([first.spending()?.requests, second.spending()?.requests], [1, 0]);
    assert.deepEqual(
      told.map(([runId, { requests }]) => [runId, requests]),
      [['a', 1]],
    );
  });

  it('are waited for as long as the settings say', async () => {
    const models = open();
    models.configure({ ...defaultModelSettings, primary: ollamaAt('http://127.0.0.1:1'), timeoutSec: 1000 });
    assert.equal((await models.open('a')).forAgents.agentLimitMs, 1_060_000);
  });

  it('keep what was sent over runs, newest first', async () => {
    const models = open();
    const server = await start();
    models.configure({ ...defaultModelSettings, primary: ollamaAt(server.url) });
    for (const name of ['one', 'two']) await (await models.open(name)).model?.complete(request({ name }), never);
    assert.deepEqual(
      (await models.requests.lastPrompts({}, never)).map(({ purpose }) => purpose),
      ['two', 'one'],
    );
  });

  it('answer what a picker asks', async () => {
    const told: [string, PullProgress][] = [];
    const models = open({ onPulled: (runId, progress) => told.push([runId, progress]) });
    const server = await start({ answers: [{ text: { ready: true } }], pullable: [{ name: 'tiny', parts: [10] }] });
    const { requests } = models;
    assert.equal((await requests.listModels({ server: place(server) }, never))[0]?.name, 'llama3.2:3b');
    assert.equal((await requests.describeModel({ server: place(server), model: 'llama3.2:3b' }, never)).contextTokens, 131_072);
    assert.equal((await requests.testModel({ server: place(server), model: 'llama3.2:3b' }, never)).followsSchema, true);
    assert.equal(await requests.pullModel({ runId: 'p', server: place(server), model: 'tiny' }, never), null);
    assert.deepEqual([told[0]?.[0], told.at(-1)?.[1].status], ['p', 'writing manifest']);
  });

  it('use the stored key where none is given', async () => {
    const server = await startOpenAi();
    servers.push(server);
    const models = open();
    models.configure({ ...defaultModelSettings, keys: { [`${server.url}/v1`]: 'stored' } });
    await models.requests.listModels({ server: { provider: 'openai', baseUrl: server.url, key: null } }, never);
    assert.equal(server.requests[0]?.headers.authorization, 'Bearer stored');
  });

  it('end what is under way with the engine', async () => {
    const ending = new AbortController();
    const server = await start({ pullable: [{ name: 'tiny', parts: [10], hangsAfterParts: 0 }] });
    const pending = open({}, ending.signal).requests.pullModel({ runId: 'p', server: place(server), model: 'tiny' }, never);
    await server.waiting;
    ending.abort();
    await assert.rejects(pending, { kind: 'cancelled' });
  });
});
