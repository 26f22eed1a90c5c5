import { type CalibrationFigures, calibrationFigures, type ReliabilityBin, reliability } from '../diagnosis/calibrationError';
import type { Answer } from './answer';
import type { Judged } from './judge';

/** One case that was investigated. */
export interface CaseResult {
  readonly case: string;
  readonly seconds: number;
  /** Why there is no result; null where there is one. */
  readonly failure: string | null;
  readonly judged: Judged;
  readonly answer: Answer;
}

export interface Ratio {
  readonly hits: number;
  readonly of: number;
}

/** Shares of cases whose truth is among the first 1 and 3; `avg5` is the mean over the first 1 to 5. */
export interface Ranking {
  readonly ac1: number;
  readonly ac3: number;
  readonly avg5: number;
  readonly cases: number;
}

export interface CommitSummary {
  readonly pass: Ratio;
  readonly passGuilty: Ratio;
  readonly passNone: Ratio;
  readonly decoyHits: number;
  readonly falseAccusations: number;
  readonly wrong: number;
  readonly abstentionsWanted: number;
  readonly abstentionsUnwanted: number;
  readonly suspects: Ranking | null;
}

export interface VerdictSummary {
  readonly all: Ratio;
  readonly by: Readonly<Record<string, Ratio>>;
  /** Mean shares of keywords; null where no answer asks for any. */
  readonly required: number | null;
  readonly rulingOut: number | null;
  readonly outputsWithForbidden: number;
}

/** What a set of cases amounts to. A part is null where no answer asks for it. */
export interface Summary {
  readonly cases: number;
  readonly failures: readonly { readonly case: string; readonly why: string }[];
  readonly service: (Ranking & { readonly byFaultType: Readonly<Record<string, Ratio>> }) | null;
  readonly commit: CommitSummary | null;
  readonly verdict: VerdictSummary | null;
  readonly calibration: CalibrationFigures | null;
  /** Mean over the first hypotheses of how much of what they draw on was read, 0..1. */
  readonly coverage: number | null;
  readonly reliability: readonly ReliabilityBin[];
  readonly seconds: { readonly median: number; readonly max: number } | null;
}

export function summarize(results: readonly CaseResult[]): Summary {
  const said = results.flatMap(({ judged: { confidence, isRight = false } }) =>
    confidence === undefined ? [] : [{ confidence, isRight }],
  );
  return {
    cases: results.length,
    failures: results.flatMap(({ case: name, failure }) => (failure === null ? [] : [{ case: name, why: failure }])),
    service: serviceSummary(results.filter(({ judged }) => judged.rank !== undefined)),
    commit: commitSummary(results.filter(({ judged }) => judged.commit !== undefined)),
    verdict: verdictSummary(results.filter(({ judged }) => judged.isVerdictRight !== undefined)),
    calibration: calibrationFigures(said),
    coverage: mean(results.flatMap(({ judged: { coverage } }) => coverage ?? [])),
    reliability: reliability(said),
    seconds: secondsSummary(results.filter(({ failure }) => failure === null)),
  };
}

function serviceSummary(results: readonly CaseResult[]): Summary['service'] {
  if (results.length === 0) return null;
  const isTyped = results.some(({ answer }) => answer.faultType);
  return {
    ...ranking(results.map(({ judged }) => judged.rank ?? null)),
    byFaultType: isTyped
      ? grouped(
          results,
          ({ answer }) => answer.faultType,
          ({ judged }) => judged.rank === 1,
        )
      : {},
  };
}

function commitSummary(results: readonly CaseResult[]): CommitSummary | null {
  if (results.length === 0) return null;
  const guilty = results.filter(({ answer }) => answer.commit);
  const none = results.filter(({ answer }) => !answer.commit);
  const isPass = ({ judged }: CaseResult) => judged.commit === 'pass';
  const count = (of: readonly CaseResult[], is: (judged: Judged) => boolean) => of.filter(({ judged }) => is(judged)).length;
  return {
    pass: ratio(results, isPass),
    passGuilty: ratio(guilty, isPass),
    passNone: ratio(none, isPass),
    decoyHits: count(results, ({ isDecoy }) => isDecoy === true),
    falseAccusations: count(none, ({ commit }) => commit === 'accused'),
    wrong: count(results, ({ commit }) => commit === 'wrong'),
    abstentionsWanted: count(none, ({ isAbstained }) => isAbstained === true),
    abstentionsUnwanted: count(guilty, ({ isAbstained }) => isAbstained === true),
    suspects: guilty.length === 0 ? null : ranking(guilty.map(({ judged }) => judged.suspectRank ?? null)),
  };
}

function verdictSummary(results: readonly CaseResult[]): VerdictSummary | null {
  if (results.length === 0) return null;
  const isRight = ({ judged }: CaseResult) => judged.isVerdictRight === true;
  return {
    all: ratio(results, isRight),
    by: grouped(results, ({ answer }) => answer.verdict, isRight),
    required: mean(results.flatMap(({ judged }) => judged.required ?? [])),
    rulingOut: mean(results.flatMap(({ judged }) => judged.rulingOut ?? [])),
    outputsWithForbidden: results.filter(({ judged }) => (judged.forbidden ?? 0) > 0).length,
  };
}

const mean = (values: readonly number[]) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);

function secondsSummary(results: readonly CaseResult[]): Summary['seconds'] {
  const seconds = results.map((result) => result.seconds).sort((a, b) => a - b);
  const max = seconds.at(-1);
  if (max === undefined) return null;
  const upper = seconds[Math.floor(seconds.length / 2)] ?? max;
  const lower = seconds[Math.floor((seconds.length - 1) / 2)] ?? max;
  return { median: (lower + upper) / 2, max };
}

function ranking(ranks: readonly (number | null)[]): Ranking {
  const within = (most: number) => ranks.filter((rank) => rank !== null && rank <= most).length / ranks.length;
  return { ac1: within(1), ac3: within(3), avg5: [1, 2, 3, 4, 5].reduce((sum, most) => sum + within(most) / 5, 0), cases: ranks.length };
}

function ratio(results: readonly CaseResult[], isHit: (result: CaseResult) => boolean): Ratio {
  return { hits: results.filter(isHit).length, of: results.length };
}

function grouped(
  results: readonly CaseResult[],
  key: (result: CaseResult) => string | null | undefined,
  isHit: (result: CaseResult) => boolean,
): Readonly<Record<string, Ratio>> {
  const groups = new Map<string, CaseResult[]>();
  for (const result of results) {
    const name = key(result) ?? 'none';
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  return Object.fromEntries([...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, members]) => [name, ratio(members, isHit)]));
}
