import { coverageIn } from '../diagnosis/coverage';
import type { Investigation } from '../domain/investigation';
import type { Answer } from './answer';

export type CommitResult = 'pass' | 'abstained' | 'decoy' | 'wrong' | 'accused' | 'failed';

/** What one investigation is worth against its answer; a field is absent where the answer does not ask for it. */
export interface Judged {
  /** Place of the true service among the culprits, from 1; null when it is not among them. */
  readonly rank?: number | null;
  readonly commit?: CommitResult;
  readonly isDecoy?: boolean;
  readonly isAbstained?: boolean;
  /** Place of the guilty commit among the suspects; absent where none is guilty. */
  readonly suspectRank?: number | null;
  readonly verdict?: string | null;
  readonly isVerdictRight?: boolean;
  /** Share of the words that a good report must have, 0..1. */
  readonly required?: number;
  readonly rulingOut?: number;
  /** How many words the report has that it must not have. */
  readonly forbidden?: number;
  /** Of the first hypothesis. */
  readonly confidence?: number;
  /** How much of what it draws on was read, 0..1. */
  readonly coverage?: number;
  readonly isRight?: boolean;
}

const SHORTEST_SHA = 7;

/** Judges an investigation; `null` is one that failed, which is wrong in everything that is asked. */
export function judge(answer: Answer, found: Investigation | null): Judged {
  const top = found?.hypotheses[0];
  const judged = { ...judgeVerdict(answer, found), ...judgeService(answer, found), ...judgeCommit(answer, found) };
  if (!top || !(top.confidence >= 0 && top.confidence <= 1)) return judged;
  const coverage = coverageIn(top.confidenceFactors);
  return { ...judged, confidence: top.confidence, coverage, isRight: isTopRight(answer, found, judged) };
}

/** The commit counts before the service and that before the verdict: the hardest question that the set asks. */
function isTopRight(answer: Answer, found: Investigation, judged: Judged): boolean {
  const top = found.hypotheses[0];
  if (answer.commit !== undefined) return isSameCommit(top?.commit ?? null, answer.commit);
  if (answer.service) return top?.service === answer.service;
  return judged.isVerdictRight ?? false;
}

function judgeVerdict(answer: Answer, found: Investigation | null): Judged {
  if (answer.verdict === undefined) return {};
  const text = JSON.stringify(
    found ? [found.incident, found.hypotheses, found.evidence, found.steps, found.recommendations] : [],
  ).toLowerCase();
  const hits = (words: readonly string[]) => words.filter((word) => text.includes(word.toLowerCase())).length;
  const share = (words: readonly string[] = []) => (words.length === 0 ? undefined : hits(words) / words.length);
  const [required, rulingOut] = [share(answer.requiredKeywords), share(answer.rulingOutKeywords)];
  return {
    verdict: found?.verdict ?? null,
    isVerdictRight: found !== null && found.verdict === answer.verdict,
    ...(required === undefined ? {} : { required }),
    ...(rulingOut === undefined ? {} : { rulingOut }),
    forbidden: hits(answer.forbiddenKeywords ?? []),
  };
}

function judgeService({ service }: Answer, found: Investigation | null): Judged {
  if (!service) return {};
  return { rank: rankOf(found?.culprits ?? [], (culprit) => culprit.service === service) };
}

function judgeCommit({ commit, decoys = [] }: Answer, found: Investigation | null): Judged {
  if (commit === undefined) return {};
  const named = found?.rootCauseCommit ?? null;
  const isDecoy = named !== null && decoys.some((decoy) => isSameCommit(named, decoy));
  return {
    commit: found === null ? 'failed' : commitResult(named, commit, isDecoy),
    isDecoy,
    isAbstained: found !== null && named === null,
    ...(commit === null ? {} : { suspectRank: rankOf(found?.suspectCommits ?? [], ({ sha }) => isSameCommit(sha, commit)) }),
  };
}

function commitResult(named: string | null, answer: string | null, isDecoy: boolean): CommitResult {
  if (isSameCommit(named, answer)) return 'pass';
  if (answer === null) return 'accused';
  if (named === null) return 'abstained';
  return isDecoy ? 'decoy' : 'wrong';
}

/** Equal, or named by its first seven characters or more; null is no commit. */
function isSameCommit(named: string | null, answer: string | null): boolean {
  if (named === null || answer === null) return named === answer;
  const [one, other] = [named.toLowerCase(), answer.toLowerCase()];
  return one === other || (one.length >= SHORTEST_SHA && other.startsWith(one));
}

function rankOf<T>(items: readonly T[], isTrue: (item: T) => boolean): number | null {
  const at = items.findIndex(isTrue);
  return at < 0 ? null : at + 1;
}
