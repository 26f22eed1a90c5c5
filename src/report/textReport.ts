import { detailLine } from '../domain/detailWords';
import type { Evidence, MappedFrame } from '../domain/evidence';
import { forecastLine } from '../domain/forecastWords';
import { formatDuration, formatPercent, formatPlural, formatSha } from '../domain/format';
import type { Verdict } from '../domain/incident';
import type { Investigation, Step } from '../domain/investigation';
import type { RunbookHit } from '../domain/runbook';
import { answeredLines, checkLines, citedRunbooks, ruledOutLines, runbookLines, uncheckedLines } from './diagnosisLines';
import { hypothesesLines } from './hypothesisLines';
import { PROSE_COLUMNS, paragraph, shown, timeText } from './reportText';
import { VERDICT_WORDS } from './verdictWords';
import { wrapped } from './wrap';

const MAX_COMMITS = 5;
const MAX_FRAMES = 5;

/**
 * The investigation as plain text for a terminal, best explanation first, every fact with its id. Text from telemetry, commits
 * and files is shown as text: no control character of it reaches the terminal. Lines are as wide as the terminal at most; where its
 * width is not given, as in a pipe, they are left whole.
 */
export function textReport(investigation: Investigation, columns: number | null = null): string {
  const { checks = [], ruledOut = [], runbooks = [], hypotheses, evidence } = investigation;
  const prose = Math.min(PROSE_COLUMNS, columns ?? PROSE_COLUMNS);
  const sections = [
    heading(investigation),
    paragraph(investigation.summary ?? '', '', prose),
    section('Hypotheses', hypothesesLines(hypotheses, evidence, prose)),
    section('Ruled out', ruledOutLines(ruledOut)),
    section('Checks', checkLines(checks, hypotheses)),
    section('Suspect commits', commitLines(investigation)),
    section('Evidence', evidence.flatMap(evidenceLines)),
    section(
      'Forecasts',
      investigation.forecasts.map((forecast) => `  ${shown(forecast.id).padEnd(4)} ${shown(forecastLine(forecast))}`),
    ),
    section('Next steps', stepsLines(investigation)),
    section('Runbooks', runbookLines(runbooks)),
    section(
      'Once it is over',
      investigation.recommendations.flatMap(({ title, rationale }) => item('-', title, rationale)),
    ),
    section('Could not be looked at', [
      ...investigation.problems.map((problem) => `  - ${shown(problem)}`),
      ...uncheckedLines(checks, prose),
    ]),
    footer(investigation),
  ];
  return joined(sections, columns);
}

/** What a run that ended early had found by then; empty when that was nothing. */
export function partialReport({ evidence = [], problems = [] }: Partial<Investigation>, columns: number | null = null): string {
  if (evidence.length === 0) return '';
  const missing = problems.map((problem) => `  - ${shown(problem)}`);
  const sections = [section('Found before it ended', evidence.flatMap(evidenceLines)), section('Could not be looked at', missing)];
  return joined(sections, columns);
}

const joined = (sections: readonly (readonly string[])[], columns: number | null): string =>
  `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => (columns === null ? lines : lines.flatMap((line) => wrapped(line, columns))).join('\n'))
    .join('\n\n')}\n`;

function heading({ incident, verdict, summary, rootCauseCommit, suspectCommits }: Investigation): string[] {
  const { title, severity, service, type, startedAt, primarySymptom, blastRadius } = incident;
  const since = startedAt === null ? null : `since ${timeText(startedAt)}`;
  const facts = [`severity ${severity}`, service && `service ${service}`, type.replaceAll('_', ' '), since];
  const commit = suspectCommits.find(({ sha }) => sha === rootCauseCommit);
  const about = commit === undefined ? '' : `  ${shown(commit.title)} (${shown(commit.author)})`;
  const isTold = summary !== undefined && summary !== '';
  return [
    shown(title),
    facts
      .filter(Boolean)
      .map((fact) => shown(String(fact)))
      .join(' · '),
    '',
    `Verdict     ${verdict}: ${VERDICT_WORDS[verdict]}`,
    `Commit      ${rootCauseCommit === null ? noCommit(verdict) : formatSha(shown(rootCauseCommit)) + about}`,
    ...(primarySymptom === '' || isTold ? [] : [`Symptom     ${shown(primarySymptom)}`]),
    ...(blastRadius.length === 0 ? [] : [`Affected    ${blastRadius.map((name) => shown(name)).join(', ')}`]),
  ];
}

