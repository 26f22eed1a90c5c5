import assert from 'node:assert/strict';
import { PromptRecorder } from '../../../src/models/recorder';
import type { Fault, OllamaScript } from '../../fakes/ollama/script';
import { type OllamaServer, startOllama } from '../../fakes/ollama/server';
import { modelOf, never, ollamaAt, patient, request } from './parts';

describe('asking Ollama', () => {
  const servers: OllamaServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const start = async (script: OllamaScript = {}) => {
    const server = await startOllama(script);
    servers.push(server);
    return server;
  };
  const faulty = (fault: Fault) => start({ answers: [{ text: { cause: 'pool' }, fault }] });
  const ask = (server: { url: string }, deps: Parameters<typeof modelOf>[2] = {}, signal = never) =>
    modelOf(ollamaAt(server.url), {}, deps).complete(request(), signal);

  it('gives the answer with the counts of the server, at no cost', async () => {
    const server = await start({ answers: [{ text: { cause: 'pool' } }] });
    const answer = await ask(server);
    assert.deepEqual(JSON.parse(answer.text), { cause: 'pool' });
    assert.partialDeepStrictEqual(answer, { isCut: false, tokensOut: 4, costUsd: 0, model: 'ollama:llama3.2:3b' });
    assert.ok(answer.tokensIn > 20);
  });

  it('asks streamed, with room for the context, the schema twice, and without cutting the question', async () => {
    const server = await start();
    await modelOf(ollamaAt(server.url), { numCtx: 4096 }).complete(request(), never);
    const [chat] = server.chats;
    assert.partialDeepStrictEqual(chat, {
      model: 'llama3.2:3b',
      stream: true,
      truncate: false,
      format: request().schema,
      options: { num_ctx: 4096, num_predict: 100, temperature: 0 },
      keep_alive: '10m',
    });
    assert.equal(chat?.think, undefined);
    assert.match(chat?.messages[0]?.content ?? '', /You explain incidents\..*"enum":\["pool","disk"\]/s);
    assert.deepEqual(chat?.messages[1], { role: 'user', content: 'Why is checkout slow?' });
  });

  it('takes no more context than the model has', async () => {
    const server = await start({ models: [{ name: 'llama3.2:3b', contextTokens: 2048 }] });
    await ask(server);
    assert.equal(server.chats[0]?.options?.num_ctx, 2048);
  });

  it('turns thinking off for models that can, and leaves the thoughts out of the answer', async () => {
    const models = [{ name: 'llama3.2:3b', capabilities: ['completion', 'thinking'] }];
    const server = await start({ models, answers: [{ text: 'so', thinking: 'hm' }] });
    assert.equal((await ask(server)).text, 'so');
    assert.equal(server.chats[0]?.think, false);
    const gptOss = await start({ models: [{ ...models[0]!, family: 'gptoss' }] });
    await ask(gptOss).catch(() => undefined);
    assert.equal(gptOss.requests.filter(({ path }) => path === '/api/chat').map(({ body }) => JSON.parse(body).think)[0], 'low');
  });

  it('asks what the model can do once only', async () => {
    const server = await start();
    const model = modelOf(ollamaAt(server.url));
    await model.complete(request(), never);
    await model.complete(request(), never);
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ['/api/show', '/api/chat', '/api/chat'],
    );
  });

  it('tells how far the answer is', async () => {
    const server = await start({ answers: [{ text: 'x'.repeat(30) }] });
    const seen: number[] = [];
    await modelOf(ollamaAt(server.url)).complete(request(), never, (characters) => seen.push(characters));
    assert.deepEqual([seen[0], seen.at(-1)], [12, 30]);
  });

  it('says that an answer was cut', async () => {
    const server = await faulty({ kind: 'cut' });
    assert.equal((await ask(server)).isCut, true);
  });

  it('gives a model that cannot be kept from thinking room for that once it was cut', async () => {
    const server = await start({
      answers: ({ options }) => ({
        thinking: 'hm',
        text: '{"cause":',
        ...(Number(options?.num_predict) > 4000 ? {} : { fault: { kind: 'cut' } }),
      }),
    });
    assert.equal((await modelOf(ollamaAt(server.url)).complete(request(), never)).isCut, false);
    assert.deepEqual(
      server.chats.map(({ options }) => options?.num_predict),
      [100, 4100],
    );
  });

  it('asks for plain JSON when the server cannot hold the schema, and stays with it', async () => {
    const recorder = new PromptRecorder();
    const server = await start({
      answers: ({ format }) =>
        typeof format === 'object'
          ? { fault: { kind: 'status', status: 500, message: 'failed to load model vocabulary required for format' } }
          : { text: 'ok' },
    });
    const model = modelOf(ollamaAt(server.url), {}, { recorder });
    assert.equal((await model.complete(request(), never)).text, 'ok');
    await model.complete(request(), never);
    assert.deepEqual(
      server.chats.map(({ format }) => typeof format),
      ['object', 'string', 'string'],
    );
    assert.match(recorder.last().at(-1)?.outcome?.problem ?? '', /asked in another one/);
  });

  for (const [fault, kind, message] of [
    [{ kind: 'broken_line' }, 'bad_answer', /sent something that is no answer of a language model/],
    [{ kind: 'error_in_stream', message: 'model runner has unexpectedly stopped' }, 'server', /failed while it answered: model runner has/],
    [{ kind: 'no_done' }, 'bad_answer', /broke off before its answer was whole/],
    [{ kind: 'torn' }, 'bad_answer', /broke off before its answer was whole/],
    [{ kind: 'status', status: 401 }, 'forbidden', /Ollama at http.*\(401\)\. Sign in with: ollama signin/],
    [{ kind: 'status', status: 403, message: 'cloud is disabled' }, 'forbidden', /\(403\): cloud is disabled\./],
    [{ kind: 'status', status: 404, message: "model 'x' not found" }, 'not_found', /does not have the model.*ollama pull llama3\.2:3b/],
    [{ kind: 'status', status: 404, message: 'page not found' }, 'not_found', /does not speak this kind of API \(404\)/],
    [
      { kind: 'status', status: 400, message: 'the input length exceeds the context length' },
      'bad_input',
      /longer than the context.*contextTokens/,
    ],
    [{ kind: 'status', status: 400, message: 'invalid option' }, 'bad_input', /does not accept the request: invalid option\./],
    [{ kind: 'status', status: 429 }, 'rate_limited', /limiting requests.*in a minute/],
    [{ kind: 'status', status: 429, headers: { 'retry-after': '90' } }, 'rate_limited', /Try again in 90 s/],
    [{ kind: 'status', status: 500, message: 'model requires more system memory (9 GiB)' }, 'server', /status 500.*more system memory/],
    [{ kind: 'status', status: 503, message: 'server busy' }, 'server', /status 503: server busy\./],
    [{ kind: 'html', status: 200 }, 'bad_answer', /no answer of a language model/],
    [{ kind: 'html', status: 502 }, 'server', /status 502.*web page/],
  ] as const)
    it(`explains ${JSON.stringify(fault)} in one sentence`, async () => {
      await assert.rejects(ask(await faulty(fault)), { name: 'AppError', kind, message });
    });

  it('explains that nobody listens, and that a model is not there', async () => {
    const server = await start();
    await server.close();
    await assert.rejects(ask(server), { kind: 'unreachable', message: /No Ollama answers at http:\/\/127.*Start Ollama, or/ });
    await assert.rejects(ask(await start({ models: [] })), { kind: 'not_found', message: /Pull it with "AIDog: Pull Model…"/ });
  });

  it('gives up on a server that is silent, that stalls, and that drips', async () => {
    const deps = (limits: Partial<typeof patient>) => ({ patience: { ...patient, ...limits } });
    await assert.rejects(ask(await faulty({ kind: 'hang' }), deps({ firstMs: 40 })), {
      kind: 'unreachable',
      message: /did not begin to answer within 0\.04 s/,
    });
    await assert.rejects(ask(await faulty({ kind: 'stall' }), deps({ idleMs: 40 })), { message: /sent nothing for 0\.04 s/ });
    await assert.rejects(ask(await faulty({ kind: 'slow_drip', everyMs: 5 }), deps({ totalMs: 60 })), {
      message: /not done with its answer after 0\.06 s/,
    });
  });

  for (const fault of [{ kind: 'hang' }, { kind: 'stall' }, { kind: 'slow_drip', everyMs: 5 }] as const)
    it(`ends at once when it is cancelled during ${fault.kind}, and lets the connection go`, async () => {
      const server = await faulty(fault);
      const stop = new AbortController();
      const pending = ask(server, {}, stop.signal);
      await server.waiting;
      stop.abort();
      await assert.rejects(pending, { kind: 'cancelled' });
      await server.clientLeft;
    });

  it('writes nothing to the console, whatever the server sends', async () => {
    const said: unknown[] = [];
    const { log, warn, error } = console;
    Object.assign(console, {
      log: (...words: unknown[]) => said.push(words),
      warn: (...words: unknown[]) => said.push(words),
      error: said.push,
    });
    try {
      for (const fault of [{ kind: 'broken_line' }, { kind: 'html', status: 502 }] as const)
        await ask(await faulty(fault)).catch(() => undefined);
    } finally {
      Object.assign(console, { log, warn, error });
    }
    assert.deepEqual(said, []);
  });
});
