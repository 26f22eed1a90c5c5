import type { ModelChoice, ModelRequest } from '../../../src/domain/languageModel';
import { defaultModelSettings, type ModelSettings } from '../../../src/domain/modelUse';
import { createModel } from '../../../src/models/createModel';
import type { ModelDeps } from '../../../src/models/deps';

export const never = new AbortController().signal;
export const wallClock = { nowMs: () => performance.now() };
export const silent = { info: () => undefined, error: () => undefined };

/** Long enough that no test waits for it, unless it gives limits of its own. */
export const patient = { firstMs: 10_000, idleMs: 10_000, totalMs: 10_000 };

/** A question as an agent puts it. */
export function request(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    name: 'hypothesis_ranker',
    system: 'You explain incidents.',
    messages: [{ role: 'user', content: 'Why is checkout slow?' }],
    schema: { type: 'object', properties: { cause: { enum: ['pool', 'disk'] } }, required: ['cause'], additionalProperties: false },
    maxOutputTokens: 100,
    ...changes,
  };
}

export const ollamaAt = (baseUrl: string, model = 'llama3.2:3b'): ModelChoice => ({ provider: 'ollama', model, baseUrl });
export const openAiAt = (baseUrl: string, model = 'gpt-test'): ModelChoice => ({ provider: 'openai', model, baseUrl });
export const anthropicAt = (baseUrl: string, model = 'claude-test'): ModelChoice => ({ provider: 'anthropic', model, baseUrl });

/** A model with short pauses between retries. */
export function modelOf(primary: ModelChoice, settings: Partial<ModelSettings> = {}, deps: Partial<ModelDeps> = {}) {
  const made = createModel(
    { ...defaultModelSettings, primary, ...settings },
    { clock: wallClock, log: silent, patience: patient, retries: { firstRetryMs: 1 }, ...deps },
  );
  if (made === null) throw new Error('The settings name no model.');
  return made;
}
