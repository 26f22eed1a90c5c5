import type { Commit } from '../domain/change';
import type { CodeLocation } from '../domain/frame';
import { type Arrival, arrivalOf, fading } from './arrival';
import { type FlagWord, flagWord, plainTextOf } from './flagClues';
import { frameClues } from './frameClues';
import { effectOf } from './harmless';
import { actsSlowly } from './mechanismEffects';
import { findMechanisms, functionInHunk } from './mechanisms';
import { takenBack } from './reverts';
import type { Candidate, Clue, EvidenceClass, RankedSuspect, SuspectInput } from './suspectInput';
import { mechanismClues, observedKinds } from './suspectMechanisms';
import { type NamedThing, namedThings, wordClues } from './suspectNames';
import { createPlaceFactor } from './suspectPlace';
import { changedText, isExternalFailure, rarity, wordsOf } from './suspectWords';
import { kindsAround, type SymptomKind } from './symptomKinds';
import { parseUnifiedDiff } from './unifiedDiff';

export type { RankedSuspect, SuspectInput } from './suspectInput';

/** The most that each kind of evidence can amount to, whatever else speaks for the commit. */
const CAPS: Readonly<Record<EvidenceClass, number>> = {
  blamed_line: 0.95,
  same_function: 0.9,
  mechanism: 0.9,
  lexical: 0.6,
  same_file: 0.45,
  time_only: 0.1,
};

/** What a feature flag that was switched before the onset says for the code behind it, and what one that was off leaves. */
const WOKEN = 0.45;
const ASLEEP = 0.1;
const PLACE_FIRST = 1.4;

/**
 * Ranks commits by how likely they caused an incident, best first; pure. A commit's score is
 *
 *   min(cap, 1 − Π(1 − clue)) × arrival × place × effect
 *
 * with clues from the failing frames and blame, known mechanisms in the diff, and words that errors, routes and queries
 * share with it; `arrival` (0..1) says whether it reached production before the onset, `place` whether it lies in the
 * failing service, `effect` whether such a change can matter at all. Having come last is no clue: time alone scores 0.1.
 * `candidates` are the commits of `input`, where they were read before. Commits made after the onset, never deployed, or reverted before it are left out. Below `BLAME_BAR` nobody is to be blamed.
 */
export function rankSuspects(input: SuspectInput, candidates = readCommits(input.commits)): RankedSuspect[] {
  const isExternal = isExternalFailure(input.errorText);
  const common: Common = {
    things: namedThings(candidates, input.errorText),
    weightOf: rarity(candidates.map((candidate) => candidate.words)),
    placeFactor: createPlaceFactor(input),
    observed: observedKinds(input),
    isExternal,
    around: new Set<SymptomKind>([...kindsAround(input.errorText), ...(isExternal ? (['upstream'] as const) : [])]),
  };
  const gone = takenBack(candidates, input);
  const ranked = candidates.flatMap((candidate) => (gone.has(candidate.commit.sha) ? [] : (judge(candidate, common, input) ?? [])));
  return ranked.sort((left, right) => right.score - left.score || (left.sha < right.sha ? -1 : 1));
}

/** Reads the diffs of commits, which is the same for whatever they are held against. */
export const readCommits = (commits: readonly Commit[]): readonly Candidate[] => commits.map(readCommit);

function readCommit(commit: Commit): Candidate {
  const files = parseUnifiedDiff(commit.diff ?? '', commit.files);
  const words = wordsOf(`${commit.files.join('\n')}\n${commit.message}\n${changedText(files)}`);
  const [addedText, removedText] = [changedText(files, ['added']), changedText(files, ['removed'])];
  const plainText = plainTextOf(files, commit.message);
  return { commit, files, mechanisms: findMechanisms(files), words, addedText, removedText, plainText };
}

/** What was found out about all commits together. */
interface Common {
  readonly things: readonly NamedThing[];
  readonly weightOf: (word: string) => number;
  readonly placeFactor: (commit: Commit, hasFrame: boolean) => number;
  readonly observed: ReadonlySet<SymptomKind>;
  readonly isExternal: boolean;
  /** What the errors say about what is around the code. */
  readonly around: ReadonlySet<SymptomKind>;
}

