import type { Change } from '../domain/change';
import { formatDuration } from '../domain/format';
import type { Candidate, SuspectInput } from './suspectInput';
import type { FileDiff } from './unifiedDiff';

/** What feature flags say about a commit whose code stands behind one. */
export interface FlagWord {
  readonly flag: string;
  /** `woken`: switched before the onset; `asleep`: known, but switched only later, so that the code had not run. */
  readonly state: 'woken' | 'asleep';
  readonly reason: string;
  /** When it was switched. */
  readonly atMs: number;
}

const SKEW_MS = 120_000;
const MIN_NAME = 6;

/**
 * The flag whose name a commit's changed lines hold, if one was switched: the last before the onset has let its code run, however
 * old that code is. A flag that was switched after the onset only, from off to on, kept it asleep. Null when no flag speaks.
 */
export function flagWord(candidate: Candidate, { flags = [], onsetMs }: SuspectInput): FlagWord | null {
  const told = flags
    .flatMap((change) => {
      const name = flagName(change);
      return name !== null && holdsName(candidate, name) ? [{ change, name }] : [];
    })
    .sort((left, right) => left.change.timestampMs - right.change.timestampMs);
  const before = told.findLast(({ change }) => change.timestampMs <= onsetMs + SKEW_MS);
  if (before !== undefined) {
    const when = formatDuration(Math.max(0, onsetMs - before.change.timestampMs));
    const reason = `its code stands behind the feature flag ${before.name}, which was switched ${when} before the onset`;
    return { flag: before.name, state: 'woken', reason, atMs: before.change.timestampMs };
  }
  const [after] = told;
  if (after === undefined || !isSwitchedOn(after.change)) return null;
  const reason = `its code stands behind the feature flag ${after.name}, which was still off`;
  return { flag: after.name, state: 'asleep', reason, atMs: after.change.timestampMs };
}

/** Names a flag as the change events of flag services do: in an attribute, else quoted or before a colon in the title. */
export function flagName({ attributes, title }: Change): string | null {
  const { flag, key, name } = attributes;
  for (const value of [flag, key, name]) if (typeof value === 'string' && value.length >= MIN_NAME) return value;
  const match = /\bflag\s+["'`]?([\w.-]{6,80}?)["'`]?(?::|\s|$)/i.exec(title.slice(0, 300));
  return match?.[1] ?? null;
}

const isSwitchedOn = ({ title, attributes }: Change) =>
  /(?:→|->|to)\s*(?:on|true|enabled|100)/i.test(`${title} ${String(attributes.change ?? '')}`);

/** `new_ranker`, `new-ranker`, `newRanker` and `NEW_RANKER` are one name. */
const plain = (text: string) => text.toLowerCase().replaceAll(/[_.\s-]/g, '');

/** All that a commit changes and says, as names are compared. */
export const plainTextOf = (files: readonly FileDiff[], message: string): string => {
  const text = files.flatMap((file) => file.hunks.flatMap((hunk) => [hunk.section, ...hunk.lines.map((line) => line.text)])).join('\n');
  return plain(`${text.slice(0, 200_000)}\n${message.slice(0, 2_000)}`);
};

function holdsName({ plainText }: Candidate, name: string): boolean {
  const wanted = plain(name);
  return wanted.length >= MIN_NAME && plainText.includes(wanted);
}
