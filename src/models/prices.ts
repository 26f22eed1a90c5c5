import type { ModelChoice } from '../domain/languageModel';
import { isRemoteModel, modelLabel } from '../domain/modelAddress';
import type { ModelPrice, ModelSettings } from '../domain/modelUse';

const FREE: ModelPrice = { inputUsd: 0, outputUsd: 0 };

/**
 * What a model costs: nothing on this machine, elsewhere what the person says by its label, such as `openai:gpt-4o`; null where they
 * say nothing. Providers change their lists, so AIDog brings none.
 */
export function priceOf(choice: ModelChoice, prices: ModelSettings['prices'] = {}): ModelPrice | null {
  if (!isRemoteModel(choice)) return FREE;
  const label = modelLabel(choice);
  return Object.hasOwn(prices, label) ? (prices[label] ?? null) : null;
}

export function costOf(price: ModelPrice | null, tokensIn: number, tokensOut: number): number | null {
  return price === null ? null : (tokensIn * price.inputUsd + tokensOut * price.outputUsd) / 1e6;
}
