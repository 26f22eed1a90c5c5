import { detailLine } from '../domain/detailWords';
import type { Evidence, MappedFrame } from '../domain/evidence';
import { forecastLine } from '../domain/forecastWords';
import { confidenceWord, formatDuration, formatPercent, formatPlural, formatSha } from '../domain/format';
import type { CodeLocation, WorkingTreeLocation } from '../domain/frame';
import type { Hypothesis } from '../domain/hypothesis';
import type { Verdict } from '../domain/incident';
import type { Investigation, Step } from '../domain/investigation';
import { oneLine } from '../domain/plainText';
import type { RunbookHit } from '../domain/runbook';
import {
  answeredLines,
  checkLines,
  citedRunbooks,
  nextQueryLines,
  paragraph,
  ruledOutLines,
  runbookLines,
  uncheckedLines,
} from './diagnosisLines';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  code: 'a change to the code caused it',
  configuration: 'a change of configuration caused it',
  infrastructure: 'the infrastructure caused it',
  external: 'something outside these services caused it',
  healthy: 'nothing is wrong',
  inconclusive: 'the evidence does not settle it',
};

/** A line of a report never grows longer than this by what telemetry puts in it. */
const MAX_TEXT = 300;
const MAX_COMMITS = 5;
const MAX_FRAMES = 5;

/**
 * The investigation as plain text for a terminal, best explanation first, every fact with its id. Text from telemetry, commits
 * and files is shown as text: no control character of it reaches the terminal.
 */
export function textReport(investigation: Investigation): string {
  const { checks = [], ruledOut = [], runbooks = [] } = investigation;
  const sections = [
    heading(investigation),
    paragraph(investigation.summary ?? '', ''),
    section(
      'Hypotheses',
      investigation.hypotheses.flatMap((hypothesis, at) => hypothesisLines(hypothesis, at + 1, investigation)),
    ),
    section('Ruled out', ruledOutLines(ruledOut)),
    section('Checks', checkLines(checks)),
    section('Suspect commits', commitLines(investigation)),
    section('Evidence', investigation.evidence.flatMap(evidenceLines)),
    section(
      'Forecasts',
      investigation.forecasts.map((forecast) => `  ${shown(forecast.id).padEnd(4)} ${shown(forecastLine(forecast))}`),
    ),
    section(
      'Next steps',
      investigation.steps.flatMap((step, at) => stepLines(step, at + 1, runbooks)),
    ),
    section('Runbooks', runbookLines(runbooks)),
    section(
      'Once it is over',
      investigation.recommendations.flatMap(({ title, rationale }) => item('-', title, rationale)),
    ),
    section('Could not be looked at', [...investigation.problems.map((problem) => `  - ${shown(problem)}`), ...uncheckedLines(checks)]),
    footer(investigation),
  ];
  return joined(sections);
}

/** What a run that ended early had found by then; empty when that was nothing. */
export function partialReport({ evidence = [], problems = [] }: Partial<Investigation>): string {
  if (evidence.length === 0) return '';
  const missing = problems.map((problem) => `  - ${shown(problem)}`);
  const sections = [section('Found before it ended', evidence.flatMap(evidenceLines)), section('Could not be looked at', missing)];
  return joined(sections);
}

const joined = (sections: readonly (readonly string[])[]): string =>
  `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;

function heading({ incident, verdict, rootCauseCommit, suspectCommits }: Investigation): string[] {
  const { title, severity, service, type, startedAt, primarySymptom, blastRadius } = incident;
  const facts = [`severity ${severity}`, service && `service ${service}`, type, startedAt && `since ${startedAt}`];
  const commit = suspectCommits.find(({ sha }) => sha === rootCauseCommit);
  const about = commit === undefined ? '' : `  ${shown(commit.title)} (${shown(commit.author)})`;
  return [
    shown(title),
    facts
      .filter(Boolean)
      .map((fact) => shown(String(fact)))
      .join(' · '),
    '',
    `Verdict     ${verdict}: ${VERDICTS[verdict]}`,
    `Commit      ${rootCauseCommit === null ? noCommit(verdict) : formatSha(shown(rootCauseCommit)) + about}`,
    ...(primarySymptom === '' ? [] : [`Symptom     ${shown(primarySymptom)}`]),
    ...(blastRadius.length === 0 ? [] : [`Affected    ${blastRadius.map((name) => shown(name)).join(', ')}`]),
  ];
}

const noCommit = (verdict: Verdict) =>
  verdict === 'inconclusive' || verdict === 'code'
    ? 'none is named: the evidence does not settle it'
    : 'none is to blame as far as the evidence goes';

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function item(mark: string, title: string, rationale: string): string[] {
  return [`  ${mark} ${shown(title)}`, ...(rationale === '' ? [] : [`${' '.repeat(mark.length + 3)}${shown(rationale)}`])];
}

function stepLines(step: Step, number: number, runbooks: readonly RunbookHit[]): string[] {
  const cited = citedRunbooks(step, runbooks);
  return [
    ...item(`${number}.`, `${step.title} (${step.minutes} min)`, step.rationale),
    ...(cited === '' ? [] : [`${' '.repeat(`${number}`.length + 4)}${cited}`]),
  ];
}

function hypothesisLines(hypothesis: Hypothesis, number: number, { evidence }: Investigation): string[] {
  const { title, confidence, service, kind, commit, location, workspace, missing } = hypothesis;
  const facts = [kind.replaceAll('_', ' '), service && `service ${service}`, commit && `commit ${formatSha(commit)}`];
  return [
    `  ${number}. ${shown(title)}`,
    `     confidence ${formatPercent(confidence)} (${confidenceWord(confidence)}) · ${facts
      .filter(Boolean)
      .map((fact) => shown(String(fact)))
      .join(' · ')}`,
    ...paragraph(hypothesis.explanation ?? '', '     '),
    ...(location === null ? [] : [`     at       ${placeText(location)}`]),
    ...(workspace === null ? [] : [`     open     ${workspaceText(workspace)}`]),
    ...evidenceReferences('for', hypothesis.evidenceFor, evidence),
    ...evidenceReferences('against', hypothesis.evidenceAgainst, evidence),
    ...missing.map((what) => `     missing  ${shown(what)}`),
    ...nextQueryLines(hypothesis.nextQuery),
  ];
}

function evidenceReferences(label: string, ids: readonly string[], evidence: readonly Evidence[]): string[] {
  return ids.map((id) => `     ${label.padEnd(8)} ${shown(id)}  ${shown(evidence.find((fact) => fact.id === id)?.summary ?? '')}`);
}

function placeText({ file, line, function: name }: CodeLocation): string {
  return `${shown(file)}:${line}${name === null ? '' : ` in ${shown(name)}`}`;
}

function workspaceText({ root, path, line, status }: WorkingTreeLocation): string {
  const place = `${root === '' ? '' : `${shown(root)}/`}${shown(path)}:${line}`;
  return status === 'exact' ? place : `${place} (the line was ${status})`;
}

function commitLines({ suspectCommits, rootCauseCommit }: Investigation): string[] {
  const lines = suspectCommits
    .slice(0, MAX_COMMITS)
    .flatMap(({ sha, score, title, author, committedAt, reasons }) => [
      `  ${sha === rootCauseCommit ? '*' : '-'} ${formatSha(shown(sha))}  ${formatPercent(score)}  ${shown(title)}`,
      `      ${shown(author)}, ${shown(committedAt)}`,
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

const shown = (text: string) => oneLine(text, MAX_TEXT);
