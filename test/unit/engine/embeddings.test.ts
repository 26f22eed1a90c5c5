import assert from 'node:assert/strict';
import { defaultModelSettings, type ModelSettings } from '../../../src/domain/modelUse';
import { createEmbeddingOpener } from '../../../src/engine/embeddings';
import { type OllamaServer, startOllama } from '../../fakes/ollama/server';

const signal = new AbortController().signal;
const settings = (over: Partial<ModelSettings>): ModelSettings => ({ ...defaultModelSettings, ...over });

describe('the embedding model of the settings', () => {
  let server: OllamaServer;
  beforeEach(async () => {
    server = await startOllama({ models: [{ name: 'nomic-embed-text' }] });
  });
  afterEach(() => server.close());
  const inputs = () => server.requests.flatMap(({ body }) => JSON.parse(body).input as string[]);

  it('is none unless one is named', async () => {
    assert.equal(await createEmbeddingOpener()(settings({})), null);
    assert.equal(await createEmbeddingOpener()(settings({ embeddings: { model: '', baseUrl: null } })), null);
  });

  it('is told no secrets, and keeps its vectors over investigations', async () => {
    const open = createEmbeddingOpener();
    const chosen = settings({ embeddings: { model: 'nomic-embed-text', baseUrl: server.url } });
    for (const _ of [1, 2]) await (await open(chosen))?.embed(['log in with password=hunter2'], signal);
    assert.deepEqual(inputs(), ['log in with password=<SECRET_1>']);
  });

  it('is sent nothing where it is not on this machine, and says so', async () => {
    const sent: unknown[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (...request) => {
      sent.push(request);
      return Response.json({ embeddings: [[1]] });
    };
    try {
      for (const embeddings of [
        { model: 'nomic-embed-text', baseUrl: 'https://ollama.example' },
        { model: 'embed:cloud', baseUrl: server.url },
      ])
        await assert.rejects(async () => (await createEmbeddingOpener()(settings({ embeddings })))?.embed(['alert: disk full'], signal), {
          name: 'AppError',
          message: /^Runbooks were searched by words alone: .* is not on this machine\. Use .*aidog\.model\.embeddingModel/,
        });
    } finally {
      globalThis.fetch = fetch;
    }
    assert.deepEqual(sent, []);
  });

  it('costs words alone, and not the language model, where its address may not be used', async () => {
    const opened = await createEmbeddingOpener()(settings({ embeddings: { model: 'nomic-embed-text', baseUrl: 'http://gpu.example' } }));
    await assert.rejects(async () => opened?.embed(['a'], signal), { name: 'AppError', message: /must be an https:\/\/ address/ });
  });
});
