import { runsSinceMs } from './arrival';
import type { Candidate, SuspectInput } from './suspectInput';

/** How Git writes whom a commit takes back; people shorten the id. */
const NAMED = /\bThis reverts commit ([0-9a-f]{7,64})\b/gi;
const MAX_MESSAGE_CHARS = 10_000;
const DAY_MS = 86_400_000;

/**
 * The ids of the commits whose revert ran at the onset or before: what they did was gone by then. A revert names them in its
 * message or, as those made on a host's web page, does the exact opposite. What was brought back again is another commit's doing.
 * A plain revert within a day is among them as well: what it put back had been running until then.
 */
export function takenBack(candidates: readonly Candidate[], input: SuspectInput): ReadonlySet<string> {
  const undoing = undoers(candidates);
  const gone = new Set<string>();
  for (const revert of candidates) {
    const isEarlier = ({ commit }: Candidate) => commit !== revert.commit && commit.timestampMs <= revert.commit.timestampMs;
    const opposed = undoing(revert).filter(isEarlier);
    const named = namedBy(revert);
    const undone = named.length === 0 ? opposed : [...opposed, ...candidates.filter((one) => isEarlier(one) && isNamed(one, named))];
    if (undone.length === 0) continue;
    const sinceMs = runsSinceMs(revert.commit, input);
    if (sinceMs === null || sinceMs > input.onsetMs) continue;
    for (const { commit } of undone) gone.add(commit.sha);
    const isPlain = opposed.some((first) => isSoon(first, revert) && !undoing(first).some((other) => isSooner(other, first)));
    if (isPlain) gone.add(revert.commit.sha);
  }
  return gone;
}

/** Finds the commits of which one does the exact opposite, whether they came before or after it. */
function undoers(candidates: readonly Candidate[]): (candidate: Candidate) => readonly Candidate[] {
  const byOpposite = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = keyOf(candidate, candidate.removedText, candidate.addedText);
    const same = byOpposite.get(key);
    if (same) same.push(candidate);
    else byOpposite.set(key, [candidate]);
  }
  return (candidate) => {
    const { addedText, removedText } = candidate;
    if (addedText === '' && removedText === '') return [];
    return (byOpposite.get(keyOf(candidate, addedText, removedText)) ?? []).filter((other) => other !== candidate);
  };
}

const keyOf = ({ commit }: Candidate, first: string, second: string) => [[...commit.files].sort().join('\n'), first, second].join('\0');

const namedBy = ({ commit }: Candidate) =>
  [...commit.message.slice(0, MAX_MESSAGE_CHARS).matchAll(NAMED)].map((match) => (match[1] ?? '').toLowerCase());

const isNamed = ({ commit }: Candidate, ids: readonly string[]) => ids.some((id) => commit.sha.startsWith(id));

const isSooner = (one: Candidate, other: Candidate) => one.commit.timestampMs < other.commit.timestampMs;

const isSoon = (first: Candidate, second: Candidate) => second.commit.timestampMs - first.commit.timestampMs <= DAY_MS;
