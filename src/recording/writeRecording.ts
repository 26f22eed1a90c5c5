import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change, Commit } from '../domain/change';
import type { LogEvent } from '../domain/log';
import type { Span } from '../domain/span';
import type { RecordedSeries, Recording } from './recording';

/** Writes a recording into a folder, which is made when it is missing; empty parts make no file. Times keep milliseconds, spans microseconds. */
export async function writeRecording(dir: string, recording: Recording): Promise<void> {
  await mkdir(dir, { recursive: true });
  const files: readonly (readonly [file: string, text: string])[] = [
    ['recording.json', pretty(headOf(recording))],
    ['monitors.json', recording.monitors.length === 0 ? '' : pretty(recording.monitors)],
    ['dependencies.json', recording.dependencies === null ? '' : pretty(recording.dependencies)],
    ['metrics.ndjson', lines(recording.series, seriesLine)],
    ['logs.ndjson', lines(recording.logs, logLine)],
    ['spans.ndjson', lines(recording.spans, spanLine)],
    ['changes.ndjson', lines(recording.changes, changeLine)],
    ['commits.ndjson', lines(recording.commits, commitLine)],
  ];
  await Promise.all(files.filter(([, text]) => text !== '').map(([file, text]) => writeFile(join(dir, file), text)));
}

function headOf({ id, nowMs, startMs, endMs, alert, alertDetails, services }: Recording): object {
  const { title, service, metric, threshold, observed, severity, firedAtMs, monitorId, summary } = alert;
  const known = { title, service, metric, threshold, observed, severity, fired_at: iso(firedAtMs), monitor_id: monitorId, summary };
  return { id, now: iso(nowMs), start: iso(startMs), end: iso(endMs), alert: { ...known, ...alertDetails }, services };
}

function seriesLine({ metric, tags, unit, intervalSec, points, type, ...unknown }: RecordedSeries): object {
  return { metric, tags, unit, interval: intervalSec, ...(type === null ? {} : { type }), ...unknown, points };
}

function logLine({ timestampMs, ...rest }: LogEvent): object {
  return { timestamp: iso(timestampMs), ...rest };
}

function spanLine({
  traceId,
  spanId,
  parentId,
  startMs,
  durationMs,
  isError,
  service,
  name,
  resource,
  type,
  meta,
  metrics,
  ...unknown
}: Span): object {
  const start = `${Math.round(startMs * 1000)}000`;
  const times = { start, duration: Math.round(durationMs * 1e6), error: isError ? 1 : 0 };
  return { trace_id: traceId, span_id: spanId, parent_id: parentId, service, name, resource, type, ...times, ...unknown, meta, metrics };
}

function changeLine({ timestampMs, ...rest }: Change): object {
  return { timestamp: iso(timestampMs), ...rest };
}

function commitLine({ timestampMs, ...rest }: Commit): object {
  return { timestamp: iso(timestampMs), ...rest };
}

function lines<T>(items: readonly T[], lineOf: (item: T) => object): string {
  return items.map((item) => `${JSON.stringify(lineOf(item))}\n`).join('');
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
