import { createHash } from 'node:crypto';
import { idNumbers, type Span } from '../../domain/span';
import { spanHost } from '../query/searchDocuments';
import { hashNumber } from './ids';

/**
 * A span as the search answers it. `custom` holds its tags with dotted names as nested objects (`http.status_code` is
 * `custom.http.status_code`), `custom.duration` in nanoseconds. Of the tags that begin with `_` only `_dd.code_origin.*`
 * is shown. `start_timestamp` and `end_timestamp` are ISO 8601 with microseconds.
 */
export function spanBody(span: Span): object {
  const { env, version } = span.meta;
  const host = spanHost(span);
  const tags = { env, service: span.service, version, host, source: 'apm', 'git.commit.sha': span.meta['git.commit.sha'] };
  return {
    id: createHash('sha256').update(`${span.traceId}\n${span.spanId}`).digest('base64url').slice(0, 24),
    type: 'spans',
    attributes: {
      trace_id: span.traceId,
      span_id: span.spanId,
      parent_id: span.parentId ?? '0',
      service: span.service,
      ...(env === undefined ? {} : { env }),
      ...(host === null ? {} : { host }),
      operation_name: span.name,
      resource_name: span.resource,
      resource_hash: resourceHash(span.resource),
      type: span.type,
      status: span.isError ? 'error' : 'ok',
      start_timestamp: isoMicroseconds(span.startMs),
      end_timestamp: isoMicroseconds(span.startMs + span.durationMs),
      ingestion_reason: 'auto',
      retained_by: 'diversity_sampling',
      single_span: false,
      tags: Object.entries(tags).flatMap(([key, value]) => (value == null ? [] : [`${key}:${value}`])),
      custom: { ...nested({ ...visible(span.metrics), ...visible(span.meta) }), duration: Math.round(span.durationMs * 1e6) },
    },
  };
}

const resourceHash = (resource: string) => createHash('sha256').update(resource).digest('hex').slice(0, 16);

function visible<T>(tags: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('_') || key.startsWith('_dd.code_origin.')));
}

/** `2026-06-20T13:42:00.123456Z`. */
export function isoMicroseconds(epochMs: number): string {
  const micros = Math.round(epochMs * 1000);
  const ms = Math.floor(micros / 1000);
  return `${new Date(ms).toISOString().slice(0, -1)}${String(micros - ms * 1000).padStart(3, '0')}Z`;
}

interface Nested {
  [key: string]: Nested | string | number;
}

/** Dotted names as levels; a name whose way is blocked by a value keeps its dots at the top. */
export function nested(tags: Readonly<Record<string, string | number>>): Nested {
  const root: Nested = Object.create(null);
  for (const key of Object.keys(tags).sort((a, b) => a.split('.').length - b.split('.').length)) {
    const value = tags[key] as string | number;
    const parts = key.split('.');
    const last = parts.pop() ?? key;
    const parent = parentOf(root, parts);
    if (parent === null || Object.hasOwn(parent, last)) root[key] = value;
    else parent[last] = value;
  }
  return root;
}

function parentOf(root: Nested, parts: readonly string[]): Nested | null {
  let at = root;
  for (const part of parts) {
    const next = at[part] ?? (Object.create(null) as Nested);
    if (typeof next !== 'object') return null;
    at[part] = next;
    at = next;
  }
  return at;
}

/** The whole trace as JSON text: ids and times are numbers of 64 bits in this answer, which JSON.stringify cannot write. */
export function traceText(traceId: string, spans: readonly Span[], isTruncated: boolean): string {
  const attributes = `{"is_truncated":${isTruncated},"spans":[${spans.map(traceSpanText).join(',')}]}`;
  return `{"data":{"id":${JSON.stringify(traceId)},"type":"trace","attributes":${attributes}}}`;
}

function traceSpanText(span: Span): string {
  // Nanoseconds since the epoch are beyond what a number holds exactly; starts are known to the microsecond.
  const startTime = BigInt(Math.round(span.startMs * 1000)) * 1000n;
  const duration = Math.round(span.durationMs * 1e6);
  const rest = {
    traceIDFull: fullTraceId(span.traceId),
    service: span.service,
    name: span.name,
    resource: span.resource,
    resourceHash: resourceHash(span.resource),
    type: span.type,
    duration,
    error: span.isError ? 1 : 0,
    meta: withoutInternal(span.meta),
    metrics: withoutInternal(span.metrics),
  };
  const ids = `"traceID":${idNumber(span.traceId)},"spanID":${idNumber(span.spanId)},"parentID":${span.parentId === null ? 0 : idNumber(span.parentId)}`;
  const times = `"startTime":${startTime},"endTime":${startTime + BigInt(duration)}`;
  return `{${ids},${times},${JSON.stringify(rest).slice(1)}`;
}

/** Datadog removes every tag that begins with `_` from this answer. */
function withoutInternal<T>(tags: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('_')));
}

const idNumber = (id: string) => String(idNumbers(id)[0] ?? hashNumber(id));

function fullTraceId(traceId: string): string {
  if (/^[0-9a-f]{32}$/i.test(traceId)) return traceId.toLowerCase();
  return (idNumbers(traceId)[0] ?? BigInt(hashNumber(traceId))).toString(16).padStart(32, '0');
}