const noCommit = (verdict: Verdict) =>
  verdict === 'inconclusive' || verdict === 'code' ? 'none is named' : 'none is to blame as far as the evidence goes';

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function item(mark: string, title: string, rationale: string): string[] {
  return [`  ${mark} ${shown(title)}`, ...(rationale === '' ? [] : [`${' '.repeat(mark.length + 3)}${shown(rationale)}`])];
}

/** A query is shown where it is run first, and where it tells whether the trouble is over. */
function stepsLines(investigation: Investigation): string[] {
  const told = new Set<string>();
  return investigation.steps.flatMap((step, at) => {
    const query = queryOf(step, investigation.evidence);
    const isTold = told.has(query) && step.action !== 'verify';
    told.add(query);
    return stepLines(step, at + 1, isTold ? '' : query, investigation.runbooks ?? []);
  });
}

function stepLines(step: Step, number: number, query: string, runbooks: readonly RunbookHit[]): string[] {
  const cited = citedRunbooks(step, runbooks);
  const indent = ' '.repeat(`${number}`.length + 4);
  return [
    ...item(`${number}.`, `${step.title} (${step.minutes} min)`, step.rationale),
    ...(query === '' ? [] : [`${indent}query  ${shown(query)}`]),
    ...(step.link === null ? [] : [`${indent}link   ${shown(step.link)}`]),
    ...(cited === '' ? [] : [`${indent}${cited}`]),
  ];
}

/** What to run for a step that is a look: the query of the first fact that it is about. */
function queryOf({ action, evidence: ids }: Step, evidence: readonly Evidence[]): string {
  if (action !== 'run_query' && action !== 'verify' && action !== 'open_link') return '';
  return ids.map((id) => evidence.find((fact) => fact.id === id)?.query ?? '').find((query) => query !== '') ?? '';
}

function commitLines({ suspectCommits, rootCauseCommit }: Investigation): string[] {
  const lines = suspectCommits
    .slice(0, MAX_COMMITS)
    .flatMap(({ sha, score, title, author, committedAt, reasons }) => [
      `  ${sha === rootCauseCommit ? '*' : '-'} ${formatSha(shown(sha))}  ${formatPercent(score)}  ${shown(title)}`,
      `      ${shown(author)}, ${timeText(committedAt)}`,
      ...reasons.map((reason) => `      ${shown(reason)}`),
    ]);
  const left = suspectCommits.length - MAX_COMMITS;
  return left > 0 ? [...lines, `  and ${formatPlural(left, 'other')}`] : lines;
}

function evidenceLines({ id, kind, summary, query, link, detail, stack = [] }: Evidence): string[] {
  return [
    `  ${shown(id).padEnd(4)} ${kind.padEnd(10)} ${shown(summary)}`,
    ...(detail === undefined ? [] : [`       detail ${shown(detailLine(detail))}`]),
    ...(query === '' ? [] : [`       query  ${shown(query)}`]),
    ...(link === null ? [] : [`       link   ${shown(link)}`]),
    ...stack.flatMap(({ type, message, frames }) => [
      `       ${shown(message === '' ? type : `${type}: ${message}`)}`,
      ...frames
        .filter(({ kind: frameKind }) => frameKind === 'app')
        .slice(0, MAX_FRAMES)
        .map(frameLine),
    ]),
  ];
}

function frameLine({ function: name, file, line, workspace }: MappedFrame): string {
  const place = `${shown(file ?? 'unknown file')}${line === null ? '' : `:${line}`}`;
  const here = workspace === null ? '' : `  → ${shown(workspace.path)}:${workspace.line}`;
  return `         at ${shown(name ?? 'anonymous code')} (${place})${here}`;
}

function footer(investigation: Investigation): string[] {
  const { ms, apiCalls } = investigation.usage;
  return [`Investigated in ${formatDuration(ms)} with ${formatPlural(apiCalls, 'API call')}.`, ...answeredLines(investigation)];
}
