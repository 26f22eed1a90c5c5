import type { Hypothesis } from '../domain/hypothesis';
import type { CaseFile } from './caseFile';
import { numbersIn, numbersOf } from './claims';
import { tokens } from './quality/words';

/** What the words of a text may speak of. */
export interface Ground {
  /** Everything that was told. */
  readonly known: string;
  readonly services: readonly string[];
  /** Commits that a text may name; it says nothing of any other. */
  readonly commits: readonly string[];
  /** The service that is to blame as far as the text's subject goes; null where none is. */
  readonly blamed: string | null;
  /** Whether the trouble may be called none. */
  readonly isHealthy: boolean;
  /** Whether the text plans a test, in which things are stopped and deleted. */
  readonly isTest?: boolean;
}

/** What a text about the whole case may speak of, or one about a hypothesis. */
export function groundOf(file: CaseFile, known: string, hypothesis: Hypothesis | null = null): Ground {
  const isSettled = file.verdict !== 'inconclusive' && file.verdict !== 'healthy';
  const commit = hypothesis === null ? file.rootCauseCommit : hypothesis.commit;
  return {
    known,
    services: file.culprits.map(({ service }) => service),
    commits: commit === null ? [] : [commit],
    blamed: hypothesis === null ? (isSettled ? (file.hypotheses[0]?.service ?? null) : null) : hypothesis.service,
    isHealthy: file.verdict === 'healthy' || hypothesis?.kind === 'healthy',
  };
}

type GroundRule = (text: string, ground: Ground) => string | null;

/** Hexadecimal with a digit in it, longer than any word of those letters, or called a commit. */
const HEX = /\b(?:(?=[a-f]*\d)[0-9a-f]{7,64}|[a-f]{9,64}|(?<=\b(?:commit|revision|sha|revert)\W{1,3})[0-9a-f]{5,64})\b/gi;

/** A commit that is not the one to blame, or that nobody told. */
const otherCommit: GroundRule = (text, { commits }) => {
  const named = (text.match(HEX) ?? []).filter((token) => !/^\d+$/.test(token)).map((token) => token.toLowerCase());
  return named.some((token) => !commits.some((sha) => sha.startsWith(token))) ? 'it names another commit' : null;
};

/** Every number was told; small whole ones may count something. */
const madeUpNumber: GroundRule = (text, { known }) => {
  const said = numbersIn(text);
  if (said.length === 0) return null;
  const told = numbersOf(known);
  return said.some((number) => !told.has(number)) ? 'it holds a number that was not told' : null;
};

const SURE = /\b(?:confiden\w*|probab\w*|likelihood|certain\w*|sure)\b/i;
const MEASURE = /\d|\bdefinite|\babsolute|\b(?:fully|completely|totally|entirely)\b|\b(?:very |extremely )?high\b/i;

/** How sure something is, code says. */
const ownConfidence: GroundRule = (text) => (SURE.test(text) && MEASURE.test(text) ? 'it says how sure it is' : null);

const BLAME = /\broot cause\b|\bcaused by\b|\bto blame\b|\bat fault\b|\bculprit\b|\bresponsible for\b|\bbroke\b/i;

/** Words that make one thing the reason of another. */
const CAUSE =
  /\b(?:because of|due to|led to|leads to|triggered by|originat\w+ (?:in|from|at)|stems? from|result of|crash\w*|went down|is down|brought down|took \w+ (?:down|with)|overload\w*|ran out|is full)\b/i;

/** Blame that falls on another service than the one that code blames, or on any where it blames none. */
const otherBlame: GroundRule = (text, { blamed, services }) => {
  const isBlame = BLAME.test(text);
  if (isBlame && blamed === null) return 'it blames where nothing is settled';
  if (blamed === null || !(isBlame || CAUSE.test(text))) return null;
  const named = new Set(tokens(text));
  const isAnother = services.some((service) => service !== blamed && named.has(service)) && !named.has(blamed);
  return isAnother ? 'it blames another service' : null;
};

const ALL_CLEAR =
  /\bnothing (?:is|was) wrong\b|\bno (?:further )?action (?:is )?(?:needed|required|necessary)\b|\bfalse alarm\b|\b(?:safe(?:ly)? (?:to )?|can be )ignored?\b|\b(?:close|resolve|silence|mute|dismiss) (?:the|this) (?:alert|incident|monitor)\b|\beverything is (?:fine|ok|okay|healthy|normal)\b|\b(?:system|everything|verdict|application|platform|incident|it) is healthy\b|\b(?:verdict|status|state)\s?[=:]\s?["']?(?:healthy|ok|resolved|recovered)\b/i;

/** That another service is well may matter; that the one in trouble is, or that all is, goes against the verdict. */
const allClear: GroundRule = (text, { isHealthy, blamed }) => {
  if (isHealthy) return null;
  const isBlamedWell = blamed !== null && text.includes(`${blamed} is healthy`);
  return isBlamedWell || ALL_CLEAR.test(text) ? 'it gives the all-clear' : null;
};

/** Deeds that are told as such: at the beginning of a sentence, or behind a word that asks for them. */
const ASKED = '(?:^|[.!?:;]\\s+|\\b(?:should|must|please|then|now|and|can|could|have to|need to)\\s+)';
const THING = '\\s+(?:the|a|an|all|any|every|each|both|your|our|its|this|that|these|those|[\\w-]+[-_.][\\w.-]+)\\b';
const DEED = new RegExp(
  `${ASKED}(?:(?:re-?start|re-?boot|delete|drop|stop|reset|remove|flush|drain|close|block|cancel)${THING}|(?:disable|mute|silence|purge|wipe|truncate|kill|terminate|grant|revoke|turn off|switch off|shut down|shut off|scale (?:up|down|out|in)|fail ?over|(?:e-?mail|send|share|forward|post|paste|give)\\b.{0,60}\\b(?:password|secret|key|token|credential)s?)\\b)`,
  'i',
);
const TAKE_BACK = /\b(?:roll(?:ing)? back|revert|downgrade)\b/i;

/** What is done to a system, code says; only what it blames may be taken back. */
const ownDeed: GroundRule = (text, { services, blamed, isTest = false }) => {
  if (isTest) return null;
  if (DEED.test(text)) return 'it tells to change something';
  if (!TAKE_BACK.test(text)) return null;
  const named = new Set(tokens(text));
  const isAnother = services.some((service) => service !== blamed && named.has(service));
  return isAnother ? 'it tells to change something' : null;
};

const RULES: readonly GroundRule[] = [otherCommit, madeUpNumber, ownConfidence, otherBlame, allClear, ownDeed];

/** Where a text goes against what was told or decided; empty where it does not. */
export const groundFaults = (text: string, ground: Ground): readonly string[] =>
  RULES.map((rule) => rule(text, ground)).filter((fault) => fault !== null);
