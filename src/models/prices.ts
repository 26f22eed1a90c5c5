import type { ModelChoice } from '../domain/languageModel';
import { isRemoteModel, modelAddress } from '../domain/modelAddress';
import type { ModelPrice } from '../domain/modelUse';

/**
 * List prices in US dollars for a million tokens, without discounts for caching or batches, by provider's own host and the
 * beginning of a model's name. Sources: openai.com/api/pricing, claude.com/pricing and platform.minimax.io/docs/guides/pricing,
 * as known in October 2025 and not checked since. Models that are not listed have no known price.
 */
const PRICES: Readonly<Record<string, readonly (readonly [string, number, number])[]>> = {
  'api.openai.com': [
    ['gpt-5-nano', 0.05, 0.4],
    ['gpt-5-mini', 0.25, 2],
    ['gpt-5', 1.25, 10],
    ['gpt-4.1-nano', 0.1, 0.4],
    ['gpt-4.1-mini', 0.4, 1.6],
    ['gpt-4.1', 2, 8],
    ['gpt-4o-mini', 0.15, 0.6],
    ['gpt-4o', 2.5, 10],
    ['o4-mini', 1.1, 4.4],
    ['o3-mini', 1.1, 4.4],
    ['o3', 2, 8],
  ],
  'api.anthropic.com': [
    ['claude-opus-4-1', 15, 75],
    ['claude-opus-4', 15, 75],
    ['claude-sonnet-4-5', 3, 15],
    ['claude-sonnet-4', 3, 15],
    ['claude-3-7-sonnet', 3, 15],
    ['claude-haiku-4-5', 1, 5],
    ['claude-3-5-haiku', 0.8, 4],
    ['claude-3-haiku', 0.25, 1.25],
  ],
  'api.minimax.io': [['MiniMax-M2', 0.3, 1.2]],
};

const FREE: ModelPrice = { inputUsd: 0, outputUsd: 0 };

/** What the model costs: nothing on this machine, null where no price is known. */
export function priceOf(choice: ModelChoice): ModelPrice | null {
  if (!isRemoteModel(choice)) return FREE;
  if (choice.provider === 'editor') return null;
  const listed = PRICES[new URL(modelAddress(choice.provider, choice.baseUrl)).hostname] ?? [];
  const found = listed.find(([name]) => isVersionOf(choice.model, name));
  return found ? { inputUsd: found[1], outputUsd: found[2] } : null;
}

/** `gpt-4o-2024-08-06` and `gpt-4o-latest` are versions of `gpt-4o`; `gpt-4o-audio-preview` has a price of its own. */
function isVersionOf(model: string, name: string): boolean {
  return model.startsWith(name) && /^(?:-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest|0))?$/.test(model.slice(name.length));
}

export function costOf(price: ModelPrice | null, tokensIn: number, tokensOut: number): number | null {
  return price === null ? null : (tokensIn * price.inputUsd + tokensOut * price.outputUsd) / 1e6;
}
