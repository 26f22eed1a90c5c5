import * as vscode from 'vscode';
import { detailLine } from '../domain/detailWords';
import type { Evidence } from '../domain/evidence';
import { forecastLine } from '../domain/forecastWords';
import { formatPercent, formatSha } from '../domain/format';
import type { Hypothesis } from '../domain/hypothesis';
import { oneLine } from '../domain/plainText';
import type { PanelSnapshot } from '../protocol/snapshot';
import { runWords } from './words';

/** Longest stretch of telemetry text in a report, in characters. */
const longest = 300;

/** Telemetry text as Markdown that shows it as written: no links, no HTML, no mentions, on one line. */
export function escapeMarkdown(text: string): string {
  return oneLine(text, longest).replace(/[\\`*_{}[\]()<>#+!|~@&:-]/gu, (character) => (character === ':' ? '&#58;' : `\\${character}`));
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
  const facts = [
    vscode.l10n.t('Outcome: {0}', runWords({ subject, found, problem, ...snapshot })),
    incident?.service && vscode.l10n.t('Service: {0}', escapeMarkdown(incident.service)),
    incident?.startedAt && vscode.l10n.t('Since: {0}', incident.startedAt),
    incident?.primarySymptom && escapeMarkdown(incident.primarySymptom),
    problem && escapeMarkdown(problem),
  ];
  const sections = [
    [`# ${escapeMarkdown(incident?.title ?? subject)}`],
    facts.filter((fact) => typeof fact === 'string').map((fact) => `- ${fact}`),
    section(vscode.l10n.t('Hypotheses'), hypotheses.map(hypothesisLine)),
    section(vscode.l10n.t('Evidence'), evidence.map(evidenceLine)),
    section(
      vscode.l10n.t('Forecasts'),
      forecasts.map((forecast) => `- ${escapeMarkdown(forecastLine(forecast))}`),
    ),
    section(
      vscode.l10n.t('Steps'),
      steps.map(({ title, rationale }) => `1. ${escapeMarkdown(title)}: ${escapeMarkdown(rationale)}`),
    ),
    section(
      vscode.l10n.t('Not looked at'),
      problems.map((sentence) => `- ${escapeMarkdown(sentence)}`),
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`## ${title}`, '', ...lines]);

function hypothesisLine({ title, confidence, commit, location, evidenceFor }: Hypothesis): string {
  const place = location ? ` ${code(`${location.file}:${location.line}`)}` : '';
  const change = commit ? ` ${vscode.l10n.t('commit {0}', code(formatSha(commit)))}` : '';
  const proof = evidenceFor.length === 0 ? '' : ` (${evidenceFor.map(escapeMarkdown).join(', ')})`;
  return `1. ${formatPercent(confidence)}: ${escapeMarkdown(title)}${place}${change}${proof}`;
}

function evidenceLine({ id, source, summary, query, link, detail }: Evidence): string {
  const page = link && /^https?:\/\/[^\s()<>]+$/u.test(link) ? ` [${vscode.l10n.t('open')}](${link})` : '';
  return `- **${escapeMarkdown(id)}** ${escapeMarkdown(summary)} (${escapeMarkdown(source)} ${code(query)})${page}${detail ? `\n  - ${escapeMarkdown(detailLine(detail))}` : ''}`;
}
