import type { Commit } from '../domain/change';
import type { CodeLocation } from '../domain/frame';
import { arrivalOf } from './arrival';
import { frameClues } from './frameClues';
import { effectOf } from './harmless';
import type { Mechanism } from './mechanism';
import { findMechanisms, functionInHunk } from './mechanisms';
import { isInServiceFolder } from './pathNames';
import type { Candidate, Clue, EvidenceClass, RankedSuspect, SuspectInput } from './suspectInput';
import { changedText, isExternalFailure, quotedNames, rarity, wordsOf } from './suspectWords';
import { parseUnifiedDiff } from './unifiedDiff';

export type { RankedSuspect, SuspectInput } from './suspectInput';

/** Nobody is to be blamed for a commit that scores less. */
export const BLAME_BAR = 0.5;

/** The most that each kind of evidence can amount to, whatever else speaks for the commit. */
const CAPS: Readonly<Record<EvidenceClass, number>> = {
  blamed_line: 0.95,
  same_function: 0.9,
  mechanism: 0.9,
  lexical: 0.6,
  same_file: 0.45,
  time_only: 0.1,
};

/**
 * Ranks commits by how likely they caused an incident, best first; pure. A commit's score is
 *
 *   min(cap, 1 − Π(1 − clue)) × arrival × place × effect
 *
 * with clues from the failing frames and blame, known mechanisms in the diff, and words that errors, routes and queries
 * share with it; `arrival` (0..1) says whether it reached production before the onset, `place` whether it lies in the
 * failing service, `effect` whether such a change can matter at all. Having come last is no clue: time alone scores 0.1.
 * Commits made after the onset, or never deployed, are left out. Below {@link BLAME_BAR} nobody is to be blamed.
 */
export function rankSuspects(input: SuspectInput): RankedSuspect[] {
  const candidates = input.commits.map(readCommit);
  const weightOf = rarity(candidates.map((candidate) => candidate.words));
  const ranked = candidates.flatMap((candidate) => judge(candidate, candidates, weightOf, input) ?? []);
  return ranked.sort((left, right) => right.score - left.score || (left.sha < right.sha ? -1 : 1));
}

function readCommit(commit: Commit): Candidate {
  const files = parseUnifiedDiff(commit.diff ?? '', commit.files);
  const words = wordsOf(`${commit.files.join('\n')}\n${commit.message}\n${changedText(files)}`);
  return { commit, files, mechanisms: findMechanisms(files), words, addedText: changedText(files, ['added']) };
}

function judge(
  candidate: Candidate,
  all: readonly Candidate[],
  weightOf: (word: string) => number,
  input: SuspectInput,
): RankedSuspect | null {
  const { commit } = candidate;
  const arrival = arrivalOf(commit, input);
  if (arrival === null) return null;
  const isExternal = isExternalFailure(input.errorText);
  const frames = frameClues(candidate, input).map((clue) => ({ ...clue, weight: clue.weight * frameFactor(input, isExternal) }));
  const clues = [...frames, ...mechanismClues(candidate, input, isExternal), ...wordClues(candidate, all, weightOf, input, isExternal)];
  clues.sort((left, right) => right.weight - left.weight);
  const [strongest] = clues;
  const evidenceClass = strongest?.kind ?? 'time_only';
  const core = strongest === undefined ? CAPS.time_only : Math.min(CAPS[evidenceClass], together(clues));
  const effect = effectOf(candidate.files, commit.files);
  const place = placeFactor(commit, input, frames.length > 0);
  const score = Math.round(core * arrival.factor * place * effect * 1000) / 1000;
  const mechanism = clues.find((clue) => clue.mechanism !== null)?.mechanism ?? null;
  return {
    sha: commit.sha,
    score,
    reasons: [
      ...clues.map((clue) => clue.reason),
      arrival.reason,
      ...(effect < 0.5 ? ['such a change hardly matters to a running service'] : []),
    ],
    title: commit.message.split('\n', 1)[0] ?? '',
    author: commit.author,
    committedAt: new Date(commit.timestampMs).toISOString(),
    location: clues.find((clue) => clue.location !== null)?.location ?? firstChange(candidate),
    mechanism,
    evidenceClass,
  };
}

/** Frames tell most about errors of one's own; who asked a peer that is down, or where slow requests enter, is less to blame. */
function frameFactor(input: SuspectInput, isExternal: boolean): number {
  if (isExternal) return 0.35;
  return input.symptom === 'errors' ? 1 : 0.5;
}

/** Probability that at least one of independent clues is right. */
function together(clues: readonly Clue[]): number {
  return 1 - clues.reduce((rest, clue) => rest * (1 - clue.weight), 1);
}

/** 1 in the failing service's folder or file; less in shared code; little in another service's folder. */
function placeFactor(commit: Commit, input: SuspectInput, hasFrame: boolean): number {
  if (hasFrame || input.service === null) return 1;
  const { service } = input;
  if (commit.files.some((file) => isInServiceFolder(file, service))) return 1;
  return commit.files.some((file) => !isInSomeServiceFolder(file, input)) ? 0.85 : 0.4;
}

const SERVICE_PARENTS = new Set(['services', 'apps', 'microservices', 'cmd']);

