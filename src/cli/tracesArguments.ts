import { badArguments } from '../domain/errors';

export interface TracesCommand {
  readonly kind: 'traces';
  /** Traces that the report shows one by one. */
  readonly shown: number;
  readonly isJson: boolean;
}

export const tracesOptions = {
  show: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const DEFAULT_SHOWN = 3;
const MOST_SHOWN = 1000;

/** Throws `badArguments` with what to mend. */
export function tracesCommandOf({ show, json }: { readonly show?: string; readonly json?: boolean }): TracesCommand {
  if (show !== undefined && json) throw badArguments('--show goes with the report; --json prints every trace.');
  const shown = show === undefined ? DEFAULT_SHOWN : Number(show);
  if (!/^\d+$/.test(show ?? '1') || shown > MOST_SHOWN)
    throw badArguments(`--show takes a whole number up to ${MOST_SHOWN}, not "${show}".`);
  return { kind: 'traces', shown, isJson: json ?? false };
}
