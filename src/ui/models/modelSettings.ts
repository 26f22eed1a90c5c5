import * as vscode from 'vscode';
import type { ModelChoice, ModelProvider } from '../../domain/languageModel';
import { miniMaxChoice, ollamaHost } from '../../domain/modelAddress';
import { type ModelPrivacy, sentFields } from '../../domain/modelPrivacy';
import type { ModelSettings } from '../../domain/modelUse';
import { number, type SettingKey, text, value } from '../settings';

/** Who can be chosen in the settings; MiniMax speaks Anthropic's API at an address of its own. */
export const modelProviders = ['none', 'ollama', 'openai', 'anthropic', 'minimax', 'editor'] as const;
export type ChosenProvider = (typeof modelProviders)[number];

/** The settings of the model that is asked first, and of the one that stands in. */
export const modelSlots = {
  primary: { provider: 'aidog.model.provider', name: 'aidog.model.name', baseUrl: 'aidog.model.baseUrl' },
  fallback: { provider: 'aidog.model.fallbackProvider', name: 'aidog.model.fallbackName', baseUrl: 'aidog.model.fallbackBaseUrl' },
} as const satisfies Record<string, Record<'provider' | 'name' | 'baseUrl', SettingKey>>;
export type ModelSlot = keyof typeof modelSlots;

/** The model of a slot; its name may be empty, its address is as it was typed. Never throws. */
export function readModelChoice(slot: ModelSlot, env: NodeJS.ProcessEnv): ModelChoice | null {
  const keys = modelSlots[slot];
  return choiceOf(readProvider(slot), text(keys.name).trim(), text(keys.baseUrl).trim() || null, env);
}

export function readProvider(slot: ModelSlot): ChosenProvider {
  return modelProviders.find((one) => one === text(modelSlots[slot].provider)) ?? 'none';
}

/** null for none. Where no address is given, `OLLAMA_HOST` and MiniMax's address count. */
export function choiceOf(chosen: ChosenProvider, model: string, baseUrl: string | null, env: NodeJS.ProcessEnv): ModelChoice | null {
  if (chosen === 'none') return null;
  if (chosen === 'minimax') return miniMaxChoice(model, baseUrl);
  const own: Partial<Record<ModelProvider, string | null>> = { ollama: ollamaHost(env.OLLAMA_HOST), editor: null };
  return { provider: chosen, model, baseUrl: chosen === 'editor' ? null : (baseUrl ?? own[chosen] ?? null) };
}

/** What the engine is told about models, without keys. Never throws: what cannot be used says so where it is used. */
export function readModelSettings(env: NodeJS.ProcessEnv): Omit<ModelSettings, 'keys' | 'privacy'> & { readonly privacy: ModelPrivacy } {
  return {
    primary: readModelChoice('primary', env),
    fallback: readModelChoice('fallback', env),
    budget: {
      tokens: limit('aidog.model.budgetTokens'),
      costUsd: limit('aidog.model.budgetUsd'),
      seconds: limit('aidog.model.budgetSeconds'),
    },
    prices: readPrices(),
    timeoutSec: number('aidog.model.timeoutSeconds', 5, 1800),
    numCtx: Math.round(number('aidog.model.contextTokens', 2048, 1_048_576)),
    privacy: readModelPrivacy(),
    embeddings: readEmbeddingModel(env),
  };
}

/** `{"openai:gpt-4o": {"input": 2.5, "output": 10}}`; whatever is not that counts as not known. */
function readPrices(): NonNullable<ModelSettings['prices']> {
  const given = value('aidog.model.prices') as unknown;
  const isPrice = (usd: unknown): usd is number => typeof usd === 'number' && Number.isFinite(usd) && usd >= 0;
  const entries = Object.entries(typeof given === 'object' && given !== null ? given : {}).flatMap(([label, price]) => {
    const { input, output } = (price ?? {}) as Readonly<Record<string, unknown>>;
    return isPrice(input) && isPrice(output) ? [[label, { inputUsd: input, outputUsd: output }] as const] : [];
  });
  return Object.fromEntries(entries);
}

function readEmbeddingModel(env: NodeJS.ProcessEnv): ModelSettings['embeddings'] {
  const model = text('aidog.model.embeddingModel').trim();
  return model === '' ? null : { model, baseUrl: ollamaHost(env.OLLAMA_HOST) };
}

/** Whatever is not a known field is not sent. */
function readModelPrivacy(): ModelPrivacy {
  const listed = value('aidog.model.sendFields');
  return {
    fields: sentFields.filter((field) => Array.isArray(listed) && listed.includes(field)),
    hidesPersonalData: value('aidog.model.redactPersonalData') !== false,
    hidesAddresses: value('aidog.model.redactAddresses') !== false,
  };
}

/** 0 stands for no limit. */
function limit(key: SettingKey): number | null {
  return number(key, 0, Number.MAX_SAFE_INTEGER) || null;
}

/** Keeps a choice in the person's own settings; null for none. An address of null clears the setting. */
export async function storeModelChoice(slot: ModelSlot, chosen: ChosenProvider, model: string, baseUrl: string | null): Promise<void> {
  const keys = modelSlots[slot];
  const settings = vscode.workspace.getConfiguration();
  const { Global } = vscode.ConfigurationTarget;
  await settings.update(keys.name, model === '' ? undefined : model, Global);
  await settings.update(keys.baseUrl, baseUrl ?? undefined, Global);
  await settings.update(keys.provider, chosen, Global);
}
