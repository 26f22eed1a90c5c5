import * as vscode from 'vscode';
import { changeShare, mergeLoads } from '../../code/hotPathLoads';
import { formatCount, formatDuration, formatPercent } from '../../domain/format';
import { forLabel } from '../plainText';
import { ageWords } from '../words';
import type { FunctionLoad } from './functionLoad';

/** Changes smaller than this share of what was before are not worth a word. */
const leastChange = 0.05;

/** Several places of one function together: counts are added, latencies are those of the slowest place, ages those of the oldest. */
export function combine(places: readonly FunctionLoad[]): FunctionLoad | null {
  const live = places.filter(({ isQuiet }) => !isQuiet);
  const loads = live.length === 0 ? places : live;
  const [first] = loads;
  if (first === undefined) return null;
  const entries = loads.filter(({ isEntry }) => isEntry);
  const failures = loads.filter(({ isEntry }) => !isEntry);
  const slowest = loads.reduce((worst, load) => ((load.now.p95Ms ?? -1) > (worst.now.p95Ms ?? -1) ? load : worst), first);
  const requests = mergeLoads(entries.map(({ now }) => now))?.requests ?? 0;
  const errorsOf = (some: readonly FunctionLoad[]) => mergeLoads(some.map(({ now }) => now))?.errors ?? 0;
  return {
    ...slowest,
    service: [...new Set(loads.map(({ service }) => service))].join(', '),
    isEntry: entries.length > 0,
    // An error that comes out of a handler is counted where it entered and at the line that failed.
    now: { ...slowest.now, requests, errors: Math.max(errorsOf(entries), errorsOf(failures)) },
    sampleSize: loads.reduce((sum, { sampleSize }) => sum + sampleSize, 0),
    takenAtMs: Math.min(...loads.map(({ takenAtMs }) => takenAtMs)),
    lastSeenMs: loads.reduce<number | null>((latest, { lastSeenMs }) => later(latest, lastSeenMs), null),
  };
}

const later = (left: number | null, right: number | null) => (left === null || right === null ? (left ?? right) : Math.max(left, right));

/** What a template can name; the description of the setting in package.nls.json lists the same. */
export const placeholders = [
  'p50',
  'p95',
  'p99',
  'change',
  'changeWeek',
  'errors',
  'requests',
  'service',
  'env',
  'window',
  'age',
  'samples',
] as const;

const measures = ['p50', 'p95', 'p99', 'change', 'changeWeek', 'errors', 'requests'] as const;

/**
 * Fills the placeholders in; parts between ` · ` that stay empty are left out, and what is no placeholder stays as it is. A
 * function without requests says so, and old numbers say how old they are.
 */
export function lensText(load: FunctionLoad, template: string, nowMs: number): string {
  const where = [forLabel(load.env ?? '', 40), load.windowWords].filter(Boolean).join(' ');
  if (load.isQuiet) return `${vscode.l10n.t('no requests')} · ${where}`;
  const values = valuesOf(load, nowMs);
  const fill = (part: string) =>
    part
      .replace(/\{(\w+)\}/gu, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : whole))
      .replace(/\s+/gu, ' ')
      .trim();
  const isMeasured = measures.some((name) => values[name] !== '' && template.includes(`{${name}}`));
  // Where all that was asked for is unknown, the number of requests is better than nothing.
  const shown = isMeasured ? template : `{requests} · ${template}`;
  const parts = shown.split('·').map(fill).filter(Boolean);
  const age = load.isStale && !template.includes('{age}') ? [vscode.l10n.t('as of {0}', ageWords(load.takenAtMs, nowMs))] : [];
  return [...parts, ...age].join(' · ');
}

