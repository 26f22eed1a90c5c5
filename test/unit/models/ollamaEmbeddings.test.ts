import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createEmbeddingCache, createOllamaEmbeddings, type EmbeddingOptions } from '../../../src/models/ollamaEmbeddings';
import { type OllamaServer, startOllama } from '../../fakes/ollama/server';

const signal = new AbortController().signal;

describe("Ollama's embeddings", () => {
  let server: OllamaServer;
  const open = (options: EmbeddingOptions = {}, model = 'nomic-embed-text') =>
    createOllamaEmbeddings({ model, baseUrl: server.url }, options);
  const embedded = () => server.requests.filter(({ path }) => path === '/api/embed').map(({ body }) => JSON.parse(body).input as string[]);

  beforeEach(async () => {
    server = await startOllama({ models: [{ name: 'nomic-embed-text' }] });
  });
  afterEach(() => server.close());

  it('are one vector a text, the same for the same text', async () => {
    const [a, b, c] = await open().embed(['disk full', 'lock', 'disk full'], signal);
    assert.equal(a?.length, 32);
    assert.deepEqual(a, c);
    assert.notDeepEqual(a, b);
    assert.deepEqual(embedded(), [['disk full', 'lock']]);
  });

  it('are asked for once, also by another investigation that shares the cache', async () => {
    const cache = createEmbeddingCache();
    await open({ cache }).embed(['a', 'b'], signal);
    await open({ cache }).embed(['b', 'c', 'a'], signal);
    assert.deepEqual(embedded(), [['a', 'b'], ['c']]);
  });

  it('are asked for in batches', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    assert.equal((await open().embed(texts, signal)).length, 20);
    assert.deepEqual(
      embedded().map(({ length }) => length),
      [8, 8, 4],
    );
  });

  it('say what to do when the model is not there, or nobody listens', async () => {
    await assert.rejects(open({}, 'missing').embed(['a'], signal), { name: 'AppError', message: /missing/ });
    await server.close();
    await assert.rejects(open().embed(['a'], signal), { name: 'AppError', kind: 'unreachable' });
  });

  it('are not waited for long, and say in a sentence of their own where nothing comes', async () => {
    const hanging = (() => new Promise(() => undefined)) as typeof fetch;
    await assert.rejects(open({ fetch: hanging, patience: { firstMs: 1, idleMs: 1, totalMs: 50 } }).embed(['a'], signal), {
      kind: 'unreachable',
      message: /^Runbooks were searched by words alone: ollama:nomic-embed-text at .* sent no embeddings within 1 s\. Restart Ollama/,
    });
  });

  it('wait ten seconds for the first of them', async () => {
    const clock = mock.timers;
    clock.enable({ apis: ['setTimeout'] });
    try {
      const hanging = (() => new Promise(() => undefined)) as typeof fetch;
      const asked = open({ fetch: hanging }).embed(['a'], signal);
      const refused = assert.rejects(asked, { message: /within 10 s/ });
      clock.tick(10_000);
      await refused;
    } finally {
      clock.reset();
    }
  });

  it('are refused when they are not what was asked for', async () => {
    const answers = [{ embeddings: [] }, { embeddings: [['x']] }, { embeddings: [[]] }, {}, { embeddings: [[1], [1, 2]] }];
    for (const answer of answers) {
      const answering = (async () => Response.json(answer)) as typeof fetch;
      await assert.rejects(open({ fetch: answering }).embed(['a', 'b'], signal), {
        name: 'AppError',
        message: /^Runbooks were searched by words alone: ollama:nomic-embed-text gave no usable embeddings/,
      });
    }
  });

  it('end when they are called off', async () => {
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(open().embed(['a'], controller.signal), { kind: 'cancelled' });
    assert.deepEqual(embedded(), []);
  });
});
