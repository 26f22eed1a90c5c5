import { calm, log, manyQueries, ONSET_MS } from '../incidents';
import type { World } from '../telemetry';

/** Words by which systems tell of trouble, for a user to type. */
export const operationsWords: readonly string[] = [
  'certificate has expired',
  'hardware failure',
  'noisy neighbor',
  'OOMKilled',
  'no space left on device',
  'failover',
  'quota exceeded',
  'DNS resolution failed: ENOTFOUND',
  'scheduled maintenance',
];

/** Words of the same shape that tell of nothing. */
export const everydayWords: readonly string[] = operationsWords.map((_, index) => `green garden chair ${index}`);

/** How programs quote what a user typed. */
export const quotations: readonly ((words: string) => string)[] = [
  (words) => `slow search for "${words}" by user 12`,
  (words) => `comment held back: '${words}'`,
  (words) => `looked up \`${words}\` for user 12`,
  (words) => `review “${words}” of user 12`,
];

export type IncidentKind = 'healthy' | 'latency';

/** An incident in which one line quotes a user. */
export const quotingWorld = (kind: IncidentKind, line: string, status: 'warn' | 'error'): World => ({
  ...(kind === 'healthy' ? calm() : manyQueries()),
  logs: [log(ONSET_MS + 5 * 60_000, line, { status })],
});
