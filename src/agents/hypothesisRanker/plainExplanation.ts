import type { Evidence } from '../../domain/evidence';
import { formatSha } from '../../domain/format';
import type { Hypothesis } from '../../domain/hypothesis';
import { oneLine } from '../../domain/plainText';
import { type CaseFile, gapText, mainReason } from '../caseFile';
import { withCitations } from '../citedText';
import { clipWords } from '../clip';

const said = (text: string, maxCharacters: number) => clipWords(oneLine(text).replace(/[.\s]+$/, ''), maxCharacters);
/** Names of metrics and services keep their small letters. */
const capital = (text: string) => (/^[a-z]+(?![\w.:/-])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text);

/** Why a hypothesis may be true and what stands against it, in two to four sentences that cite their facts. */
export function plainExplanation(hypothesis: Hypothesis, { evidence }: Pick<CaseFile, 'evidence'>): string {
  const find = (id: string) => evidence.find((fact) => fact.id === id);
  const facts = hypothesis.evidenceFor.map(find).filter((fact) => fact !== undefined);
  const against = hypothesis.evidenceAgainst.map(find).filter((fact) => fact !== undefined);
  return [reason(hypothesis, facts), seen(hypothesis, facts), contrary(against), open(hypothesis)]
    .filter((part) => part !== null)
    .join(' ');
}

/** What the formula saw in it; for a commit what it changed. */
function reason(hypothesis: Hypothesis, facts: readonly Evidence[]): string {
  const { commit, kind, location } = hypothesis;
  const why = said(mainReason(hypothesis), 240);
  if (commit !== null) {
    const where = location === null ? '' : ` in ${location.file}`;
    return withCitations(
      `Commit ${formatSha(commit)}${where}: ${why}`,
      idsOf(facts.filter((fact) => fact.kind === 'commit').slice(0, 1), facts),
    );
  }
  if (kind === 'unknown') return withCitations(`No cause is seen; ${why}`, idsOf([], facts));
  return withCitations(capital(why), idsOf([], facts));
}

const idsOf = (chosen: readonly Evidence[], otherwise: readonly Evidence[]) =>
  (chosen.length > 0 ? chosen : otherwise.slice(0, 2)).map(({ id }) => id);

/** The strongest facts of two kinds in their own words. */
function seen({ commit }: Hypothesis, facts: readonly Evidence[]): string | null {
  const others = facts.filter(({ kind }) => commit === null || kind !== 'commit');
  const shown = others.filter((fact, at) => others.findIndex(({ kind }) => kind === fact.kind) === at).slice(0, 2);
  if (shown.length === 0) return null;
  return shown.map(({ id, summary }) => withCitations(said(summary, 200), [id])).join(' ');
}

function contrary([first]: readonly Evidence[]): string | null {
  return first === undefined ? null : withCitations(`Against it: ${said(first.summary, 200)}`, [first.id]);
}

function open({ missing: [gap], nextQuery }: Hypothesis): string | null {
  if (nextQuery) return `To settle it, ${/^(whether|who)\b/.test(nextQuery.title) ? 'find out' : 'look at'} ${said(nextQuery.title, 160)}.`;
  return gap === undefined ? null : `${gapText(said(gap, 160))}.`;
}
