import { badArguments } from '../domain/errors';

export interface LogsCommand {
  readonly kind: 'logs';
  /** Lines before this time (epoch milliseconds) are what is usual; null without. */
  readonly quietUntilMs: number | null;
  /** A log of a quiet time; null without. */
  readonly baseline: string | null;
  readonly service: string | null;
  readonly isJson: boolean;
}

export const logsOptions = {
  'quiet-until': { type: 'string' },
  baseline: { type: 'string' },
  service: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export interface LogsValues {
  readonly 'quiet-until'?: string;
  readonly baseline?: string;
  readonly service?: string;
  readonly json?: boolean;
}

/** Throws `badArguments` with what to mend. */
export function logsCommandOf({ 'quiet-until': quietUntil, baseline, service, json }: LogsValues): LogsCommand {
  for (const [option, value] of Object.entries({ baseline, service })) if (value === '') throw badArguments(`--${option} is empty.`);
  if (quietUntil !== undefined && baseline !== undefined) throw badArguments('--quiet-until and --baseline exclude each other.');
  const quietUntilMs = quietUntil === undefined ? null : timeOf(quietUntil);
  return { kind: 'logs', quietUntilMs, baseline: baseline ?? null, service: service ?? null, isJson: json ?? false };
}

/** ISO 8601, in UTC where no zone is named. */
function timeOf(text: string): number {
  const found = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(text);
  const timeMs = found
    ? Date.parse(found[1] === undefined && text.length > 10 ? `${text.replace(' ', 'T')}Z` : text.replace(' ', 'T'))
    : Number.NaN;
  if (!Number.isFinite(timeMs)) throw badArguments(`--quiet-until takes a time such as 2026-01-02T03:04:05Z, not "${text}".`);
  return timeMs;
}
