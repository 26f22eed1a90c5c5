import * as z from 'zod';
import type { Change, Commit } from '../domain/change';
import type { Json } from '../domain/json';
import { type LogEvent, logStatusOf } from '../domain/log';
import type { Span } from '../domain/span';
import type { RecordedSeries } from './recording';

type Fields = Readonly<Record<string, Json>>;

const time = z.iso
  .datetime({ offset: true, error: 'is not a time in ISO 8601, such as 2026-03-27T14:00:00Z' })
  .transform((text) => Date.parse(text));
const text = z.string();
const textOrNull = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const numberOrNull = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
const texts = z
  .array(text)
  .nullish()
  .transform((value) => value ?? []);
/** What a line of JSON holds is JSON; only that it is an object has to be looked at. */
const fields = z
  .custom<Fields>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'is not an object')
  .nullish()
  .transform((value): Fields => (value ?? {}) as Fields);

/** What a file's fields are called in the domain; fields that the format does not know are kept beside them. */
export const alertSchema = z
  .looseObject({
    title: text,
    service: textOrNull,
    metric: textOrNull,
    threshold: numberOrNull,
    observed: numberOrNull,
    severity: z.enum(['critical', 'high', 'medium', 'low', 'unknown']).catch('unknown'),
    fired_at: time,
    monitor_id: numberOrNull,
    summary: text.nullish().transform((value) => value ?? ''),
  })
  .transform(
    ({ fired_at: firedAtMs, monitor_id: monitorId, title, service, metric, threshold, observed, severity, summary, ...details }) => ({
      alert: { title, service, metric, threshold, observed, severity, firedAtMs, monitorId, summary },
      details: details as Fields,
    }),
  );

export const headSchema = z.looseObject({
  id: text.min(1),
  now: time,
  start: time,
  end: time,
  alert: alertSchema,
  services: texts,
});

export const monitorsSchema = z.array(z.looseObject({ id: z.number() }));

export const dependenciesSchema = z.record(text, z.array(text));

/** Looked at by hand, since large incidents have millions of them. */
function isPoints(value: unknown): boolean {
  return Array.isArray(value) && value.every(isPoint);
}

function isPoint(point: unknown): boolean {
  if (!Array.isArray(point) || point.length !== 2) return false;
  const [sec, value]: readonly unknown[] = point;
  return Number.isFinite(sec) && (value === null || Number.isFinite(value));
}

export const seriesSchema = z
  .looseObject({
    metric: text.min(1),
    tags: texts,
    unit: textOrNull,
    interval: z.number().positive(),
    points: z.custom<[number, number | null][]>(isPoints, 'is not a list of [epoch seconds, value or null]'),
    type: z.enum(['gauge', 'count', 'rate', 'distribution']).nullish(),
  })
  .transform(({ interval, type, points, ...rest }): RecordedSeries => {
    const isSorted = points.every(([sec], at) => at === 0 || sec >= (points[at - 1]?.[0] ?? 0));
    return { ...rest, type: type ?? null, intervalSec: interval, points: isSorted ? points : points.sort((a, b) => a[0] - b[0]) };
  });

export const logSchema = z
  .looseObject({
    timestamp: time,
    service: text,
    status: text.transform(logStatusOf),
    host: textOrNull,
    message: text,
    attributes: fields,
    tags: texts,
  })
  .transform(({ timestamp: timestampMs, service, status, host, message, attributes, tags, ...unknown }): LogEvent => {
    return { timestampMs, service, status, host, message, attributes: { ...(unknown as Fields), ...attributes }, tags };
  });

const nanoseconds = z.string().regex(/^\d{1,20}$/, 'is not a number of nanoseconds as text');

export const spanSchema = z
  .looseObject({
    trace_id: text.min(1),
    span_id: text.min(1),
    parent_id: textOrNull,
    service: text,
    name: text,
    resource: text,
    type: text.nullish().transform((value) => value ?? ''),
    start: nanoseconds,
    duration: z.number().nonnegative(),
    error: z.number().nullish(),
    meta: z.record(text, z.coerce.string()).nullish(),
    metrics: z.record(text, z.number()).nullish(),
  })
  .transform(
    ({ trace_id, span_id, parent_id, start, duration, error, meta, metrics, ...rest }): Span => ({
      ...rest,
      traceId: trace_id,
      spanId: span_id,
      parentId: parent_id === '' || parent_id === '0' ? null : parent_id,
      startMs: Number(BigInt(start) / 1000n) / 1000,
      durationMs: duration / 1e6,
      isError: (error ?? 0) !== 0,
      meta: meta ?? {},
      metrics: metrics ?? {},
    }),
  );

export const changeSchema = z
  .looseObject({
    timestamp: time,
    kind: z.enum(['deployment', 'feature_flag', 'config', 'scaling', 'other']).catch('other'),
    service: textOrNull,
    title: text,
    text: text.nullish().transform((value) => value ?? ''),
    author: textOrNull,
    version: textOrNull,
    commit: textOrNull,
    attributes: fields,
  })
  .transform(({ timestamp: timestampMs, kind, service, title, text: body, author, version, commit, attributes, ...unknown }): Change => {
    return {
      timestampMs,
      kind,
      service,
      title,
      text: body,
      author,
      version,
      commit,
      attributes: { ...(unknown as Fields), ...attributes },
    };
  });

export const commitSchema = z
  .looseObject({
    sha: text.min(4),
    repository: textOrNull,
    author: text,
    timestamp: time,
    message: text,
    files: texts,
    diff: text.nullish().transform((value) => value ?? ''),
  })
  .transform(({ timestamp, ...rest }): Commit => ({ ...rest, timestampMs: timestamp }));
