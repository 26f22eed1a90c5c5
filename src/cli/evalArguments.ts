import { badArguments } from '../domain/errors';
import { type ChosenModels, type ModelValues, modelOptions, modelsOf } from './modelArguments';

/** Which set, where it lies, and which language models word the reports; they change none of the figures but the time. */
export interface EvalCommand extends ChosenModels {
  readonly kind: 'eval';
  readonly what: 'rca';
  /** Names of sets; empty for all. */
  readonly sets: readonly string[];
  readonly dataDir: string | null;
  readonly isJson: boolean;
}

export const evalOptions = {
  ...modelOptions,
  set: { type: 'string', multiple: true },
  data: { type: 'string' },
  json: { type: 'boolean' },
} as const;

interface EvalValues extends ModelValues {
  readonly set?: readonly string[];
  readonly data?: string;
  readonly json?: boolean;
}

/** Throws `badArguments` with what to mend. */
export function evalCommandOf({ set = [], data, json = false, ...models }: EvalValues, positionals: readonly string[]): EvalCommand {
  const [what, ...others] = positionals;
  if (what !== 'rca' || others.length > 0) throw badArguments('say what to evaluate: "aidog eval rca".');
  if (data === '') throw badArguments('--data is empty.');
  if (set.includes('')) throw badArguments('--set is empty.');
  return { kind: 'eval', what, sets: set, dataDir: data ?? null, isJson: json, ...modelsOf(models) };
}
