import type { Span } from '../../domain/span';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a span of JSON in any of the shapes that are about: AIDog's own (times in milliseconds), that of Datadog's span search
 * (`attributes` with ISO times and nested `custom`), that of Datadog's tracers (`start` and `duration` in nanoseconds, `meta`), and
 * OpenTelemetry's and Jaeger's (tags as lists of keys and values, `shared` what their document says of all spans). null for anything else: a span has
 * a trace, an id and a start.
 */
export function readSpan(value: unknown, shared: Fields = {}): Span | null {
  const fields = fieldsOf(value);
  const nested = fieldsOf(fields.attributes);
  const isSearch = nested.span_id !== undefined || nested.start_timestamp !== undefined;
  const raw: Fields = { ...shared, ...(isSearch ? nested : fields) };
  const traceId = textOf(first(raw, ['traceId', 'trace_id', 'traceID', 'dd.trace_id']));
  const spanId = textOf(first(raw, ['spanId', 'span_id', 'spanID', 'dd.span_id', 'id']));
  const time = timeOf(raw);
  if (traceId === '' || spanId === '' || time === null) return null;
  const { meta, metrics } = tagsOf(raw);
  const name = textOf(first(raw, ['name', 'operation_name', 'operationName', 'operation'])) || (meta.operation_name ?? '');
  return {
    traceId,
    spanId,
    parentId: parentOf(textOf(first(raw, ['parentId', 'parent_id', 'parentSpanId', 'parent_span_id', 'parentID'])) || referenced(raw)),
    service:
      textOf(first(raw, ['service', 'serviceName', 'service_name'])) || processOf(raw) || meta['service.name'] || meta.service || 'unknown',
    name,
    resource: textOf(first(raw, ['resource', 'resource_name', 'resourceName'])) || name,
    type: textOf(first(raw, ['type'])),
    ...time,
    isError: isError(raw, meta),
    meta,
    metrics,
  };
}

/** Jaeger names the parent in a list of references, and the service in a table beside the spans. */
function referenced({ references }: Fields): string {
  const list: readonly unknown[] = Array.isArray(references) ? references : [];
  const parent = list.map(fieldsOf).find(({ refType }) => refType === 'CHILD_OF' || refType === 'FOLLOWS_FROM');
  return textOf(parent?.spanID);
}

