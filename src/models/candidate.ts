import type { LanguageModel, ModelAnswer, ModelChoice } from '../domain/languageModel';
import { isOfMiniMax, isRemoteModel, modelAddress, modelLabel } from '../domain/modelAddress';
import { editorModelsOnlyInEditor, modelKeyMissing } from '../domain/modelErrors';
import { createAnthropicTransport } from './anthropic';
import type { Shared } from './deps';
import { createEditorTransport, EDITOR_URL } from './editor';
import { Exchange, type Opened } from './exchange';
import { explained, keyVariable } from './explain';
import { keyFor } from './keys';
import { createOllamaTransport } from './ollama';
import { createOpenAiTransport } from './openAi';

/** One model with everything around it: breaker, budget, retries, the record of what was sent, and sentences for what fails. */
export function createCandidate(choice: ModelChoice, shared: Shared): LanguageModel {
  const name = modelLabel(choice);
  let opened: Opened | null = null;
  return {
    name,
    isRemote: isRemoteOrUnknown(choice),
    async complete(request, signal, onText = () => undefined): Promise<ModelAnswer> {
      opened ??= open(choice, shared);
      const { asked } = opened;
      const exchange = new Exchange(request, opened, shared, signal, onText);
      try {
        return await untilAborted(
          shared.breakers.run(name, asked.address, shared.settings.timeoutSec, () => exchange.run()),
          signal,
        );
      } catch (error) {
        throw explained(error, asked, signal);
      }
    },
  };
}

/** Throws the sentence to show when the settings do not name something that can be asked. */
function open(choice: ModelChoice, { settings, fetch, completeWithEditor }: Shared): Opened {
  const who = modelLabel(choice);
  if (choice.provider === 'editor') {
    if (completeWithEditor === null) throw editorModelsOnlyInEditor();
    const asked = { choice, who, address: EDITOR_URL, hasKey: true };
    return { asked, transport: createEditorTransport(choice.model, completeWithEditor) };
  }
  const address = modelAddress(choice.provider, choice.baseUrl);
  const key = keyFor(settings.keys, choice.provider, choice.baseUrl);
  const asked = { choice, who, address, hasKey: key !== null };
  const options = { address, model: choice.model, who, key, fetch };
  if (choice.provider === 'ollama') return { asked, transport: createOllamaTransport({ ...options, numCtx: settings.numCtx }) };
  if (key === null && isRemoteModel(choice)) throw modelKeyMissing(address, keyVariable(asked));
  return {
    asked,
    transport: choice.provider === 'openai' ? createOpenAiTransport(options) : createAnthropicTransport(options, isOfMiniMax(choice)),
  };
}

/** What cannot be read as an address is not known to stay on this machine. */
function isRemoteOrUnknown(choice: ModelChoice): boolean {
  try {
    return isRemoteModel(choice);
  } catch {
    return true;
  }
}

/** Gives up waiting at once, also where something on the way does not listen to the signal. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
