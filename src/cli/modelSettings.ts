import type { ModelChoice } from '../domain/languageModel';
import { isOfMiniMax, MINIMAX_ADDRESS, modelLabel, ollamaHost } from '../domain/modelAddress';
import { defaultModelSettings, type ModelSettings } from '../domain/modelUse';
import type { ChosenModels } from './modelArguments';
import type { World } from './world';

/** The models that were chosen, with keys and Ollama's address from the environment. */
export function modelSettingsFrom({ model, fallbackModel, modelPrice = null }: ChosenModels, { env }: Pick<World, 'env'>): ModelSettings {
  const placed = (choice: ModelChoice | null) =>
    choice?.provider === 'ollama' && choice.baseUrl === null ? { ...choice, baseUrl: ollamaHost(env.OLLAMA_HOST) } : choice;
  const choices = [placed(model), placed(fallbackModel)];
  const [primary = null, fallback = null] = choices;
  const prices = primary === null || modelPrice === null ? {} : { [modelLabel(primary)]: modelPrice };
  return { ...defaultModelSettings, primary, fallback, prices, keys: keysFor(choices, env) };
}

/** A provider's key goes to its own address, and to another one only where that was typed together with the provider. */
function keysFor(choices: readonly (ModelChoice | null)[], env: World['env']): Record<string, string> {
  const { OPENAI_API_KEY, ANTHROPIC_API_KEY, MINIMAX_API_KEY, OLLAMA_API_KEY } = env;
  const byProvider = { ollama: OLLAMA_API_KEY, openai: OPENAI_API_KEY, anthropic: ANTHROPIC_API_KEY, editor: undefined };
  const keys: Record<string, string | undefined> = { ...byProvider };
  for (const choice of choices)
    if (choice?.baseUrl) keys[choice.baseUrl] = isOfMiniMax(choice) ? MINIMAX_API_KEY : byProvider[choice.provider];
  keys[MINIMAX_ADDRESS] = MINIMAX_API_KEY;
  return Object.fromEntries(Object.entries(keys).flatMap(([name, key]) => (key ? [[name, key]] : [])));
}
