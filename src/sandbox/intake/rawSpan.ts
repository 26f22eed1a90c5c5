import type { Span } from '../../domain/span';
import { HttpError } from '../http';
import { operationName } from '../store/operationName';
import type { TextPool } from '../store/textPool';

/** A span as MessagePack or JSON has it: nothing is certain yet. 64-bit numbers are decimal text where they are large. */
export interface RawSpan {
  readonly trace_id?: unknown;
  readonly span_id?: unknown;
  readonly parent_id?: unknown;
  readonly service?: unknown;
  readonly name?: unknown;
  readonly resource?: unknown;
  readonly type?: unknown;
  readonly start?: unknown;
  readonly duration?: unknown;
  readonly error?: unknown;
  readonly meta?: unknown;
  readonly metrics?: unknown;
}

type Meta = Record<string, string>;

/** Tags of the process that only the first span of a chunk carries, and what Datadog calls them on every span. */
const GIT_TAGS = [
  ['_dd.git.commit.sha', 'git.commit.sha'],
  ['_dd.git.repository_url', 'git.repository_url'],
] as const;

const UPPER_BITS = '_dd.p.tid';

/** Reads one payload, which one process sent, into spans. */
export type SpanReader = (chunks: readonly (readonly RawSpan[])[], hasTopLevel: boolean) => Span[];

/**
 * What is made of a payload:
 * - `Span.traceId` is 32 hexadecimal digits, as log lines have it: the upper half from `_dd.p.tid` of any chunk of the trace seen so
 *   far (zeros when none was), the lower half from the span. Span and parent ids are decimal, as tracers print them.
 * - The process's git tags are copied to every span under the names that Datadog shows.
 * - Unless the tracer did so (`hasTopLevel`), spans that enter a service are marked `_dd.top_level`, as the agent does.
 */
export function createSpanReader(pool: TextPool): SpanReader {
  const upperByTrace = createUpperBits();
  return (chunks, hasTopLevel) => {
    const git: Meta = {};
    for (const chunk of chunks) noteChunkTags(chunk, git, upperByTrace);
    const spans: Span[] = [];
    for (const chunk of chunks) {
      const first = spans.length;
      let idText = '';
      let traceId = '';
      for (const raw of chunk) {
        const lower = idOf(raw.trace_id, 'trace_id');
        if (lower !== idText) {
          idText = lower;
          traceId = pool.intern(`${upperByTrace.get(lower)}${BigInt(lower).toString(16).padStart(16, '0')}`);
        }
        spans.push(readSpan(raw, traceId, git, pool));
      }
      if (!hasTopLevel) markTopLevel(spans, first);
    }
    return spans;
  };
}

/** Upper halves of trace ids, of the last ten to twenty thousand traces. */
function createUpperBits() {
  let young = new Map<string, string>();
  let old = new Map<string, string>();
  return {
    get: (lower: string): string => young.get(lower) ?? old.get(lower) ?? '0000000000000000',
    set(lower: string, upper: string): void {
      if (young.size >= 10_000) {
        old = young;
        young = new Map();
      }
      young.set(lower, upper);
    },
  };
}

function noteChunkTags(chunk: readonly RawSpan[], git: Meta, upperByTrace: { set(lower: string, upper: string): void }): void {
  const [first] = chunk;
  if (first === undefined) return;
  const meta = asObject(first.meta ?? {}, 'meta');
  const upper = meta[UPPER_BITS];
  if (typeof upper === 'string' && /^[0-9a-f]{16}$/i.test(upper)) {
    upperByTrace.set(idOf(first.trace_id, 'trace_id'), upper.toLowerCase());
  }
  for (const [from, to] of GIT_TAGS) {
    const value = meta[from];
    if (typeof value === 'string') git[to] ??= value;
  }
}

function readSpan(raw: RawSpan, traceId: string, git: Meta, pool: TextPool): Span {
  const meta = asObject(raw.meta ?? {}, 'meta') as Meta;
  for (const key in meta) meta[key] = pool.intern(typeof meta[key] === 'string' ? meta[key] : String(meta[key]));
  for (const key in git) meta[key] ??= git[key] ?? '';
  const parentId = idOf(raw.parent_id ?? 0, 'parent_id');
  return {
    traceId,
    spanId: idOf(raw.span_id, 'span_id'),
    parentId: parentId === '0' ? null : parentId,
    service: pool.intern(textOf(raw.service, 'service')),
    name: pool.intern(operationName(textOf(raw.name, 'name'))),
    resource: pool.intern(textOf(raw.resource ?? raw.name, 'resource')),
    type: pool.intern(textOf(raw.type ?? '', 'type')),
    startMs: numberOf(raw.start, 'start') / 1e6,
    durationMs: numberOf(raw.duration, 'duration') / 1e6,
    isError: Number(raw.error ?? 0) !== 0,
    meta,
    metrics: readMetrics(raw.metrics ?? {}),
  };
}

function readMetrics(value: unknown): Record<string, number> {
  const metrics = asObject(value, 'metrics');
  for (const key in metrics) if (typeof metrics[key] !== 'number') metrics[key] = numberOf(metrics[key], `metric ${key}`);
  return metrics as Record<string, number>;
}

/** A span enters its service when its parent is in another one, or in none of these spans. */
function markTopLevel(spans: readonly Span[], first: number): void {
  const chunk = spans.slice(first);
  const services = new Map(chunk.map(({ spanId, service }) => [spanId, service]));
  for (const { parentId, service, metrics } of chunk) {
    const parentService = parentId === null ? undefined : services.get(parentId);
    if (parentService !== service) (metrics as Record<string, number>)['_dd.top_level'] = 1;
  }
}

function idOf(value: unknown, field: string): string {
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
  throw new HttpError(400, `A span's ${field} is not a number of 64 bits.`);
}

function textOf(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  throw new HttpError(400, `A span's ${field} is not text.`);
}

function numberOf(value: unknown, field: string): number {
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new HttpError(400, `A span's ${field} is not a number.`);
}

function asObject(value: unknown, field: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new HttpError(400, `A span's ${field} are not a map.`);
}
