import assert from 'node:assert/strict';
import { defaultModelPrivacy } from '../../../src/domain/modelPrivacy';
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

  it('is not asked elsewhere when runbooks may not be sent', async () => {
    const embeddings = { model: 'nomic-embed-text', baseUrl: 'https://ollama.example' };
    const privacy = { ...defaultModelPrivacy, fields: [] };
    assert.equal(await createEmbeddingOpener()(settings({ embeddings, privacy })), null);
    assert.notEqual(await createEmbeddingOpener()(settings({ embeddings })), null);
  });
});
