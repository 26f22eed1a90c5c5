import type { Findings } from '../diagnosis/findings';
import type { Person } from '../domain/behavior';
import type { Evidence } from '../domain/evidence';
import { confidenceWord, formatSha } from '../domain/format';
import type { Culprit, Hypothesis, SuspectCommit } from '../domain/hypothesis';
import type { Incident, Verdict } from '../domain/incident';
import type { IncidentCheck, RuledOut } from '../domain/incidentCheck';
import type { SentField } from '../domain/modelPrivacy';
import type { Alert } from '../domain/monitor';
import type { RunbookHit } from '../domain/runbook';
import type { PromptSection } from './promptText';
import { evidenceFields, quotedFields } from './redaction/permittedSections';

/** What code found and decided: all that agents are told. */
export interface CaseFile {
  readonly alert: Alert | null;
  readonly incident: Incident;
  readonly verdict: Verdict;
  readonly hypotheses: readonly Hypothesis[];
  readonly culprits: readonly Culprit[];
  readonly suspectCommits: readonly SuspectCommit[];
  readonly rootCauseCommit: string | null;
  readonly evidence: readonly Evidence[];
  readonly findings: Findings;
  readonly checks: readonly IncidentCheck[];
  readonly ruledOut: readonly RuledOut[];
  readonly runbooks: readonly RunbookHit[];
  readonly person: Person;
}

const MAX_HYPOTHESES = 4;
const MAX_EVIDENCE = 30;

/** The hypotheses that are told of; what is said of others is dropped. */
export const toldHypotheses = ({ hypotheses }: CaseFile): readonly Hypothesis[] => hypotheses.slice(0, MAX_HYPOTHESES);

/** The facts that are told of, those that speak for or against the best hypotheses first; others cannot be cited. */
export function toldEvidence(file: CaseFile): readonly Evidence[] {
  const { evidence, findings } = file;
  const cited = [
    ...toldHypotheses(file).flatMap(({ evidenceFor, evidenceAgainst }) => [...evidenceFor, ...evidenceAgainst]),
    ...findings.alertEvidence,
  ];
  const first = [...new Set(cited)].map((id) => evidence.find((fact) => fact.id === id)).filter((fact) => fact !== undefined);
  return [...new Set([...first, ...evidence])].slice(0, MAX_EVIDENCE);
}

/** Everything of a case that may be told, as sections of a prompt. */
export function caseSections(file: CaseFile): readonly PromptSection[] {
  return [settled(file), incident(file), hypotheses(file), facts(file), runbooks(file), others(file)];
}

/** What the words must agree with. Only values that code chose itself stand here. */
function settled({ verdict, hypotheses: [best], rootCauseCommit, incident: { startedAt } }: CaseFile): PromptSection {
  return {
    title: 'Settled by code',
    isData: false,
    maxCharacters: 500,
    lines: [
      `verdict: ${verdict}`,
      best === undefined ? 'no hypothesis' : `best hypothesis: ${best.id}, confidence ${confidenceWord(best.confidence)}`,
      `commit to blame: ${rootCauseCommit === null ? 'none' : formatSha(rootCauseCommit)}`,
      `began: ${startedAt === null ? 'not known' : `${startedAt.slice(0, 16).replace('T', ' ')} UTC`}`,
    ],
  };
}

function incident({ alert, incident: { title, service, primarySymptom, blastRadius, severity } }: CaseFile): PromptSection {
  return {
    title: 'Incident',
    field: 'alert',
    isData: true,
    maxCharacters: 1000,
    lineFields: [[], [], ['metrics', 'logs', 'traces'], ['traces']],
    lines: [
      `alert: ${title} (severity ${severity})`,
      `service in trouble: ${service ?? 'not known'}`,
      `symptom: ${primarySymptom}`,
      `affected: ${blastRadius.slice(0, 8).join(', ') || 'not known'}`,
      ...(alert === null || alert.summary === '' || primarySymptom.includes(alert.summary) ? [] : [`the alert says: ${alert.summary}`]),
    ],
  };
}

