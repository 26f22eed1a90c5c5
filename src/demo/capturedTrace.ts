import type { LogEvent } from '../domain/log';
import type { Span } from '../domain/span';

/** One request of a visitor as it was really served: every span of its trace, and the log lines that were written meanwhile. */
export interface CapturedTrace {
  readonly root: Span;
  readonly spans: readonly Span[];
  readonly logs: readonly LogEvent[];
}

/** Resource of the load balancer's checks, which belong to no visitor. */
const HEALTH_CHECK = 'GET /health';

/** Puts spans and logs together by trace. Traces whose root is missing or no visitor's are left out; ordered by start. */
export function collectTraces(spans: Iterable<Span>, logs: Iterable<LogEvent>, entryService: string): CapturedTrace[] {
  const spansByTrace = grouped(spans, ({ traceId }) => traceId);
  const logsByTrace = grouped(logs, (log) => traceIdOf(log) ?? '');
  const traces: CapturedTrace[] = [];
  for (const [traceId, ofTrace] of spansByTrace) {
    const root = ofTrace.find(({ parentId }) => parentId === null);
    if (!root || root.service !== entryService || root.resource === HEALTH_CHECK || !isWhole(ofTrace)) continue;
    traces.push({ root, spans: ofTrace, logs: logsByTrace.get(traceId) ?? [] });
  }
  return traces.sort((a, b) => a.root.startMs - b.root.startMs);
}

/**
 * What visitors would have done with a new release of one service: traces that do not touch it stay, each other one gives
 * way to one from after the release that ended alike. A short look at a release so becomes as broad as a long look before it.
 */
export function withRelease(usual: readonly CapturedTrace[], released: readonly CapturedTrace[], service: string): CapturedTrace[] {
  const touches = ({ spans }: CapturedTrace) => spans.some((span) => span.service === service);
  const isFailed = ({ spans }: CapturedTrace) => spans.some(({ isError }) => isError);
  const ending = (failed: boolean) => released.filter((trace) => touches(trace) && isFailed(trace) === failed);
  const [fine, failed] = [ending(false), ending(true)];
  return usual.flatMap((trace, index) => {
    if (!touches(trace)) return [trace];
    const alike = isFailed(trace) ? failed : fine;
    return alike[index % Math.max(1, alike.length)] ?? [];
  });
}

function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Whether every span's parent is there: services send their parts of a trace one after another. */
function isWhole(spans: readonly Span[]): boolean {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  return spans.every(({ parentId }) => parentId === null || ids.has(parentId));
}

/** The 128-bit trace id that the tracer put into a log line, as 32 hexadecimal digits, or null. */
function traceIdOf({ attributes }: LogEvent): string | null {
  const { dd } = attributes;
  if (typeof dd !== 'object' || dd === null || Array.isArray(dd)) return null;
  const { trace_id } = dd as { readonly trace_id?: unknown };
  return typeof trace_id === 'string' ? trace_id : null;
}

/** Makes ids that are new: 64 bits as decimal text. */
export type NewId = () => bigint;

/** The same trace at another time: fresh ids, all distances in time kept. `sampleRate` below 1: it stands for 1 / rate of its kind. */
export function movedTrace({ root, spans, logs }: CapturedTrace, startMs: number, newId: NewId, sampleRate = 1): CapturedTrace {
  const shiftMs = startMs - root.startMs;
  const upper = (BigInt(Math.floor(startMs / 1000)) << 32n).toString(16).padStart(16, '0');
  const traceId = `${upper}${newId().toString(16).padStart(16, '0')}`;
  const ids = new Map(spans.map(({ spanId }) => [spanId, newId().toString()]));
  const moved = spans.map((span) => movedSpan(span, { traceId, ids, shiftMs, sampleRate }));
  return {
    root: moved[spans.indexOf(root)] ?? root,
    spans: moved,
    logs: logs.map((log) => movedLog(log, traceId, ids, shiftMs)),
  };
}

interface Move {
  readonly traceId: string;
  readonly ids: ReadonlyMap<string, string>;
  readonly shiftMs: number;
  readonly sampleRate: number;
}

/** What the store or the chunk's first span said about the old trace must not come along. */
const OF_OLD_TRACE = new Set(['_dd.p.tid', '_dd.git.commit.sha', '_dd.git.repository_url', 'issue.id']);

function movedSpan(span: Span, { traceId, ids, shiftMs, sampleRate }: Move): Span {
  const meta = Object.fromEntries(Object.entries(span.meta).filter(([key]) => !OF_OLD_TRACE.has(key)));
  return {
    ...span,
    traceId,
    spanId: ids.get(span.spanId) ?? span.spanId,
    parentId: span.parentId === null ? null : (ids.get(span.parentId) ?? null),
    startMs: span.startMs + shiftMs,
    meta,
    metrics: sampleRate < 1 ? { ...span.metrics, _sample_rate: sampleRate } : span.metrics,
  };
}

function movedLog(log: LogEvent, traceId: string, ids: ReadonlyMap<string, string>, shiftMs: number): LogEvent {
  const { issue: _, ...attributes } = log.attributes;
  const dd = attributes.dd as { readonly span_id?: string };
  const span_id = ids.get(dd.span_id ?? '') ?? dd.span_id;
  return { ...log, timestampMs: log.timestampMs + shiftMs, attributes: { ...attributes, dd: { ...dd, trace_id: traceId, span_id } } };
}
