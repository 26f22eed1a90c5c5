import type { Evidence } from '../domain/evidence';
import type { Hypothesis } from '../domain/hypothesis';
import { type IncidentType, incidentTypes } from '../domain/incidentCheck';
import type { Investigation, Step } from '../domain/investigation';
import { oneLine } from '../domain/plainText';
import { headline } from '../domain/sentence';
import { asCode } from './gitHubText';

/** What a runbook can be drafted from: anything that an investigation has found by now. */
export type DraftSource = Partial<Pick<Investigation, 'alert' | 'incident' | 'hypotheses' | 'checks' | 'evidence' | 'steps'>>;

const MAX_TITLE = 120;
const MAX_PARAGRAPH = 1500;
const MAX_SIGNS = 6;

/**
 * A Markdown runbook that a person goes on writing: how the incident looked, what it was, and what was done about it. The front matter
 * lets the next incident of the kind find it. Text from telemetry is code or has no markup of its own.
 */
export function runbookDraft(subject: string, found: DraftSource): string {
  const [best] = found.hypotheses ?? [];
  /** What an earlier runbook said is in that runbook. */
  const steps = (found.steps ?? []).filter(({ runbooks = [] }) => runbooks.length === 0);
  const evidence = found.evidence ?? [];
  const verifying = steps.filter(({ action }) => action === 'verify');
  const sections = [
    frontMatter(found, best),
    [`# ${prose(headline(oneLine(runbookTitle(subject, found)), MAX_TITLE))}`],
    [
      'Drafted by AIDog from one investigation; its numbers are of that incident. Keep what helps the next person: correct it, and say whom to ask.',
    ],
    section('What it looks like', signLines(found, best, evidence)),
    section('What it was', best?.explanation ? [prose(best.explanation, MAX_PARAGRAPH)] : []),
    section('Steps', stepLines(withoutThose(steps, verifying), evidence)),
    section('Verify that it is over', stepLines(verifying, evidence)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** What the runbook is called: the best explanation, else the alert. */
export function runbookTitle(subject: string, { hypotheses, incident }: DraftSource): string {
  const [best] = hypotheses ?? [];
  return (best !== undefined && best.kind !== 'unknown' ? best.title : incident?.title) || subject;
}

function frontMatter({ alert, incident, checks = [] }: DraftSource, best: Hypothesis | undefined): string[] {
  const services = [...new Set([best?.service, incident?.service, alert?.service])].filter((name) => typeof name === 'string');
  const cited = new Set(best?.evidenceFor);
  const seen = checks.filter(({ isInteresting, evidence }) => isInteresting && evidence.some((id) => cited.has(id)));
  const isType = (name: string | undefined): name is IncidentType => incidentTypes.some((type) => type === name);
  const types = [...new Set([...[best?.kind].filter(isType), ...seen.map(({ type }) => type)])];
  const lists = { services, types, alerts: alert ? [alert.title] : [] };
  return [
    '---',
    ...Object.entries(lists).flatMap(([key, items]) => (items.length === 0 ? [] : [`${key}: [${items.map(listItem).join(', ')}]`])),
    '---',
  ];
}

/** Without what would end the item, the list or the line. */
const listItem = (text: string) =>
  oneLine(text, MAX_TITLE)
    .replace(/["',[\]<>]+/g, ' ')
    .trim();

function signLines({ incident }: DraftSource, best: Hypothesis | undefined, evidence: readonly Evidence[]): string[] {
  const cited = (best?.evidenceFor ?? []).flatMap((id) => evidence.filter((one) => one.id === id));
  const symptom = incident?.primarySymptom ? [`- ${prose(incident.primarySymptom)}`] : [];
  return [...symptom, ...cited.slice(0, MAX_SIGNS).map(({ summary, query }) => `- ${prose(summary)}${queryOf(query)}`)];
}

function stepLines(steps: readonly Step[], evidence: readonly Evidence[]): string[] {
  return steps.map(({ title, rationale, evidence: ids }, index) => {
    const query = evidence.find(({ id }) => ids.includes(id))?.query ?? '';
    return `${index + 1}. ${prose(title)}: ${prose(rationale)}${queryOf(query)}`;
  });
}

const queryOf = (query: string) => (query.trim() === '' ? '' : ` ${asCode(query)}`);
const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`## ${title}`, '', ...lines]);
const withoutThose = (steps: readonly Step[], others: readonly Step[]) => steps.filter((step) => !others.includes(step));

/** Ids of facts mean others in the next investigation. */
const CITATION = / ?\[E\d+(?:, ?E\d+)*\]/g;

/** On one line, as it reads: no markup, no HTML, no address that becomes a link. */
function prose(text: string, maxCharacters = 300): string {
  return oneLine(text.replace(CITATION, ''), maxCharacters)
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\b(www)\./gi, '$1&#46;');
}