function valuesOf(load: FunctionLoad, nowMs: number): Record<(typeof placeholders)[number], string> & Record<string, string> {
  const { now } = load;
  const duration = (name: string, ms: number | null) => (ms === null ? '' : `${name} ${formatDuration(ms)}`);
  return {
    p50: duration('p50', now.p50Ms),
    p95: duration('p95', now.p95Ms),
    p99: duration('p99', now.p99Ms),
    change: changeWords(now.p95Ms, load.beforeP95Ms),
    changeWeek: changeWords(now.p95Ms, load.weekAgoP95Ms),
    errors: errorWords(load),
    requests: now.requests === 0 ? '' : vscode.l10n.t('{0} req', formatCount(now.requests)),
    service: forLabel(load.service),
    env: forLabel(load.env ?? '', 40),
    window: load.windowWords,
    age: ageWords(load.takenAtMs, nowMs),
    samples: load.sampleSize === 0 ? '' : vscode.l10n.t('{0} spans', formatCount(load.sampleSize)),
  };
}

/** How latency changed, with an arrow; empty where it hardly did or nothing is known of before. */
export function changeWords(nowMs: number | null, beforeMs: number | null): string {
  const change = changeShare(nowMs, beforeMs);
  if (change === null || Math.abs(change) < leastChange) return '';
  return `${change > 0 ? '▲' : '▼'}${formatPercent(Math.abs(change))}`;
}

/** A share where requests are known, a count where only errors were seen. */
function errorWords({ now: { errors, requests } }: FunctionLoad): string {
  if (errors === 0) return '';
  if (requests === 0) return vscode.l10n.t('{0} err', formatCount(errors));
  return vscode.l10n.t('{0} err', formatPercent(Math.min(errors, requests) / requests));
}

/** The same in whole sentences, for the tooltip and for those who listen, with what the numbers rest on. */
export function lensTooltip(load: FunctionLoad, nowMs: number): string {
  const { now, service, lastSeenMs } = load;
  const latencies = [now.p50Ms, now.p95Ms, now.p99Ms].map((ms) => (ms === null ? vscode.l10n.t('unknown') : formatDuration(ms)));
  const lines = [
    load.isQuiet && vscode.l10n.t('No request came in: {0}', load.windowWords),
    vscode.l10n.t('{0} requests, {1} errors in {2}', formatCount(now.requests), formatCount(now.errors), service),
    now.p95Ms !== null && vscode.l10n.t('Latency: median {0}, p95 {1}, p99 {2}', ...latencies),
    ...comparisons(load),
    load.basis === 'metrics'
      ? vscode.l10n.t('Counted over all requests; places from {0} spans', formatCount(load.sampleSize))
      : vscode.l10n.t('Read off a sample of {0} spans', formatCount(load.sampleSize)),
    load.subject === null
      ? vscode.l10n.t('As of {0}', ageWords(load.takenAtMs, nowMs))
      : vscode.l10n.t('Seen in the investigation of "{0}"', forTooltip(load.subject)),
    lastSeenMs !== null && vscode.l10n.t('Last seen {0}', ageWords(lastSeenMs, nowMs)),
  ];
  return lines.filter((line) => typeof line === 'string').join('\n');
}

const forTooltip = (text: string) => forLabel(text, 200);

function comparisons({ now, beforeP95Ms, weekAgoP95Ms, subject }: FunctionLoad): string[] {
  const than = (beforeMs: number | null, words: (change: string) => string) => {
    const change = changeShare(now.p95Ms, beforeMs);
    return change === null ? [] : [words(`${change >= 0 ? '+' : '-'}${formatPercent(Math.abs(change))}`)];
  };
  if (subject !== null) return than(beforeP95Ms, (change) => vscode.l10n.t('p95 {0} against before the incident', change));
  return [
    ...than(beforeP95Ms, (change) => vscode.l10n.t('p95 {0} against the same time a day ago', change)),
    ...than(weekAgoP95Ms, (change) => vscode.l10n.t('p95 {0} against the same time a week ago', change)),
  ];
}

/** Whether a function is worth a lens for those who want only what stands out: errors, or a latency that changed by `percent`. */
export function isNotable({ now, beforeP95Ms, weekAgoP95Ms }: FunctionLoad, percent: number): boolean {
  const changes = [changeShare(now.p95Ms, beforeP95Ms), changeShare(now.p95Ms, weekAgoP95Ms)];
  return now.errors > 0 || changes.some((change) => change !== null && Math.abs(change) * 100 >= percent);
}
