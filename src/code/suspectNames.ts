import type { CodeLocation } from '../domain/frame';
import { functionInHunk } from './mechanisms';
import type { Candidate, Clue, SuspectInput } from './suspectInput';
import { isMentioned, isServiceName, quotedNames, variableNames, wordsOf } from './suspectWords';

const MAX_WORDS = 14;
const ONLY_NAMED = 0.6;
const ALSO_NAMED = 0.3;
const EXTERNAL_FACTOR = 0.4;

const UNPLACED = { location: null, mechanism: null, explains: [], isDirect: false } as const;

/** A name that errors speak of, and which commits brought it in or took it away. */
export interface NamedThing {
  readonly name: string;
  readonly broughtIn: ReadonlySet<Candidate>;
  readonly tookAway: ReadonlySet<Candidate>;
}

const MAX_NAMES = 20;

/** The names that errors quote, as a column or field, or write as variables of the environment are, and that any commit changed. */
export function namedThings(all: readonly Candidate[], errorText: string): readonly NamedThing[] {
  const quoted = new Set(quotedNames(errorText));
  const names = [...new Set([...quoted, ...variableNames(errorText)])].slice(0, MAX_NAMES);
  return names.flatMap((name) => {
    const isIn = (text: string) => isMentioned(text, name);
    const broughtIn = new Set(quoted.has(name) ? all.filter(({ addedText }) => isIn(addedText)) : []);
    const tookAway = new Set(all.filter(({ addedText, removedText }) => isIn(removedText) && !isIn(addedText)));
    return broughtIn.size + tookAway.size === 0 ? [] : [{ name, broughtIn, tookAway }];
  });
}

/** What a commit shares with errors, routes and queries: a name that they quote, else rare words. */
export function wordClues(
  candidate: Candidate,
  things: readonly NamedThing[],
  weightOf: (word: string) => number,
  input: SuspectInput,
  isExternal: boolean,
): Clue[] {
  const factor = isExternal ? EXTERNAL_FACTOR : 1;
  const named = namedClue(candidate, things);
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

/** The error names a thing, such as a table, column or variable, that only this commit brought in, or took away. */
function namedClue(candidate: Candidate, things: readonly NamedThing[]): Clue | null {
  for (const { name, broughtIn, tookAway } of things) {
    const isNew = broughtIn.has(candidate);
    if (!isNew && !tookAway.has(candidate)) continue;
    const isOnly = broughtIn.size + tookAway.size === 1;
    return {
      ...UNPLACED,
      kind: 'lexical',
      weight: isOnly ? ONLY_NAMED : ALSO_NAMED,
      reason: `${isNew ? 'brought in' : 'took away'} "${name}", which the error names`,
      location: whereNamed(candidate, name),
      isDirect: isOnly,
    };
  }
  return null;
}

function whereNamed(candidate: Candidate, name: string): CodeLocation | null {
  for (const file of candidate.files) {
    for (const hunk of file.hunks) {
      const line = hunk.lines.find((other) => other.kind !== 'context' && isMentioned(other.text, name));
      if (line === undefined) continue;
      return { file: file.newPath ?? '', line: line.newLine ?? 1, function: functionInHunk(hunk, line.newLine) };
    }
  }
  return null;
}
