import assert from 'node:assert/strict';
import { defaultModelSettings, type EditorModelRequest, type ModelSettings } from '../../../src/domain/modelUse';
import { createEngineClient, type EngineClientOptions } from '../../../src/ui/engineClient';

const settled = () => new Promise(setImmediate);

interface Message {
  readonly type: string;
  readonly id: number;
  readonly name: string;
  readonly params: unknown;
  readonly value: unknown;
  readonly error: { readonly kind: string; readonly message: string };
}

const question: EditorModelRequest = { model: '', tool: 'test_plan', messages: [], schema: {}, maxOutputTokens: 10 };

describe('the engine client and language models', () => {
  /** A client whose engine is in the hands of the test. */
  async function open(options: Partial<EngineClientOptions> = {}) {
    const posted: Message[] = [];
    let receive: (message: unknown) => void = () => undefined;
    const client = createEngineClient({
      start: () => ({
        transport: {
          post: (message) => void posted.push(message as Message),
          listen(listener) {
            receive = listener;
            return { dispose: () => undefined };
          },
        },
        onCrash: () => undefined,
        dispose: () => undefined,
      }),
      connection: async () => null,
      log: { info: () => undefined, error: () => undefined },
      onCrash: () => undefined,
      ...options,
    });
    const ask = async () => {
      void client.request('lastPrompts', {}).catch(() => undefined);
      await settled();
    };
    await ask();
    return { client, posted, ask, hear: (message: unknown) => receive(message) };
  }

  it('tells the engine which models are set before the first request, and again only when that has changed', async () => {
    let settings: ModelSettings = defaultModelSettings;
    const { posted, ask } = await open({ models: async () => settings });
    await ask();
    settings = { ...settings, timeoutSec: 9 };
    await ask();
    const names = posted.map(({ name }) => name).filter((name) => name !== 'connect');
    assert.deepEqual(names, ['configureModels', 'lastPrompts', 'lastPrompts', 'configureModels', 'lastPrompts']);
  });

  it('brings progress of a download and what was spent to those who follow, until they stop', async () => {
    const { client, hear } = await open();
    const heard: unknown[] = [];
    const pull = client.followPull('p', (progress) => heard.push(progress));
    const account = client.followSpending('r', (spending) => heard.push(spending));
    const tell = (name: string, params: object) => hear({ type: 'signal', kind: 'notifications', name, params });
    const both = () => {
      tell('modelPulled', { runId: 'p', progress: { status: 'pulling' } });
      tell('modelSpent', { runId: 'r', spending: { requests: 1 } });
      tell('modelSpent', { runId: 'other', spending: { requests: 2 } });
    };
    both();
    pull.dispose();
    account.dispose();
    both();
    assert.deepEqual(heard, [{ status: 'pulling' }, { requests: 1 }]);
  });

  it('lets a model of the editor answer the engine, and calls it off with the engine', async () => {
    const asked: [EditorModelRequest, AbortSignal][] = [];
    const { posted, hear } = await open({
      async completeWithEditor(request, signal) {
        asked.push([request, signal]);
        return { text: '{}', model: 'gpt', tokensIn: 1, tokensOut: 1 };
      },
    });
    hear({ type: 'request', id: 7, name: 'completeWithEditor', params: question });
    await settled();
    assert.deepEqual(asked[0]?.[0], question);
    assert.partialDeepStrictEqual(posted.at(-1), { type: 'reply', id: 7, ok: true, value: { text: '{}', model: 'gpt' } });
  });

  it('says so where there is no editor to ask', async () => {
    const { posted, hear } = await open();
    hear({ type: 'request', id: 8, name: 'completeWithEditor', params: question });
    await settled();
    assert.match(posted.at(-1)?.error.message ?? '', /inside VS Code only/);
  });
});