function processOf({ processID, processes }: Fields): string {
  return typeof processID === 'string' ? textOf(fieldsOf(fieldsOf(processes)[processID]).serviceName) : '';
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function first(fields: Fields, names: readonly string[]): unknown {
  for (const name of names) if (fields[name] !== undefined && fields[name] !== null) return fields[name];
  return undefined;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** A root has the parent `0`, or none. */
const parentOf = (id: string) => (/^0*$/.test(id) ? null : id);

const NANOS_PER_MS = 1e6;
const MICROS_PER_MS = 1e3;
/** What a date can hold (ECMA-262); numbers beyond are no times. */
const MAX_TIME_MS = 8.64e15;

function timeOf(raw: Fields): Pick<Span, 'startMs' | 'durationMs'> | null {
  const startMs = startOf(raw);
  if (startMs === null || Math.abs(startMs) > MAX_TIME_MS) return null;
  const custom = numberOf(fieldsOf(raw.custom).duration);
  const endMs =
    millisOf(first(raw, ['end_timestamp', 'endTimestamp'])) ??
    scaled(raw, ['endTimeUnixNano', 'endTime', 'end'], NANOS_PER_MS) ??
    scaled(raw, ['endMs'], 1);
  const durationMs =
    scaled(raw, ['durationMs', 'duration_ms'], 1) ??
    scaled(raw, ['durationNano', 'duration_ns'], NANOS_PER_MS) ??
    scaled(raw, ['duration'], raw.startMs === undefined ? nanosOr(raw) : 1) ??
    (custom === null ? null : custom / NANOS_PER_MS) ??
    (endMs === null ? null : endMs - startMs);
  if (durationMs !== null && durationMs > MAX_TIME_MS) return null;
  return { startMs, durationMs: durationMs === null ? 0 : Math.max(0, durationMs) };
}

function startOf(raw: Fields): number | null {
  return (
    scaled(raw, ['startMs', 'start_ms'], 1) ??
    millisOf(first(raw, ['start_timestamp', 'startTimestamp'])) ??
    scaled(raw, ['startTimeUnixNano', 'start_ns'], NANOS_PER_MS) ??
    scaled(raw, ['start', 'startTime', 'start_time', 'timestamp'], nanosOr(raw)) ??
    millisOf(first(raw, ['start', 'startTime', 'start_time', 'timestamp']))
  );
}

/** Jaeger writes microseconds since the epoch, tracers nanoseconds; times of this century tell them apart. */
function nanosOr(raw: Fields): number {
  const start = numberOf(first(raw, ['start', 'startTime', 'start_time', 'timestamp'])) ?? Number.POSITIVE_INFINITY;
  if (start < 1e13 && start > 1e11) return 1;
  return start < 1e16 && start > 1e14 ? MICROS_PER_MS : NANOS_PER_MS;
}

function scaled(raw: Fields, names: readonly string[], per: number): number | null {
  const value = numberOf(first(raw, names));
  return value === null ? null : value / per;
}

/** Numbers, and numbers of 64 bits that are written as text. */
function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** An ISO time with all its digits, which `Date` cuts to milliseconds. */
function millisOf(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const ms = Date.parse(value);
  const below = /\.\d{3}(\d+)/.exec(value)?.[1];
  return Number.isNaN(ms) ? null : ms + (below === undefined ? 0 : Number(`0.${below}`));
}

function tagsOf(raw: Fields): { meta: Record<string, string>; metrics: Record<string, number> } {
  const meta: Record<string, string> = Object.create(null);
  const metrics: Record<string, number> = Object.create(null);
  const put = (key: string, value: unknown) => {
    if (typeof value === 'number') metrics[key] = value;
    else if (value !== null && value !== undefined) meta[key] = typeof value === 'string' ? value : JSON.stringify(value);
  };
  for (const source of [raw.resourceAttributes, raw.attributes, raw.custom, raw.tags, raw.meta, raw.metrics]) putTags(source, put);
  for (const key of ['env', 'host', 'version']) if (typeof raw[key] === 'string' && raw[key] !== '') meta[key] ??= raw[key];
  const kind = raw.kind ?? raw.spanKind;
  if (kind !== undefined && meta['span.kind'] === undefined) put('span.kind', typeof kind === 'number' ? OTLP_KINDS[kind] : kind);
  const status = fieldsOf(raw.status);
  if (typeof status.message === 'string' && status.message !== '') meta['error.message'] ??= status.message;
  return { meta: { ...meta }, metrics: { ...metrics } };
}

/** By OpenTelemetry's numbers. */
const OTLP_KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

const MAX_DEPTH = 8;

/** Tags as nested or flat objects, as lists of `key:value`, or as OpenTelemetry's and Jaeger's lists of keys and values. */
function putTags(source: unknown, put: (key: string, value: unknown) => void): void {
  if (!Array.isArray(source)) {
    putFields(fieldsOf(source), '', put, 0);
    return;
  }
  for (const tag of source as readonly unknown[]) {
    if (typeof tag === 'string') {
      const at = tag.indexOf(':');
      if (at > 0) put(tag.slice(0, at), tag.slice(at + 1));
      continue;
    }
    const { key, value } = fieldsOf(tag);
    const [typed] = Object.values(fieldsOf(value));
    if (typeof key === 'string') put(key, typeof value === 'object' ? typed : value);
  }
}

function putFields(fields: Fields, path: string, put: (key: string, value: unknown) => void, depth: number): void {
  for (const [key, value] of Object.entries(fields)) {
    const whole = path === '' ? key : `${path}.${key}`;
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isNested && depth < MAX_DEPTH) putFields(value as Fields, whole, put, depth + 1);
    else put(whole, value);
  }
}

function isError(raw: Fields, meta: Readonly<Record<string, string>>): boolean {
  for (const flag of [raw.isError, raw.is_error, raw.error])
    if (flag !== undefined && flag !== null && typeof flag !== 'object') return isOn(flag);
  const status = typeof raw.status === 'object' ? fieldsOf(raw.status).code : raw.status;
  if (status !== undefined && status !== null)
    return status === 'error' || status === 'STATUS_CODE_ERROR' || status === 'ERROR' || status === 2;
  return (
    meta.error === 'true' || meta['otel.status_code'] === 'ERROR' || meta['error.type'] !== undefined || meta['error.message'] !== undefined
  );
}

const isOn = (flag: unknown) =>
  flag === true || (typeof flag === 'number' && flag !== 0) || flag === 'true' || flag === '1' || flag === 'error';
