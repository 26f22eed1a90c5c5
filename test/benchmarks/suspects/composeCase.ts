import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noiseFor } from './noiseCommits';
import type { CaseCommit, SuspectCase } from './suspectCase';

const MINUTE_MS = 60_000;
const BEFORE_MIN = 120;
const AFTER_MIN = 20;

/** Forty digits that stand for a commit of a case, the same each time. */
export function shaOf(name: string, id: string): string {
  let text = '';
  for (let round = 0; text.length < 40; round += 1) {
    let hash = 2_166_136_261;
    for (const letter of `${name}/${id}/${round}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
    text += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return text.slice(0, 40);
}

/** Writes cases as recordings with their answers, as the evaluation of root causes reads them. */
export async function writeCases(dir: string, cases: readonly SuspectCase[]): Promise<void> {
  const answers: Record<string, { service: string; commit: string | null; decoys: readonly string[] }> = {};
  for (const [at, one] of cases.entries()) {
    await writeCase(join(dir, one.name), one, at);
    const decoys = [...one.commits, ...noiseFor(at)].filter(({ id }) => id !== one.guilty);
    answers[one.name] = {
      service: one.service,
      commit: one.guilty === null ? null : shaOf(one.name, one.guilty),
      decoys: decoys.map(({ id }) => shaOf(one.name, id)),
    };
  }
  await writeFile(join(dir, 'answers.json'), JSON.stringify(answers));
}

async function writeCase(dir: string, one: SuspectCase, at: number): Promise<void> {
  const onsetMs = Date.UTC(2026, 3, 1 + at, 9, 0);
  const iso = (minutes: number) => new Date(onsetMs + minutes * MINUTE_MS).toISOString();
  const [alerting] = one.series;
  if (alerting === undefined) throw new Error(`${one.name} has no series`);
  const [service, metric, , before, after] = alerting;
  const head = {
    id: one.name,
    now: iso(AFTER_MIN),
    start: iso(-BEFORE_MIN),
    end: iso(AFTER_MIN),
    alert: {
      title: one.title,
      service,
      metric,
      threshold: (before + after) / 2,
      observed: after,
      severity: 'critical',
      fired_at: iso(4),
      monitor_id: 1,
      summary: `${one.title} (observed ${after})`,
    },
    services: [...new Set([one.service, ...Object.entries(one.calls).flatMap(([caller, callees]) => [caller, ...callees])])],
  };
  const monitors = [
    {
      id: 1,
      name: one.title,
      type: 'metric alert',
      query: `avg(last_5m):avg:${metric}{service:${service}} > ${(before + after) / 2}`,
      message: '',
      tags: [],
      overall_state: 'Alert',
    },
  ];
  const commits = [...one.commits, ...noiseFor(at)].sort((a, b) => b.minutesBefore - a.minutesBefore);
  await mkdir(dir, { recursive: true });
  const files: Record<string, string> = {
    'recording.json': JSON.stringify(head),
    'monitors.json': JSON.stringify(monitors),
    'dependencies.json': JSON.stringify(one.calls),
    'metrics.ndjson': lines(seriesOf(one, onsetMs)),
    'logs.ndjson': lines(logsOf(one, iso)),
    'spans.ndjson': lines(spansOf(one, onsetMs)),
    'changes.ndjson': lines(changesOf(one, iso)),
    'commits.ndjson': lines(commits.map((commit) => commitOf(one, commit, iso, at % 2 === 0))),
  };
  for (const [file, text] of Object.entries(files)) await writeFile(join(dir, file), text);
}

const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** A ripple of a few percent, the same each time. */
const ripple = (minute: number) => 1 + 0.04 * Math.sin(minute * 1.7);

function seriesOf({ series }: SuspectCase, onsetMs: number): object[] {
  return series.map(([service, metric, unit, before, after]) => ({
    metric,
    tags: [`service:${service}`],
    unit,
    interval: 60,
    points: Array.from({ length: BEFORE_MIN + AFTER_MIN }, (_, index) => {
      const minute = index - BEFORE_MIN;
      return [onsetMs / 1000 + minute * 60, (minute < 0 ? before : after) * ripple(minute)];
    }),
  }));
}

function logsOf({ logs, calls, service }: SuspectCase, iso: (minutes: number) => string): object[] {
  const names = [...new Set([service, ...Object.keys(calls)])];
  const quiet = names.flatMap((name) =>
    Array.from({ length: 20 }, (_, index) => ({
      timestamp: iso(-BEFORE_MIN + index * 6),
      service: name,
      status: 'info',
      message: 'request served',
    })),
  );
  const told = logs.flatMap(([name, status, message, stack]) =>
    Array.from({ length: 24 }, (_, index) => ({
      timestamp: iso(0.2 + index * 0.7),
      service: name,
      status,
      message,
      ...(status === 'error' ? { attributes: { error: { message, ...(stack === undefined ? {} : { stack }) } } } : {}),
    })),
  );
  return [...quiet, ...told];
}

function spansOf({ spans = [], name }: SuspectCase, onsetMs: number): object[] {
  const chain = (minute: number, at: number) =>
    spans.map(({ service, resource, type = 'web', beforeMs, afterMs, error, peer }, depth) => ({
      trace_id: `${shaOf(name, `trace${at}`).slice(0, 15)}1`,
      span_id: `${at * 100 + depth + 1}`,
      parent_id: depth === 0 ? null : `${at * 100 + depth}`,
      service,
      name: resource,
      resource,
      type: peer === undefined ? type : 'http',
      start: `${onsetMs + minute * MINUTE_MS}000000`,
      duration: Math.round((minute < 0 ? beforeMs : afterMs) * 1e6),
      error: minute >= 0 && error !== undefined ? 1 : 0,
      meta: {
        ...(peer === undefined ? {} : { 'peer.service': peer, 'span.kind': 'client' }),
        ...(minute >= 0 && error !== undefined ? { 'error.message': error } : {}),
      },
      metrics: {},
    }));
  return Array.from({ length: 24 }, (_, at) => chain(at < 12 ? -40 + at * 3 : 1 + (at - 12), at + 1)).flat();
}

function changesOf({ deployments, flags = [], events = [], name }: SuspectCase, iso: (minutes: number) => string): object[] {
  return [
    ...deployments.map(([minutes, service, id]) => ({
      timestamp: iso(-minutes),
      kind: 'deployment',
      service,
      title: `Deployed ${service}`,
      text: '',
      author: null,
      version: null,
      commit: shaOf(name, id),
      attributes: {},
    })),
    ...flags.map(([minutes, service, flag, change]) => ({
      timestamp: iso(-minutes),
      kind: 'feature_flag',
      service,
      title: `Feature flag ${flag}: ${change}`,
      text: '',
      author: null,
      version: null,
      commit: null,
      attributes: { flag, change },
    })),
    ...events.map(([minutes, service, title, text]) => ({
      timestamp: iso(-minutes),
      kind: 'other',
      service,
      title,
      text,
      author: null,
      version: null,
      commit: null,
      attributes: { source: 'status-page' },
    })),
  ];
}

/** Half of the cases have whole diffs with line numbers, half shortened ones. */
function commitOf(
  { name }: SuspectCase,
  { id, minutesBefore, message, files }: CaseCommit,
  iso: (minutes: number) => string,
  isWhole: boolean,
): object {
  const diffs = Object.entries(files).map(([path, diff]) => {
    const rows = diff.split('\n');
    const count = (...signs: string[]) => rows.filter((row) => signs.includes(row.charAt(0))).length;
    const header = isWhole
      ? `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -12,${count(' ', '-')} +12,${count(' ', '+')} @@`
      : `@@ ${path} @@`;
    return `${header}\n${diff}`;
  });
  return {
    sha: shaOf(name, id),
    repository: 'shop',
    author: 'ada',
    timestamp: iso(-minutesBefore),
    message,
    files: Object.keys(files),
    diff: `${diffs.join('\n')}\n`,
  };
}
