import { formatCount, formatDuration, formatPercent, formatPlural } from '../domain/format';
import { patternWords } from '../domain/patternWords';
import { oneLine } from '../domain/plainText';
import type { ErrorOrigin, PathSpan, SlowComparison, TopologySummary, TraceFinding, TraceSummary } from '../domain/traceFindings';
import { foremostHops, withoutRepeats } from '../signals/traces/pathSpans';

export interface TracesTextOptions {
  /** Width of the terminal. */
  readonly columns: number;
  /** Traces to show one by one. */
  readonly shown: number;
}

const LEAST_COLUMNS = 40;
const MOST_COLUMNS = 160;
const MAX_HOPS = 18;
const MAX_PATTERNS = 4;
const MAX_LISTED = 6;
const MAX_NAME = 120;

/** The findings as a report: the critical path of the traces that matter most as a waterfall, then what all of them tell. */
export function tracesText(findings: readonly TraceFinding[], summary: TraceSummary, { columns, shown }: TracesTextOptions): string {
  const width = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, columns));
  const parts = findings.slice(0, shown).map((finding) => traceLines(finding, width).join('\n'));
  const left = findings.length - Math.min(shown, findings.length);
  if (left > 0 && shown > 0) parts.push(`… ${formatPlural(left, 'more trace')}; --json prints all.`);
  return `${[...parts, summaryLines(summary, width).join('\n')].join('\n\n')}\n`;
}

function traceLines(finding: TraceFinding, width: number): string[] {
  const { traceId, service, operation, durationMs, spans, orphans, criticalPath, errorOrigin, patterns } = finding;
  const missing = orphans === 0 ? '' : `, ${formatPlural(orphans, 'of them without its caller', 'of them without their caller')}`;
  return [
    clipped(`${shownText(operation)} of ${shownText(service)}  ${formatDuration(durationMs)}`, width),
    clipped(`trace ${shownText(traceId)}, ${formatPlural(spans, 'span')}${missing}`, width),
    ...waterfall(criticalPath, durationMs, width),
    ...(errorOrigin ? errorLines(errorOrigin).flatMap((line) => wrapped(line, width)) : []),
    ...patterns.slice(0, MAX_PATTERNS).flatMap((pattern) => wrapped(patternWords(pattern), width)),
  ];
}

/** One row a span: a bar where the request waited for it, dark where it worked itself, then what it is and its own time. */
function waterfall(path: readonly PathSpan[], totalMs: number, width: number): string[] {
  const barWidth = Math.max(8, Math.floor(width * 0.28));
  const hops = withoutRepeats(path);
  const rows = foremostHops(hops, MAX_HOPS);
  const left = hops.length - rows.length;
  const timeWidth = 9;
  const nameWidth = width - barWidth - timeWidth - 4;
  const least = rows.reduce((depth, hop) => Math.min(depth, hop.depth), Number.POSITIVE_INFINITY);
  return [
    ...rows.map((hop) => {
      const indent = ' '.repeat(Math.min(hop.depth - least, Math.floor(nameWidth / 3)));
      const name = clipped(
        `${indent}${hop.isError ? '✗ ' : ''}${shownText(hop.service)} ${shownText(hop.operation)}${hop.count === undefined ? '' : ` × ${hop.count}`}`,
        nameWidth,
      );
      return `  ${bar(hop, totalMs, barWidth)} ${name.padEnd(nameWidth)} ${formatDuration(hop.selfMs).padStart(timeWidth)}`.trimEnd();
    }),
    ...(left > 0 ? [`  … ${formatPlural(left, 'more span')} on the path, each with less time of its own`] : []),
  ];
}

function bar({ startMs, durationMs }: PathSpan, totalMs: number, width: number): string {
  const scale = totalMs > 0 ? width / totalMs : 0;
  const from = Math.min(width - 1, Math.max(0, Math.floor(startMs * scale)));
  const length = Math.min(width - from, Math.max(1, Math.round(durationMs * scale)));
  return `${'·'.repeat(from)}${'█'.repeat(length)}${'·'.repeat(width - from - length)}`;
}

