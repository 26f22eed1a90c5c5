import * as vscode from 'vscode';
import { detailLine } from '../domain/detailWords';
import type { Evidence } from '../domain/evidence';
import { forecastLine } from '../domain/forecastWords';
import { formatPercent, formatSha } from '../domain/format';
import type { Hypothesis } from '../domain/hypothesis';
import type { IncidentCheck, RuledOut } from '../domain/incidentCheck';
import type { Step } from '../domain/investigation';
import { oneLine } from '../domain/plainText';
import type { RunbookHit } from '../domain/runbook';
import type { PanelSnapshot } from '../protocol/snapshot';
import { runWords } from './words';

/** Longest stretch of telemetry text in a report, in characters. */
const longest = 300;
/** Longest text that AIDog or a model worded. */
const longestParagraph = 1500;

/** Telemetry text as Markdown that shows it as written: no links, no HTML, no mentions, on one line. */
export const escapeMarkdown = (text: string): string => escaped(text, longest);

function escaped(text: string, maxCharacters: number): string {
  return oneLine(text, maxCharacters).replace(/[\\`*_{}[\]()<>#+!|~@&:-]/gu, (character) =>
    character === ':' ? '&#58;' : `\\${character}`,
  );
}

/** Text that is code: in a fence of backticks longer than any inside it. */
function code(text: string): string {
  const shown = oneLine(text, longest);
  const longestRun = Math.max(0, ...[...shown.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return longestRun === 0 ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}

/** What is known of an investigation, for a ticket or a post-mortem; also of one that is still running or that failed. */
export function markdownReport({ subject, found, problem, ...snapshot }: PanelSnapshot): string {
  const { incident, hypotheses = [], evidence = [], forecasts = [], steps = [], problems = [] } = found;
  const { summary = '', checks = [], ruledOut = [], runbooks = [], usage } = found;
  const facts = [
    vscode.l10n.t('Outcome: {0}', runWords({ subject, found, problem, ...snapshot })),
    incident?.service && vscode.l10n.t('Service: {0}', escapeMarkdown(incident.service)),
    incident?.startedAt && vscode.l10n.t('Since: {0}', incident.startedAt),
    incident?.primarySymptom && escapeMarkdown(incident.primarySymptom),
    problem && escapeMarkdown(problem),
    usage?.model && vscode.l10n.t('Worded by: {0}', escapeMarkdown(usage.model)),
  ];
  const sections = [
    [`# ${escapeMarkdown(incident?.title ?? subject)}`],
    facts.filter((fact) => typeof fact === 'string').map((fact) => `- ${fact}`),
    summary === '' ? [] : [escaped(summary, longestParagraph)],
    section(vscode.l10n.t('Hypotheses'), hypotheses.map(hypothesisLine)),
    section(vscode.l10n.t('Ruled out'), ruledOut.map(ruledOutLine)),
    section(vscode.l10n.t('Checks'), checks.filter(({ isInteresting }) => isInteresting).map(checkLine)),
    section(vscode.l10n.t('Evidence'), evidence.map(evidenceLine)),
    section(
      vscode.l10n.t('Forecasts'),
      forecasts.map((forecast) => `- ${escapeMarkdown(forecastLine(forecast))}`),
    ),
    section(
      vscode.l10n.t('Steps'),
      steps.map((step) => stepLine(step, runbooks)),
    ),
    section(vscode.l10n.t('Runbooks'), runbooks.map(runbookLine)),
    section(
      vscode.l10n.t('Not looked at'),
      [...problems, ...new Set(checks.flatMap(({ unchecked }) => unchecked))].map((sentence) => `- ${escapeMarkdown(sentence)}`),
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`## ${title}`, '', ...lines]);

function hypothesisLine({ title, confidence, commit, location, evidenceFor, explanation, nextQuery }: Hypothesis): string {
  const place = location ? ` ${code(`${location.file}:${location.line}`)}` : '';
  const change = commit ? ` ${vscode.l10n.t('commit {0}', code(formatSha(commit)))}` : '';
  const below = [
    explanation && escaped(explanation, longestParagraph),
    nextQuery &&
      vscode.l10n.t('Next: {0}', `${escapeMarkdown(nextQuery.title)}${nextQuery.query === '' ? '' : ` ${code(nextQuery.query)}`}`),
  ].filter(Boolean);
  return [
    `1. ${formatPercent(confidence)}: ${escapeMarkdown(title)}${place}${change}${cited(evidenceFor)}`,
    ...below.map((line) => `   - ${line}`),
  ].join('\n');
}

const cited = (ids: readonly string[]) => (ids.length === 0 ? '' : ` (${ids.map(escapeMarkdown).join(', ')})`);
const typeWords = (type: string) => escapeMarkdown(type.replaceAll('_', ' '));

function ruledOutLine({ type, service, reason, evidence }: RuledOut): string {
  return `- ${typeWords(type)}${service === null ? '' : ` (${escapeMarkdown(service)})`}: ${escapeMarkdown(reason)}${cited(evidence)}`;
}

const checkLine = ({ type, summary, evidence }: IncidentCheck) => `- ${typeWords(type)}: ${escapeMarkdown(summary)}${cited(evidence)}`;

/** A section that a step cites and that is not there is left out. */
function stepLine({ title, rationale, runbooks: ids = [] }: Step, runbooks: readonly RunbookHit[]): string {
  return `1. ${escapeMarkdown(title)}: ${escapeMarkdown(rationale)}${cited(ids.filter((id) => runbooks.some((hit) => hit.id === id)))}`;
}

function runbookLine({ id, origin, title, section: part, path, line }: RunbookHit): string {
  const place = origin === 'bundled' || path === null ? '' : ` ${code(`${path}:${line}`)}`;
  return `- **${escapeMarkdown(id)}** ${escapeMarkdown(title)}${part === title ? '' : ` › ${escapeMarkdown(part)}`}${place}`;
}

function evidenceLine({ id, source, summary, query, link, detail }: Evidence): string {
  const page = link && /^https?:\/\/[^\s()<>]+$/u.test(link) ? ` [${vscode.l10n.t('open')}](${link})` : '';
  return `- **${escapeMarkdown(id)}** ${escapeMarkdown(summary)} (${escapeMarkdown(source)} ${code(query)})${page}${detail ? `\n  - ${escapeMarkdown(detailLine(detail))}` : ''}`;
}
