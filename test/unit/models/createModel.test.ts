import assert from 'node:assert/strict';
import type { ModelSpending } from '../../../src/domain/modelUse';
import { defaultModelSettings } from '../../../src/domain/modelUse';
import { Breakers } from '../../../src/models/breakers';
import { createModel } from '../../../src/models/createModel';
import type { ModelDeps } from '../../../src/models/deps';
import { Meter } from '../../../src/models/meter';
import { PromptRecorder } from '../../../src/models/recorder';
import type { OllamaScript } from '../../fakes/ollama/script';
import { type OllamaServer, startOllama } from '../../fakes/ollama/server';
import { modelOf, never, ollamaAt, openAiAt, patient, request, silent, wallClock } from './parts';

const fails = { fault: { kind: 'status', status: 500, message: 'oops' } } as const;

describe('the model that the settings name', () => {
  const servers: OllamaServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const start = async (script: OllamaScript = {}) => {
    const server = await startOllama(script);
    servers.push(server);
    return server;
  };
  const pair = async (first: OllamaScript, second: OllamaScript, deps: Partial<ModelDeps> = {}) => {
    const [a, b] = [await start(first), await start(second)];
    return { a, b, model: modelOf(ollamaAt(a.url), { fallback: ollamaAt(b.url) }, { retries: { maxRetries: 0 }, ...deps }) };
  };

  it('is none without a choice', () => {
    assert.equal(createModel(defaultModelSettings, { clock: wallClock, log: silent }), null);
  });

  it('asks the first choice alone while that one answers', async () => {
    const { a, b, model } = await pair({ answers: [{ text: 'a' }] }, { answers: [{ text: 'b' }] });
    assert.equal((await model.complete(request(), never)).text, 'a');
    assert.deepEqual([a.chats.length, b.requests.length], [1, 0]);
  });

  for (const fault of [
    { kind: 'status', status: 503 },
    { kind: 'error_in_stream', message: 'lost' },
    { kind: 'no_done' },
    { kind: 'broken_line' },
    { kind: 'html', status: 200 },
  ] as const)
    it(`asks the fallback when the first choice fails with ${JSON.stringify(fault)}`, async () => {
      const { model } = await pair({ answers: [{ text: 'a', fault }] }, { answers: [{ text: 'b' }] });
      assert.equal((await model.complete(request(), never)).text, 'b');
    });

  it('asks the fallback when nobody listens, and when the first choice is silent', async () => {
    const { a, model } = await pair({}, { answers: [{ text: 'b' }] });
    await a.close();
    assert.equal((await model.complete(request(), never)).text, 'b');
    const silentFirst = await pair({ fault: { kind: 'hang' } }, { answers: [{ text: 'c' }] }, { patience: { ...patient, firstMs: 200 } });
    assert.equal((await silentFirst.model.complete(request(), never)).text, 'c');
  });

  it('waits half of the time for an answer to begin', async () => {
    const { url } = await start({ answers: [{ fault: { kind: 'hang' } }] });
    const settings = { ...defaultModelSettings, primary: ollamaAt(url), timeoutSec: 0.1 };
    const model = createModel(settings, { clock: wallClock, log: silent });
    await assert.rejects(async () => model?.complete(request(), never), { message: /did not begin to answer within 0\.05 s/ });
  });

  it('says why neither answered', async () => {
    const { model } = await pair({ answers: [fails] }, { models: [] });
    await assert.rejects(model.complete(request(), never), {
      kind: 'server',
      message: /^ollama:llama3\.2:3b failed with status 500.* The fallback did not answer either: Ollama does not have the model/,
    });
  });

  it('leaves a model alone that failed twice in a row, and tries it again after a rest', async () => {
    const { a, model } = await pair({ answers: [fails] }, { answers: [{ text: 'b' }] });
    for (let round = 0; round < 4; round++) await model.complete(request(), never);
    assert.equal(a.chats.length, 2);
    const rested = await pair({ answers: [fails, fails, { text: 'back' }] }, { answers: [{ text: 'b' }] }, { breakers: new Breakers(0) });
    const texts = [];
    for (let round = 0; round < 4; round++) texts.push((await rested.model.complete(request(), never)).text);
    assert.deepEqual(texts, ['b', 'b', 'back', 'back']);
  });

  for (const fault of [{ kind: 'hang' }, { kind: 'stall' }, { kind: 'slow_drip', everyMs: 5 }] as const)
    it(`waits once for a model that shows ${fault.kind}, then leaves it alone, unless it is given more time`, async () => {
      const breakers = new Breakers();
      const patience = { firstMs: 300, idleMs: 300, totalMs: 700 };
      const { a, model } = await pair({ answers: [{ text: 'some text', fault }] }, { answers: [{ text: 'b' }] }, { patience, breakers });
      for (let round = 0; round < 3; round++) assert.equal((await model.complete(request(), never)).text, 'b');
      assert.equal(a.chats.length, 1);
      const more = modelOf(ollamaAt(a.url), { timeoutSec: 600 }, { breakers, patience, retries: { maxRetries: 0 } });
      await assert.rejects(more.complete(request(), never), { kind: 'unreachable' });
      assert.equal(a.chats.length, 2);
    });

  it('says that a model is left alone, also to the next investigation', async () => {
    const breakers = new Breakers();
    const server = await start({ answers: [fails] });
    const ask = () => modelOf(ollamaAt(server.url), {}, { breakers, retries: { maxRetries: 0 } }).complete(request(), never);
    for (let round = 0; round < 2; round++) await assert.rejects(ask(), /status 500/);
    await assert.rejects(ask(), { kind: 'unreachable', message: /failed or kept us waiting a moment ago/ });
    assert.equal(server.chats.length, 2);
  });

  it('asks at once again where nobody listened, where a key was refused and where a model was missing', async () => {
    const breakers = new Breakers();
    const server = await start({ models: [] });
    const ask = (url: string) => modelOf(ollamaAt(url), {}, { breakers }).complete(request(), never);
    for (let round = 0; round < 3; round++) await assert.rejects(ask(server.url), { kind: 'not_found' });
    const gone = await start();
    await gone.close();
    for (let round = 0; round < 3; round++) await assert.rejects(ask(gone.url), { message: /No Ollama answers/ });
  });

  it('does not hold against a model that a question was refused or called off', async () => {
    const breakers = new Breakers();
    const server = await start({ answers: [{ fault: { kind: 'status', status: 400, message: 'bad option' } }] });
    for (let round = 0; round < 3; round++)
      await assert.rejects(modelOf(ollamaAt(server.url), {}, { breakers }).complete(request(), never), { kind: 'bad_input' });
    assert.equal(server.chats.length, 3);
  });

  it('does not ask the fallback once it is cancelled', async () => {
    const { a, b, model } = await pair({ answers: [{ fault: { kind: 'hang' } }] }, {});
    const stop = new AbortController();
    const pending = model.complete(request(), stop.signal);
    await a.waiting;
    stop.abort();
    await assert.rejects(pending, { kind: 'cancelled' });
    await assert.rejects(model.complete(request(), stop.signal), { kind: 'cancelled' });
    assert.equal(b.requests.length, 0);
  });

  it('ends at once when it is cancelled during a pause before another try', async () => {
    const server = await start({ answers: [{ fault: { kind: 'status', status: 429, headers: { 'retry-after': '9' } } }] });
    const stop = new AbortController();
    const recorder = new PromptRecorder();
    const pending = modelOf(ollamaAt(server.url), {}, { recorder }).complete(request(), stop.signal);
    const isRefused = () => recorder.last()[0]?.outcome != null;
    while (!isRefused()) await new Promise(setImmediate);
    stop.abort();
    await assert.rejects(pending, { kind: 'cancelled' });
  });

  it('refuses a request that does not fit into the budget, without sending it', async () => {
    const server = await start();
    const budget = (limits: object) => ({ budget: { tokens: null, costUsd: null, seconds: null, ...limits } });
    await assert.rejects(modelOf(ollamaAt(server.url), budget({ tokens: 120 })).complete(request(), never), {
      kind: 'configuration',
      message: /does not fit into the 120 tokens.*budgetTokens/,
    });
    await assert.rejects(modelOf(ollamaAt(server.url), budget({ seconds: 0 })).complete(request(), never), {
      message: /The 0 s .* used up/,
    });
    assert.equal(server.requests.length, 0);
  });

  it('asks a model on this machine when the money is spent', async () => {
    const local = await start({ answers: [{ text: 'local' }] });
    const settings = {
      fallback: ollamaAt(local.url),
      keys: { openai: 'sk' },
      prices: { 'openai:gpt-4o': { inputUsd: 2.5, outputUsd: 10 } },
      budget: { tokens: null, costUsd: 0.000001, seconds: null },
    };
    const model = modelOf({ provider: 'openai', model: 'gpt-4o', baseUrl: null }, settings);
    assert.equal(model.isRemote, true);
    assert.partialDeepStrictEqual(await model.complete(request(), never), { text: 'local', costUsd: 0 });
  });

  it('ends a request when the time of the budget is over, and says that it was that', async () => {
    const server = await start({ answers: [{ fault: { kind: 'slow_drip', everyMs: 5 } }] });
    const model = modelOf(ollamaAt(server.url), { budget: { tokens: null, costUsd: null, seconds: 0.08 } });
    await assert.rejects(model.complete(request(), never), { kind: 'configuration', message: /The 0\.08 s that language models may take/ });
  });

  it('tells what was spent after each request', async () => {
    const server = await start({ answers: [{ text: 'x'.repeat(400) }] });
    const told: ModelSpending[] = [];
    const meter = new Meter({ tokens: 5000, costUsd: 1, seconds: 60 }, wallClock.nowMs, (spending) => told.push(spending));
    const answer = await modelOf(ollamaAt(server.url), {}, { meter }).complete(request(), never);
    assert.partialDeepStrictEqual(told, [{ requests: 1, tokens: answer.tokensIn + 100, tokensLimit: 5000, costUsd: 0, isCostKnown: true }]);
  });

  it('charges what a server that broke off had taken in', async () => {
    const server = await start({ answers: [{ text: 'x'.repeat(400), fault: { kind: 'no_done' } }] });
    const meter = new Meter({ tokens: 5000, costUsd: 1, seconds: 60 }, wallClock.nowMs);
    await modelOf(ollamaAt(server.url), {}, { meter })
      .complete(request(), never)
      .catch(() => undefined);
    assert.ok(meter.snapshot().tokens > 80, `${meter.snapshot().tokens} tokens`);
  });

  it('keeps what was sent exactly, and what came of it', async () => {
    const recorder = new PromptRecorder();
    const server = await start({ answers: [{ text: 'first' }, fails] });
    const model = modelOf(ollamaAt(server.url), {}, { recorder, retries: { maxRetries: 0 } });
    await model.complete(request(), never);
    await model.complete(request({ name: 'guide' }), never).catch(() => undefined);
    const [newest, oldest] = recorder.last();
    assert.deepEqual(oldest?.body, server.chats[0]);
    assert.partialDeepStrictEqual(oldest, { purpose: 'hypothesis_ranker', model: 'ollama:llama3.2:3b', url: `${server.url}/api/chat` });
    assert.partialDeepStrictEqual(oldest?.outcome, { text: 'first', problem: null });
    assert.equal(newest?.purpose, 'guide');
    assert.match(newest?.outcome?.problem ?? '', /status 500/);
  });

  it('counts as remote when either model is, and when an address cannot be read', async () => {
    const local = ollamaAt('http://127.0.0.1:1');
    assert.equal(modelOf(local).isRemote, false);
    assert.equal(modelOf(local, { fallback: openAiAt('https://a.example/v1') }).isRemote, true);
    const wrong = modelOf(ollamaAt('http://gpu.example'));
    assert.equal(wrong.isRemote, true);
    await assert.rejects(wrong.complete(request(), never), { kind: 'configuration', message: /must be an https:\/\/ address/ });
  });

  it('reaches the models of VS Code through its host, and nowhere else', async () => {
    const editor = { provider: 'editor', model: 'copilot-gpt', baseUrl: null } as const;
    await assert.rejects(modelOf(editor).complete(request(), never), { message: /inside VS Code only/ });
    const asked: unknown[] = [];
    const model = modelOf(
      editor,
      {},
      {
        completeWithEditor: async (question) => {
          asked.push(question);
          return { text: '{}', model: 'copilot-gpt', tokensIn: null, tokensOut: null };
        },
      },
    );
    assert.partialDeepStrictEqual(await model.complete(request(), never), { text: '{}', costUsd: null, model: 'editor:copilot-gpt' });
    assert.partialDeepStrictEqual(asked, [{ model: 'copilot-gpt', tool: 'hypothesis_ranker', maxOutputTokens: 100 }]);
  });
});
