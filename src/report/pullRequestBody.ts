import type { FixDraft, FixEvidence, FixForecast, FixPatch, FixReason } from '../domain/fix';
import { confidenceWord, formatDuration, formatNumber, formatPercent, formatSha } from '../domain/format';
import { asCode, asLink, asText } from './gitHubText';
import { timeText } from './reportText';
import { VERDICT_WORDS } from './verdictWords';

/** GitHub takes 65,536 characters. */
const MAX_CHARACTERS = 60_000;
const MAX_EVIDENCE = 20;
const MAX_FILES = 50;

/** How the tests of exactly this change ended. */
export interface TestNote {
  readonly verdict: 'passed' | 'failed' | 'outdated' | 'unfinished' | 'not run';
  readonly command: string | null;
  readonly exitCode: number | null;
}

/** What a reviewer needs: what broke, why this change, what speaks for and against it, and how to take it back. */
export function pullRequestBody(fix: FixDraft, tests: TestNote): string {
  const sections = [
    heading(fix),
    section('Evidence for it', fix.reason.evidenceFor.slice(0, MAX_EVIDENCE).map(evidenceLine)),
    section('Evidence against it', fix.reason.evidenceAgainst.slice(0, MAX_EVIDENCE).map(evidenceLine)),
    section(
      'Not checked',
      fix.reason.unchecked.slice(0, MAX_EVIDENCE).map((sentence) => `- ${asText(sentence)}`),
    ),
    section('Forecast without a change', fix.reason.forecasts.map(forecastLine)),
    section('Changed files', fileLines(fix)),
    section('Tests', [testLine(tests)]),
    section('Rollback', rollback(fix)),
    ['---', 'Drafted with AIDog. The evidence was gathered by queries that can be repeated; a person pressed every button.'],
  ];
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return text.length <= MAX_CHARACTERS ? `${text}\n` : `${text.slice(0, text.lastIndexOf('\n', MAX_CHARACTERS))}\n`;
}

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`## ${title}`, '', ...lines]);

function heading({ reason, patch, start }: FixDraft): string[] {
  const { incident, service, verdict, confidence, startedAt, hypothesis, place, link } = reason;
  return [
    `${deed(patch)}, the suspected cause of the incident **${asText(incident)}**.`,
    '',
    '| | |',
    '|---|---|',
    `| Verdict | ${VERDICT_WORDS[verdict]} |`,
    `| Confidence | ${formatPercent(confidence)} (${confidenceWord(confidence)}) |`,
    `| Hypothesis | ${asText(hypothesis)} |`,
    ...(place === null ? [] : [`| Place | ${inTable(asCode(place))} |`]),
    ...(service === null ? [] : [`| Service | ${asText(service)} |`]),
    ...(startedAt === null ? [] : [`| Since | ${asText(timeText(startedAt))} |`]),
    ...(link === null ? [] : [`| Alert | ${asLink('open in Datadog', link)} |`]),
    `| Branch begins at | ${asText(start.name)} (${formatSha(start.commit)}) |`,
  ];
}

/** A bar ends a cell of a table even within code. */
const inTable = (text: string) => text.replaceAll('|', '\\|');

function deed({ commit, title, isMerge }: FixPatch): string {
  const merge = isMerge ? ' (a merge, undone against its first parent)' : '';
  return `This reverts commit ${commit}${merge}, ${asText(title)}`;
}

function evidenceLine({ id, summary, source, query, link }: FixEvidence): string {
  const page = link === null ? '' : ` ${asLink('open', link)}`;
  return `- **${asText(id)}** ${asText(summary)} (${asText(source)}${query === '' ? '' : ` ${asCode(query)}`})${page}`;
}

function forecastLine({ title, unit, threshold, breachInSec, median, p10, p90, horizonSec }: FixForecast): string {
  const of = (value: number) => `${formatNumber(value)}${unit === null ? '' : ` ${asText(unit)}`}`;
  const limit = threshold === null ? '' : breachWords(breachInSec, of(threshold));
  return `- ${asText(title)}: ${of(median)} in ${formatDuration(horizonSec * 1000)} (80 % between ${of(p10)} and ${of(p90)})${limit}`;
}

function breachWords(breachInSec: number | null, threshold: string): string {
  if (breachInSec === null) return `; it does not reach ${threshold} within that time`;
  return breachInSec <= 0 ? `; it is beyond ${threshold} already` : `; it reaches ${threshold} in ${formatDuration(breachInSec * 1000)}`;
}

function fileLines({ contents }: FixDraft): string[] {
  const files = contents?.files ?? [];
  const lines = files.slice(0, MAX_FILES).map(({ path, previousPath, status }) => {
    const before = previousPath === null ? '' : ` (was ${asCode(previousPath)})`;
    return `- ${asCode(path)} ${status}${before}`;
  });
  return files.length > MAX_FILES ? [...lines, `- and ${files.length - MAX_FILES} more`] : lines;
}

function testLine({ verdict, command, exitCode }: TestNote): string {
  const run = command === null ? '' : asCode(command);
  const sentences: Readonly<Record<TestNote['verdict'], string>> = {
    passed: `${run} passed (exit code ${exitCode}) on exactly this change.`,
    failed: `${run} **failed** with exit code ${exitCode}.`,
    outdated: `${run} ended with exit code ${exitCode}, but files were changed after that run.`,
    unfinished: `${run} was stopped before it ended.`,
    'not run': 'No tests were run before this was pushed.',
  };
  return sentences[verdict];
}

function rollback({ patch, reason, push }: FixDraft): string[] {
  const commit = push?.commit ?? null;
  const own = commit === null ? 'the commit of this branch' : asCode(`git revert ${commit}`);
  return [
    `- To take this back, revert it: ${own}. That brings back ${formatSha(patch.commit)}${reason.service === null ? '' : ` in ${asText(reason.service)}`}.`,
    ...(patch.isMerge ? ['- Merging the reverted branch again later brings nothing back by itself: revert this revert first.'] : []),
    '- No data is changed by this commit itself. Check whether the reverted change migrated data or configuration that must go back with it.',
  ];
}

/** The parts of an investigation that a pull request repeats are kept small, whatever telemetry said. */
export function boundedReason(reason: FixReason): FixReason {
  return {
    ...reason,
    evidenceFor: reason.evidenceFor.slice(0, MAX_EVIDENCE),
    evidenceAgainst: reason.evidenceAgainst.slice(0, MAX_EVIDENCE),
    unchecked: reason.unchecked.slice(0, MAX_EVIDENCE),
  };
}