function judge(
  candidate: Candidate,
  { things, weightOf, placeFactor, observed, isExternal, around }: Common,
  input: SuspectInput,
): RankedSuspect | null {
  const { commit } = candidate;
  const flag = flagWord(candidate, input);
  const arrival = arrivalUnder(flag, commit, input);
  if (arrival === null) return null;
  const mechanisms = mechanismClues(candidate, input, observed);
  const isAround = around.size > 0 && !mechanisms.some(({ explains }) => explains.some((kind) => around.has(kind)));
  const frameFactor = frameFactorOf(input, isExternal || isAround);
  const frames = frameClues(candidate, input).map((clue) => ({
    ...clue,
    weight: clue.weight * frameFactor,
    isDirect: clue.isDirect && !isAround,
  }));
  const clues = [...frames, ...mechanisms, ...wordClues(candidate, things, weightOf, input, isExternal), ...flagClues(flag)];
  clues.sort((left, right) => standing(right) - standing(left));
  const [strongest] = clues;
  const evidenceClass = strongest?.kind ?? 'time_only';
  const core = strongest === undefined ? CAPS.time_only : Math.min(CAPS[evidenceClass], together(clues));
  const effect = effectOf(candidate.files, commit.files);
  const told = clues.find((clue) => clue.mechanism !== null);
  const lasting = told?.mechanism != null && actsSlowly(told.mechanism) ? arrival.lasting : arrival.factor;
  const score = Math.round(core * lasting * placeFactor(commit, frames.length > 0) * effect * 1000) / 1000;
  return {
    sha: commit.sha,
    score,
    // A function that calls itself gives the same reason frame after frame.
    reasons: [
      ...new Set(clues.map((clue) => clue.reason)),
      arrival.reason,
      ...(effect < 0.5 ? ['such a change hardly matters to a running service'] : []),
    ],
    title: commit.message.split('\n', 1)[0] ?? '',
    author: commit.author,
    committedAt: new Date(commit.timestampMs).toISOString(),
    location: clues.find((clue) => clue.location !== null)?.location ?? firstChange(candidate),
    mechanism: told?.mechanism ?? null,
    explains: told?.explains ?? [],
    evidenceClass,
    isDirect: clues.some((clue) => clue.isDirect),
  };
}

/** A place that failed says more than a mechanism that is as likely. */
const standing = ({ kind, weight }: Clue) => weight * (kind === 'blamed_line' || kind === 'same_function' ? PLACE_FIRST : 1);

/** Code behind a flag began to run when the flag was switched, and never ran where it was still off. */
function arrivalUnder(flag: FlagWord | null, commit: Commit, input: SuspectInput): Arrival | null {
  const arrival = arrivalOf(commit, input);
  if (arrival === null || flag === null) return arrival;
  if (flag.state === 'asleep') return { factor: ASLEEP, lasting: ASLEEP, reason: flag.reason };
  const woken = fading(input.onsetMs - flag.atMs);
  return { factor: Math.max(arrival.factor, woken), lasting: Math.max(arrival.lasting, woken), reason: arrival.reason };
}

function flagClues(flag: FlagWord | null): Clue[] {
  if (flag === null || flag.state === 'asleep') return [];
  return [{ kind: 'lexical', weight: WOKEN, reason: flag.reason, location: null, mechanism: null, explains: [], isDirect: true }];
}

/**
 * Frames tell most about errors of one's own; who asked a peer that is down, wrote to a full disk, or where slow requests enter,
 * is less to blame.
 */
function frameFactorOf(input: SuspectInput, isAround: boolean): number {
  if (isAround) return 0.35;
  return input.symptom === 'errors' ? 1 : 0.5;
}

/** Probability that at least one of independent clues is right. */
function together(clues: readonly Clue[]): number {
  return 1 - clues.reduce((rest, clue) => rest * (1 - clue.weight), 1);
}

function firstChange(candidate: Candidate): CodeLocation | null {
  const file = candidate.files.find((other) => other.newPath !== null && other.hunks.length > 0);
  const hunk = file?.hunks[0];
  if (file?.newPath == null || hunk === undefined) return null;
  const line = hunk.lines.find((other) => other.kind !== 'context')?.newLine ?? 1;
  return { file: file.newPath, line, function: functionInHunk(hunk, line) };
}