function isInSomeServiceFolder(file: string, input: SuspectInput): boolean {
  const [parent = '', child] = file.split('/');
  if (child !== undefined && SERVICE_PARENTS.has(parent)) return true;
  return input.deployments.some((change) => change.service !== null && isInServiceFolder(file, change.service));
}

function mechanismClues(candidate: Candidate, input: SuspectInput, isExternal: boolean): Clue[] {
  const [best] = candidate.mechanisms
    .map((mechanism) => ({ mechanism, weight: strengthOf(mechanism, candidate, input, isExternal) }))
    .sort((left, right) => right.weight - left.weight);
  if (best === undefined) return [];
  const { mechanism, weight } = best;
  const location: CodeLocation = { file: mechanism.path, line: mechanism.line ?? 1, function: mechanism.function };
  const at = mechanism.line === null ? mechanism.path : `${mechanism.path}:${mechanism.line}`;
  return [{ kind: 'mechanism', weight, reason: `${mechanism.reason} (${at})`, location, mechanism: mechanism.kind }];
}

/** A changed dependency is nothing unusual, unless the errors speak of it. */
const NAMED_DEPENDENCY = 0.65;

function strengthOf(mechanism: Mechanism, candidate: Candidate, input: SuspectInput, isExternal: boolean): number {
  if (mechanism.kind !== 'dependency_changed') return mechanism.weight * explains(mechanism, input, isExternal);
  const inErrors = wordsOf(input.errorText);
  const changed = wordsOf(changedText(candidate.files.filter((file) => file.newPath === mechanism.path)));
  return [...changed].some((word) => word.length >= 5 && !isServiceName(word, input) && inErrors.has(word))
    ? NAMED_DEPENDENCY
    : mechanism.weight;
}

/** How well a mechanism explains what is seen. */
function explains(mechanism: Mechanism, input: SuspectInput, isExternal: boolean): number {
  const isTime = mechanism.kind === 'timeout_lowered' || mechanism.kind === 'pool_shrunk' || mechanism.kind === 'retry_removed';
  if (isTime && /time.?out|deadline|timed out|pool|exhausted/i.test(input.errorText)) return 1.1;
  if (isExternal && input.symptom === 'errors') return 0.4;
  if (input.symptom === 'other' || mechanism.symptom === 'both' || mechanism.symptom === input.symptom) return 1;
  return 0.25;
}

const MAX_WORDS = 14;

function wordClues(
  candidate: Candidate,
  all: readonly Candidate[],
  weightOf: (word: string) => number,
  input: SuspectInput,
  isExternal: boolean,
): Clue[] {
  const factor = isExternal ? 0.4 : 1;
  const named = namedClue(candidate, all, input.errorText);
  if (named !== null) return [{ ...named, weight: named.weight * factor }];
  const wanted = [...wordsOf([input.errorText, ...input.resources, ...input.queries].join('\n'))].filter(
    (word) => !isServiceName(word, input),
  );
  const rare = wanted.sort((left, right) => weightOf(right) - weightOf(left)).slice(0, MAX_WORDS);
  const shared = rare.filter((word) => candidate.words.has(word));
  if (shared.length === 0) return [];
  const share = shared.reduce((sum, word) => sum + weightOf(word), 0) / Math.max(4, rare.length);
  const weight = Math.min(0.35, 0.5 * share) * factor;
  return [
    {
      kind: 'lexical',
      weight,
      reason: `shares words with the symptoms: ${shared.slice(0, 5).join(', ')}`,
      location: null,
      mechanism: null,
    },
  ];
}

const isServiceName = (word: string, input: SuspectInput) => input.service?.toLowerCase().includes(word) === true;

/** The error names a thing, such as a table or column, that only this commit brought in. */
function namedClue(candidate: Candidate, all: readonly Candidate[], errorText: string): Clue | null {
  for (const name of quotedNames(errorText)) {
    const isIn = (other: Candidate) => mentions(other.addedText, name);
    if (!isIn(candidate)) continue;
    const isOnly = all.filter(isIn).length === 1;
    return {
      kind: 'lexical',
      weight: isOnly ? 0.6 : 0.3,
      reason: `brought in "${name}", which the error names`,
      location: whereNamed(candidate, name),
      mechanism: null,
    };
  }
  return null;
}

function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!/\w/.test(text[at - 1] ?? ' ') && !/\w/.test(text[at + name.length] ?? ' ')) return true;
  }
  return false;
}

function whereNamed(candidate: Candidate, name: string): CodeLocation | null {
  for (const file of candidate.files) {
    for (const hunk of file.hunks) {
      const line = hunk.lines.find((other) => other.kind === 'added' && mentions(other.text, name));
      if (line === undefined) continue;
      return { file: file.newPath ?? '', line: line.newLine ?? 1, function: functionInHunk(hunk, line.newLine) };
    }
  }
  return null;
}

function firstChange(candidate: Candidate): CodeLocation | null {
  const file = candidate.files.find((other) => other.newPath !== null && other.hunks.length > 0);
  const hunk = file?.hunks[0];
  if (file?.newPath == null || hunk === undefined) return null;
  const line = hunk.lines.find((other) => other.kind !== 'context')?.newLine ?? 1;
  return { file: file.newPath, line, function: functionInHunk(hunk, line) };
}
