import { badArguments } from '../domain/errors';

export interface EvalCommand {
  readonly kind: 'eval';
  readonly what: 'rca';
  /** Names of sets; empty for all. */
  readonly sets: readonly string[];
  readonly dataDir: string | null;
  readonly isJson: boolean;
}

export const evalOptions = {
  set: { type: 'string', multiple: true },
  data: { type: 'string' },
  json: { type: 'boolean' },
} as const;

interface EvalValues {
  readonly set?: readonly string[];
  readonly data?: string;
  readonly json?: boolean;
}

/** Throws `badArguments` with what to mend. */
export function evalCommandOf({ set = [], data, json = false }: EvalValues, positionals: readonly string[]): EvalCommand {
  const [what, ...others] = positionals;
  if (what !== 'rca' || others.length > 0) throw badArguments('say what to evaluate: "aidog eval rca".');
  if (data === '') throw badArguments('--data is empty.');
  if (set.includes('')) throw badArguments('--set is empty.');
  return { kind: 'eval', what, sets: set, dataDir: data ?? null, isJson: json };
}
