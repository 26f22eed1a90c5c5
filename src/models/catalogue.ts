import type { ModelRequest } from '../domain/languageModel';
import { modelAddress, modelLabel } from '../domain/modelAddress';
import { editorModelsOnlyInEditor, noPullHere } from '../domain/modelErrors';
import type { ModelAbilities, ModelCheck, ModelInfo, ModelServer, ModelSettings, PullProgress } from '../domain/modelUse';
import { anthropicHeaders } from './anthropic';
import { createModel } from './createModel';
import type { ModelDeps } from './deps';
import { explained } from './explain';
import { askJson, type Fetch } from './http';
import { describeOllamaModel, listOllamaModels, pullOllamaModel } from './ollamaCatalogue';
import { arrayIn, numberIn, textIn } from './values';
import { type Patience, Watch } from './watch';

export interface CatalogueOptions {
  readonly fetch?: Fetch;
  readonly patience?: Patience;
}

const PATIENCE: Patience = { firstMs: 15_000, idleMs: 15_000, totalMs: 30_000 };
/** A download is alive as long as something comes. Ollama is silent while it checks what it fetched. */
const PULL_PATIENCE: Patience = { firstMs: 60_000, idleMs: 300_000, totalMs: Number.POSITIVE_INFINITY };

/** Every model that the server offers, in its order. Rejects with an `AppError` that says what to do. */
export function listModels(server: ModelServer, signal: AbortSignal, options: CatalogueOptions = {}): Promise<ModelInfo[]> {
  return reached(server, '', signal, async (address) => {
    const { fetch: send = fetch, patience = PATIENCE } = options;
    return server.provider === 'ollama'
      ? listOllamaModels({ baseUrl: address, key: server.key, fetch: send, signal, patience })
      : listCloudModels(server, address, send, patience, signal);
  });
}

/** What the model can do. OpenAI's and Anthropic's routes do not tell. */
export function describeModel(
  server: ModelServer,
  model: string,
  signal: AbortSignal,
  { fetch: send = fetch, patience = PATIENCE }: CatalogueOptions = {},
): Promise<ModelAbilities> {
  return reached(server, model, signal, async (address) => {
    if (server.provider !== 'ollama') return { contextTokens: null, capabilities: null };
    const { contextTokens, capabilities } = await describeOllamaModel({
      baseUrl: address,
      key: server.key,
      fetch: send,
      signal,
      patience,
      model,
    });
    return { contextTokens, capabilities };
  });
}

/** Downloads a model into Ollama; aborting stops the download, and what was fetched is kept for the next time. */
export function pullModel(
  server: ModelServer,
  model: string,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
  { fetch: send = fetch, patience = PULL_PATIENCE }: CatalogueOptions = {},
): Promise<void> {
  return reached(server, model, signal, (address) => {
    if (server.provider !== 'ollama') throw noPullHere();
    return pullOllamaModel({ baseUrl: address, key: server.key, fetch: send, signal, patience, model }, onProgress);
  });
}

const QUESTION: ModelRequest = {
  name: 'connection_test',
  system: 'You check that a connection works.',
  messages: [{ role: 'user', content: 'Set "ready" to true.' }],
  schema: { type: 'object', properties: { ready: { type: 'boolean' } }, required: ['ready'], additionalProperties: false },
  maxOutputTokens: 200,
};

/** Asks the model one short question, without a budget and without a second try. */
export async function testModel(
  { provider, baseUrl, key }: ModelServer,
  model: string,
  settings: ModelSettings,
  deps: ModelDeps,
  signal: AbortSignal,
): Promise<ModelCheck> {
  const primary = { provider, model, baseUrl };
  const keys = key === null ? settings.keys : { [addressKey(provider, baseUrl)]: key };
  const budget = { tokens: null, costUsd: null, seconds: null };
  const { breakers: _, meter: __, ...alone } = deps;
  const asked = createModel({ ...settings, primary, fallback: null, keys, budget }, { ...alone, retries: { maxRetries: 0 } });
  const began = deps.clock.nowMs();
  const answer = await asked?.complete(QUESTION, signal);
  return { model: modelLabel(primary), ms: Math.round(deps.clock.nowMs() - began), followsSchema: isReady(answer?.text ?? '') };
}

const addressKey = (provider: ModelServer['provider'], baseUrl: string | null) =>
  provider === 'editor' ? provider : modelAddress(provider, baseUrl);

function isReady(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'ready' in value && typeof value.ready === 'boolean';
  } catch {
    return false;
  }
}

/** `GET /v1/models` of OpenAI's kind, `{data: [{id}]}`, and of Anthropic's, which has names for people too. */
async function listCloudModels(
  server: ModelServer,
  address: string,
  send: Fetch,
  patience: Patience,
  signal: AbortSignal,
): Promise<ModelInfo[]> {
  const { provider, key } = server;
  const watch = new Watch(patience, signal);
  const url = provider === 'anthropic' ? `${address}/v1/models?limit=1000` : `${address}/models`;
  const bearer: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const headers = provider === 'anthropic' ? anthropicHeaders({ address, key }) : bearer;
  try {
    const answer = await askJson(url, { headers }, { fetch: send, who: address, watch, key });
    return arrayIn(answer, 'data').flatMap((item) => {
      const name = textIn(item, 'id');
      return name === null ? [] : [{ name, description: textIn(item, 'display_name'), sizeBytes: numberIn(item, 'size') }];
    });
  } finally {
    watch.dispose();
  }
}

async function reached<T>(server: ModelServer, model: string, signal: AbortSignal, work: (address: string) => Promise<T>): Promise<T> {
  if (server.provider === 'editor') throw editorModelsOnlyInEditor();
  const address = modelAddress(server.provider, server.baseUrl);
  const choice = { provider: server.provider, model, baseUrl: server.baseUrl };
  try {
    return await work(address);
  } catch (error) {
    const who = model === '' ? address : modelLabel(choice);
    throw explained(error, { choice, who, address, hasKey: server.key !== null }, signal);
  }
}
