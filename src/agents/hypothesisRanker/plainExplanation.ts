import type { Evidence } from '../../domain/evidence';
import { formatSha } from '../../domain/format';
import type { Hypothesis } from '../../domain/hypothesis';
import { oneLine } from '../../domain/plainText';
import { capitalised } from '../../domain/sentence';
import { type CaseFile, mainReasons } from '../caseFile';
import { withCitations } from '../citedText';
import { clipWords } from '../clip';
import { repeats } from '../repeats';

const MAX_FACTS = 2;

const said = (text: string, maxCharacters: number) => clipWords(oneLine(text).replace(/[.\s]+$/, ''), maxCharacters);

/**
 * Why a hypothesis may be true and what stands against it, in one to four sentences that cite their facts. Nothing is said twice;
 * what is missing, and what to look at next, stand beside it.
 */
export function plainExplanation(hypothesis: Hypothesis, { evidence, culprits }: Pick<CaseFile, 'evidence' | 'culprits'>): string {
  const names = culprits.map(({ service }) => service);
  const find = (id: string) => evidence.find((fact) => fact.id === id);
  const facts = hypothesis.evidenceFor.map(find).filter((fact) => fact !== undefined);
  const against = hypothesis.evidenceAgainst.map(find).filter((fact) => fact !== undefined);
  const reasons = reasonsOf(hypothesis, facts);
  const told = [...reasons, ...seen(hypothesis, facts, names, [hypothesis.title, ...reasons])];
  const only = told.length === 0 ? facts.slice(0, 1).map((fact) => factSentence(fact, names)) : told;
  return [...only, ...contrary(against)].join(' ');
}

/** What the formula saw in it, as far as the title does not say it; for a commit what it changed. */
function reasonsOf(hypothesis: Hypothesis, facts: readonly Evidence[]): readonly string[] {
  const { commit, kind, location, title, service } = hypothesis;
  const ids = facts.slice(0, 2).map(({ id }) => id);
  const reasons = mainReasons(hypothesis).map((reason) => said(reason, 240));
  if (commit !== null) {
    const file = location?.file ?? null;
    const why = reasons.map((reason) => (file === null ? reason : reason.replaceAll(` (${file})`, '')));
    const commits = facts.filter((fact) => fact.kind === 'commit').slice(0, 1);
    const [first = '', ...others] = why;
    return [
      `Commit ${formatSha(commit)}${file === null ? '' : ` in ${file}`}: ${first}`,
      ...others.map((reason) => capitalised(reason)),
    ].map((reason) => withCitations(reason, commits.length > 0 ? commits.map(({ id }) => id) : ids));
  }
  if (kind === 'unknown') return [withCitations(`No cause is seen; ${reasons[0] ?? 'nothing points anywhere'}`, ids)];
  const names = service === null ? [] : [service];
  const fresh = reasons.filter((reason) => !repeats(reason, [title]));
  return fresh.map((reason, at) => withCitations(capitalised(reason, names), at === fresh.length - 1 ? ids : []));
}

/** The strongest facts of two kinds in their own words, without those that only say the same again. */
function seen({ commit }: Hypothesis, facts: readonly Evidence[], names: readonly string[], known: readonly string[]): readonly string[] {
  const told: string[] = [];
  const kinds = new Set<string>();
  for (const fact of facts) {
    if (told.length >= MAX_FACTS) break;
    if (kinds.has(fact.kind) || (commit !== null && fact.kind === 'commit')) continue;
    if (repeats(fact.summary, [...known, ...told])) continue;
    kinds.add(fact.kind);
    told.push(factSentence(fact, names));
  }
  return told;
}

const factSentence = ({ id, summary }: Evidence, names: readonly string[]) => withCitations(capitalised(said(summary, 200), names), [id]);

function contrary([first]: readonly Evidence[]): readonly string[] {
  return first === undefined ? [] : [withCitations(`Against it: ${said(first.summary, 200)}`, [first.id])];
}
