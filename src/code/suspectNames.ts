import type { CodeLocation } from '../domain/frame';
import { functionInHunk } from './mechanisms';
import type { Candidate, Clue, SuspectInput } from './suspectInput';
import { isMentioned, isServiceName, quotedNames, wordsOf } from './suspectWords';

const MAX_WORDS = 14;
const ONLY_NAMED = 0.6;
const ALSO_NAMED = 0.3;
const EXTERNAL_FACTOR = 0.4;

const UNPLACED = { location: null, mechanism: null, explains: [], isDirect: false } as const;

/** What a commit shares with errors, routes and queries: a name that they quote, else rare words. */
export function wordClues(
  candidate: Candidate,
  all: readonly Candidate[],
  weightOf: (word: string) => number,
  input: SuspectInput,
  isExternal: boolean,
): Clue[] {
  const factor = isExternal ? EXTERNAL_FACTOR : 1;
  const named = namedClue(candidate, all, input.errorText);
  if (named !== null) return [{ ...named, weight: named.weight * factor }];
  const wanted = [...wordsOf([input.errorText, input.otherText ?? '', ...input.resources, ...input.queries].join('\n'))].filter(
    (word) => !isServiceName(word, input),
  );
  const rare = wanted.sort((left, right) => weightOf(right) - weightOf(left)).slice(0, MAX_WORDS);
  const shared = rare.filter((word) => candidate.words.has(word));
  if (shared.length === 0) return [];
  const share = shared.reduce((sum, word) => sum + weightOf(word), 0) / Math.max(4, rare.length);
  const weight = Math.min(0.35, 0.5 * share) * factor;
  return [{ ...UNPLACED, kind: 'lexical', weight, reason: `shares words with the symptoms: ${shared.slice(0, 5).join(', ')}` }];
}

/** The error names a thing, such as a table or column, that only this commit brought in. */
function namedClue(candidate: Candidate, all: readonly Candidate[], errorText: string): Clue | null {
  for (const name of quotedNames(errorText)) {
    const isIn = (other: Candidate) => isMentioned(other.addedText, name);
    if (!isIn(candidate)) continue;
    const isOnly = all.filter(isIn).length === 1;
    return {
      ...UNPLACED,
      kind: 'lexical',
      weight: isOnly ? ONLY_NAMED : ALSO_NAMED,
      reason: `brought in "${name}", which the error names`,
      location: whereNamed(candidate, name),
      isDirect: isOnly,
    };
  }
  return null;
}

function whereNamed(candidate: Candidate, name: string): CodeLocation | null {
  for (const file of candidate.files) {
    for (const hunk of file.hunks) {
      const line = hunk.lines.find((other) => other.kind === 'added' && isMentioned(other.text, name));
      if (line === undefined) continue;
      return { file: file.newPath ?? '', line: line.newLine ?? 1, function: functionInHunk(hunk, line.newLine) };
    }
  }
  return null;
}
