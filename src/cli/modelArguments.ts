import { AppError, badArguments } from '../domain/errors';
import type { ModelChoice } from '../domain/languageModel';
import { isRemoteModel, parseModelLabel } from '../domain/modelAddress';
import type { ModelPrice } from '../domain/modelUse';

export const modelOptions = {
  model: { type: 'string' },
  'model-url': { type: 'string' },
  'fallback-model': { type: 'string' },
  'model-price': { type: 'string' },
} as const;

export type ModelValues = { readonly [K in keyof typeof modelOptions]?: string };

export interface ChosenModels {
  readonly model: ModelChoice | null;
  readonly fallbackModel: ModelChoice | null;
  /** Of the first model; null where it is not given. */
  readonly modelPrice?: ModelPrice | null;
}

/** The language models that the options name. Throws `badArguments` with what to mend. */
export function modelsOf(values: ModelValues): ChosenModels {
  const { model = 'none', 'fallback-model': fallback = 'none' } = values;
  const url = values['model-url'] ?? null;
  const chosen = choiceOf('--model', model, url);
  if (chosen === null && url !== null) throw badArguments('--model-url goes with --model only.');
  if (chosen === null && fallback !== 'none') throw badArguments('--fallback-model goes with --model only.');
  const modelPrice = priceIn(values['model-price']);
  if (chosen === null && modelPrice !== null) throw badArguments('--model-price goes with --model only.');
  return { model: chosen, fallbackModel: choiceOf('--fallback-model', fallback, null), ...(modelPrice === null ? {} : { modelPrice }) };
}

function choiceOf(option: string, text: string, url: string | null): ModelChoice | null {
  const choice = parseModelLabel(text, url);
  if (choice === undefined)
    throw badArguments(`${option} is none, ollama:NAME, openai:NAME, anthropic:NAME or minimax[:NAME], not "${text}".`);
  if (choice !== null) checkAddress(choice);
  return choice;
}

/** `3/15`: US dollars for a million tokens in and out. */
function priceIn(text: string | undefined): ModelPrice | null {
  if (text === undefined) return null;
  const [, input, output] = /^(\d{1,6}(?:\.\d{1,6})?)\/(\d{1,6}(?:\.\d{1,6})?)$/.exec(text) ?? [];
  if (input === undefined || output === undefined)
    throw badArguments(`--model-price is US dollars for a million tokens, IN/OUT such as 3/15, not "${text}".`);
  return { inputUsd: Number(input), outputUsd: Number(output) };
}

function checkAddress(choice: ModelChoice): void {
  try {
    isRemoteModel(choice);
  } catch (error) {
    throw badArguments(
      '--model-url takes an https address, or an http address on this machine.',
      error instanceof AppError ? error : undefined,
    );
  }
}