function hypotheses(file: CaseFile): PromptSection {
  const told = toldHypotheses(file).flatMap((one) => {
    const name = `${one.id} (${one.kind}, service ${one.service ?? 'not known'}, confidence ${confidenceWord(one.confidence)})`;
    const facts = `for: ${idsOf(one.evidenceFor)}; against: ${idsOf(one.evidenceAgainst)}`;
    return [
      { line: `${name}: ${one.title}`, bare: name },
      { line: `${one.id} why: ${strengthOf(one)}; ${facts}`, bare: `${one.id} ${facts}` },
      ...(one.missing.length > 0 ? [{ line: `${one.id} missing: ${one.missing.slice(0, 3).join('; ')}`, bare: '' }] : []),
    ];
  });
  return { title: 'Hypotheses, best first', isData: true, maxCharacters: 2400, ...concluded(told) };
}

/** Lines of what code concluded; they quote what it was drawn from, and stand bare where that may not be sent. */
export function concluded(
  told: readonly { readonly line: string; readonly bare: string }[],
  more: readonly SentField[] = [],
): Pick<PromptSection, 'field' | 'lines' | 'lineFields' | 'bareLines'> {
  return {
    field: 'conclusions',
    lines: told.map(({ line }) => line),
    lineFields: told.map(() => [...quotedFields, ...more]),
    bareLines: told.map(({ bare }) => bare),
  };
}

function facts(file: CaseFile): PromptSection {
  const told = toldEvidence(file);
  const lines = told.map(({ id, kind, summary }) => `${id} ${kind}: ${summary}`);
  return { title: 'Evidence', isData: true, maxCharacters: 4200, lines, lineFields: told.map(({ kind }) => evidenceFields[kind]) };
}

function runbooks({ runbooks: hits }: CaseFile): PromptSection {
  const told = hits.slice(0, 3);
  return {
    title: 'Runbooks',
    field: 'runbooks',
    isData: true,
    maxCharacters: 900,
    lines: told.map(({ id, title, section, excerpt }) => `${id} ${title} › ${section}: ${excerpt}`),
    // A kept runbook was drafted from an investigation: it quotes telemetry and what code concluded.
    lineFields: told.map(({ origin }) => (origin === 'learned' ? ['conclusions', ...quotedFields] : [])),
  };
}

function others({ ruledOut, checks }: CaseFile): PromptSection {
  const lines = [
    ...ruledOut.slice(0, 4).map(({ type, service, reason }) => `ruled out: ${type}${service === null ? '' : ` of ${service}`}: ${reason}`),
    ...checks
      .filter(({ isInteresting }) => isInteresting)
      .slice(0, 4)
      .map(({ type, summary }) => `check ${type}: ${summary}`),
  ];
  return { title: 'Checks', isData: true, maxCharacters: 700, ...concluded(lines.map((line) => ({ line, bare: '' }))) };
}

const idsOf = (ids: readonly string[]) => ids.slice(0, 8).join(', ') || 'nothing';

/** Why a hypothesis is as strong as it is, in the words of the formula. */
export const strengthOf = ({ confidenceFactors, title }: Hypothesis): string =>
  confidenceFactors.find(({ name }) => name === 'strength')?.reason ?? title;

/** Reasons that only strengthen another. */
const SIDE_REASON = /^(?:shares words|was already|arrived with|is named|was made|no strong|changed (?:the|a) line)/;

/** The two reasons that matter most, without those that only strengthen them. */
export function mainReasons(hypothesis: Hypothesis): readonly string[] {
  const reasons = strengthOf(hypothesis).split('; ');
  const main = reasons.filter((reason) => !SIDE_REASON.test(reason));
  return (main.length > 0 ? main : reasons).slice(0, 2);
}

export const mainReason = (hypothesis: Hypothesis): string => mainReasons(hypothesis).join('; ');