function errorLines({ service, operation, message, peer, isGivenUp, handledBy, path }: ErrorOrigin): string[] {
  const towards = peer === null ? '' : ` while calling ${shownText(peer)}`;
  const why = message === null ? '' : `: ${shownText(message)}`;
  const services = path.map((step) => step.service).filter((name, at, all) => name !== all[at - 1]);
  const named = [...services.slice(0, MAX_LISTED), ...(services.length > MAX_LISTED ? ['…'] : [])].map(shownText).join(' → ');
  return [
    `✗ The error began in ${shownText(service)}, ${shownText(operation)}${towards}${why}`,
    ...(isGivenUp ? ['  The caller failed although what it called did not, as with a timeout.'] : []),
    ...(services.length > 1 ? [`  It went up ${named}${handledBy === null ? '' : `, and ${shownText(handledBy)} handled it`}.`] : []),
    ...(services.length === 1 && handledBy !== null ? [`  ${shownText(handledBy)} handled it.`] : []),
  ];
}

function summaryLines({ traces, spans, unread, failing, topology, comparison }: TraceSummary, width: number): string[] {
  const left = unread === 0 ? '' : `, ${formatPlural(unread, 'record')} left out`;
  const lines = [`${formatPlural(traces, 'trace')} with ${formatPlural(spans, 'span')}${left}`];
  if (failing.length > 0)
    lines.push(
      ...wrapped(`Failures began in ${listed(failing.map((one) => `${shownText(one.service)} (${formatCount(one.traces)})`))}`, width),
    );
  return [...lines, ...topologyLines(topology, width), ...(comparison ? comparisonLines(comparison, width) : [])];
}

function topologyLines({ services, calls, blastRadius }: TopologySummary, width: number): string[] {
  const external = services.filter(({ isExternal }) => isExternal).length;
  const outside = external === 0 ? '' : `, ${formatCount(external)} of them known by their callers only`;
  const lines = [`${formatPlural(services.length, 'service')}${outside}, ${formatPlural(calls.length, 'kind of call', 'kinds of calls')}`];
  if (blastRadius.length > 0)
    lines.push(`Reached by it: ${listed(blastRadius.map(({ service, share }) => `${shownText(service)} ${formatPercent(share)}`))}`);
  return lines.flatMap((line) => wrapped(line, width));
}

function comparisonLines({ slow, normal, slowMs, normalMs, rows, tag }: SlowComparison, width: number): string[] {
  const shareWidth = 7;
  const timeWidth = 10;
  const nameWidth = width - shareWidth - 2 * timeWidth - 2;
  const row = (name: string, before: string, now: string, share: string) =>
    `  ${clipped(name, nameWidth).padEnd(nameWidth)}${before.padStart(timeWidth)}${now.padStart(timeWidth)}${share.padStart(shareWidth)}`;
  return [
    '',
    ...wrapped(
      `${formatPlural(slow, 'slow trace')} (${formatDuration(slowMs)}) against ${formatCount(normal)} normal (${formatDuration(normalMs)})`,
      width,
    ),
    row('own time on the path', 'normal', 'slow', 'share'),
    ...rows
      .slice(0, MAX_LISTED)
      .map((one) =>
        row(
          `${shownText(one.service)} ${shownText(one.operation)}`,
          formatDuration(one.normalMs),
          formatDuration(one.slowMs),
          formatPercent(one.share),
        ),
      ),
    ...(tag
      ? wrapped(
          `The slow ones have ${shownText(tag.key)}:${shownText(tag.value)} in ${shownText(tag.service)}, the others hardly ever.`,
          width,
        )
      : []),
  ];
}

function listed(items: readonly string[]): string {
  const left = items.length - MAX_LISTED;
  return `${items.slice(0, MAX_LISTED).join(', ')}${left > 0 ? ` and ${formatCount(left)} more` : ''}`;
}

const shownText = (text: string) => oneLine(text, MAX_NAME);

/** Cut to a width in characters, never in the middle of one. */
function clipped(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Broken at spaces so that no line is wider; a longer word is cut. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.trimEnd().split(' ')) {
    const next = line === '' && lines.length > 0 ? `    ${word}` : line === '' ? word : `${line} ${word}`;
    if ([...next].length <= width) line = next;
    else {
      if (line !== '') lines.push(line);
      line = clipped(`    ${word}`, width);
    }
  }
  return line === '' ? lines : [...lines, line];
}
