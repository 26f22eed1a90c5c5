import { modelBrokeOff, modelUnreadable, ollamaModelMissing, pullFailed } from '../domain/modelErrors';
import type { ModelInfo, PullProgress } from '../domain/modelUse';
import { type Asking, ask, askJson, type Fetch, HttpFailure } from './http';
import { linesOf } from './lines';
import { messageIn } from './reason';
import { arrayIn, numberIn, recordIn, textIn } from './values';
import { type Patience, Watch } from './watch';

export interface OllamaServer {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly key: string | null;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  readonly patience: Patience;
}

export interface OllamaAbilities {
  readonly isThinking: boolean;
  readonly family: string | null;
  readonly contextTokens: number | null;
  readonly capabilities: readonly string[] | null;
}

/** The models that are on the server. */
export async function listOllamaModels(server: OllamaServer): Promise<ModelInfo[]> {
  const answer = await asking(server, (options) => askJson(`${server.baseUrl}/api/tags`, { headers: headersOf(server) }, options));
  return arrayIn(answer, 'models').flatMap((item) => {
    const name = textIn(item, 'name') ?? textIn(item, 'model');
    if (name === null) return [];
    const details = recordIn(item, 'details');
    const words = [textIn(details, 'parameter_size'), textIn(details, 'quantization_level')].filter((word) => word !== null && word !== '');
    return [{ name, description: words.join(' ') || null, sizeBytes: numberIn(item, 'size') }];
  });
}

const UNKNOWN: OllamaAbilities = { isThinking: false, family: null, contextTokens: null, capabilities: null };

/** What the model can do. A server that does not tell is no failure; one that lacks the model is. */
export async function describeOllamaModel(server: OllamaServer & { readonly model: string }): Promise<OllamaAbilities> {
  const body = JSON.stringify({ model: server.model });
  try {
    const shown = await asking(server, (options) =>
      askJson(`${server.baseUrl}/api/show`, { method: 'POST', headers: headersOf(server), body }, options),
    );
    const capabilities = Array.isArray(recordIn(shown).capabilities)
      ? arrayIn(shown, 'capabilities').filter((name) => typeof name === 'string')
      : null;
    const info = recordIn(shown, 'model_info');
    const contextKey = Object.keys(info).find((key) => key.endsWith('.context_length'));
    return {
      isThinking: capabilities?.includes('thinking') ?? false,
      family: textIn(recordIn(shown, 'details'), 'family'),
      contextTokens: contextKey === undefined ? null : numberIn(info, contextKey),
      capabilities,
    };
  } catch (error) {
    if (error instanceof HttpFailure && error.status === 404 && /not found/i.test(error.reason) && /model/i.test(error.reason))
      throw ollamaModelMissing(server.model, error);
    if (error instanceof HttpFailure && error.status !== 401 && error.status !== 403 && error.status < 500) return UNKNOWN;
    throw error;
  }
}

/** Downloads a model. What was fetched before a failure or an abort is kept by Ollama and not fetched again. */
export async function pullOllamaModel(
  server: OllamaServer & { readonly model: string },
  onProgress: (progress: PullProgress) => void,
): Promise<void> {
  const body = JSON.stringify({ model: server.model, stream: true });
  await asking(server, async (options) => {
    const { pieces } = await ask(`${server.baseUrl}/api/pull`, { method: 'POST', headers: headersOf(server), body }, options);
    for await (const line of linesOf(pieces)) {
      if (line.trim() === '') continue;
      const part = lineValue(line, options.who);
      const reason = messageIn(recordIn(part).error);
      if (reason !== null) throw pullFailed(server.model, reason);
      const status = textIn(part, 'status') ?? '';
      if (status === 'success') return;
      onProgress({ status, completedBytes: numberIn(part, 'completed'), totalBytes: numberIn(part, 'total') });
    }
    throw modelBrokeOff(options.who);
  });
}

function lineValue(line: string, who: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw modelUnreadable(who, error);
  }
}

function headersOf({ key }: OllamaServer): Record<string, string> {
  return { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
}

async function asking<T>({ fetch, key, signal, patience }: OllamaServer, work: (asking: Asking) => Promise<T>): Promise<T> {
  const watch = new Watch(patience, signal);
  try {
    return await work({ fetch, who: 'Ollama', watch, key });
  } finally {
    watch.dispose();
  }
}
