import type { FoundPattern } from '../../domain/traceFindings';
import type { TracePath } from './criticalPath';
import { type Failures, failures } from './failing';
import type { FailureOrigin } from './failure';
import { type WholeRequest, wholeRequest } from './orphans';
import { maskResource } from './repeats';
import { peerOf, spanKind, workOf } from './spanTags';
import type { SpanNode, Trace } from './traceTree';

const MIN_REPEATS = 5;
const MIN_ATTEMPTS = 3;
/** Calls one after the other: at most one in five begins before the one before has ended. */
const MOST = 0.8;
const ROUNDING_MS = 0.002;
/** A call loses time on the way when that takes this long, and this share of the call and of the whole request. */
const MIN_GAP_MS = 20;
const MIN_GAP_OF_CALL = 0.5;
const MIN_GAP_OF_REQUEST = 0.1;

/** Shapes of calls in one trace that are known to cause trouble, those that take most time first. */
export function tracePatterns(
  trace: Trace,
  path: TracePath,
  origin: FailureOrigin | null,
  request: WholeRequest = wholeRequest(trace),
): readonly FoundPattern[] {
  const failing = failures(trace, request);
  const masks = new Map<string, string>();
  const repeated = trace.nodes.flatMap((node) => (node.children.length < MIN_ATTEMPTS ? [] : repeatsBelow(node, failing, masks)));
  const passedOn = origin ? propagationOf(origin) : null;
  const found = [...withAmplification(repeated), ...hopGaps(path)].map(({ pattern }) => pattern);
  return [...found, ...(passedOn ? [passedOn] : [])].sort((a, b) => b.totalMs - a.totalMs);
}

interface Found {
  readonly pattern: FoundPattern;
  readonly node: SpanNode;
  readonly calls: readonly SpanNode[];
}

function repeatsBelow(parent: SpanNode, failing: Failures, masks: Map<string, string>): Found[] {
  const groups = new Map<string, SpanNode[]>();
  for (const child of parent.children) {
    const { service, name, resource } = child.span;
    const masked = masks.get(resource) ?? maskResource(resource);
    masks.set(resource, masked);
    const key = `${service}\n${name}\n${masked}`;
    const known = groups.get(key);
    if (known) known.push(child);
    else groups.set(key, [child]);
  }
  return [...groups.values()].flatMap((calls) => {
    const kind = kindOf(calls, failing);
    return kind === null ? [] : [foundOf(kind, parent, calls)];
  });
}

/** What the same call made several times below one span amounts to. Calls come in the order of their start. */
function kindOf(calls: readonly SpanNode[], { isFailing }: Failures): 'n+1' | 'fan-out' | 'retry storm' | null {
  if (calls.length < MIN_ATTEMPTS) return null;
  let following = 0;
  let endMs = Number.NEGATIVE_INFINITY;
  for (const call of calls) {
    if (call.startMs >= endMs - ROUNDING_MS) following++;
    endMs = Math.max(endMs, call.endMs);
  }
  const isInARow = following >= MOST * calls.length;
  const isSame = new Set(calls.map(({ span }) => span.resource)).size === 1;
  if (isInARow && isSame && calls.slice(0, -1).every(isFailing)) return 'retry storm';
  if (calls.length < MIN_REPEATS) return null;
  if (isInARow) return 'n+1';
  return atOnce(calls) >= MIN_REPEATS ? 'fan-out' : null;
}

/** Most calls that ran at one moment. */
function atOnce(calls: readonly SpanNode[]): number {
  const bounds = calls.flatMap(({ startMs, endMs }) => [
    { at: startMs, by: 1 },
    { at: endMs, by: -1 },
  ]);
  bounds.sort((a, b) => a.at - b.at || a.by - b.by);
  let running = 0;
  let most = 0;
  for (const { by } of bounds) {
    running += by;
    most = Math.max(most, running);
  }
  return most;
}

function foundOf(pattern: FoundPattern['pattern'], node: SpanNode, calls: readonly SpanNode[]): Found {
  const [call] = calls;
  const { span } = node;
  return {
    node,
    calls,
    pattern: {
      kind: 'tracePattern',
      pattern,
      service: span.service,
      operation: workOf(span),
      callee: call ? calleeOf(call) : '',
      count: calls.length,
      totalMs: calls.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
      traceId: span.traceId,
      spanId: span.spanId,
    },
  };
}

/** What is called, numbers and ids masked: `GET /items/? of stock`. */
function calleeOf(call: SpanNode): string {
  const service = call.children.find(({ span }) => span.service !== call.span.service)?.span.service ?? peerOf(call.span);
  const work = maskResource(workOf(call.span));
  return service === null ? work : `${work} of ${service}`;
}

/** Retries below retries multiply: the outer storm counts all calls that reach the innermost callee. */
function withAmplification(found: readonly Found[]): Found[] {
  const stormOf = new Map<SpanNode, Found>();
  for (const one of found) if (one.pattern.pattern === 'retry storm') for (const call of one.calls) stormOf.set(call, one);
  const inner = new Map<Found, number>();
  for (const storm of new Set(stormOf.values()))
    for (let at: SpanNode | null = storm.node; at !== null; at = at.parent) {
      const outer = stormOf.get(at);
      if (!outer) continue;
      inner.set(outer, (inner.get(outer) ?? 0) + storm.calls.length);
      break;
    }
  return found.map((one) => {
    const amplified = inner.get(one);
    return amplified === undefined ? one : { ...one, pattern: { ...one.pattern, reached: amplified } };
  });
}

/** Calls on the path whose callee accounts for the lesser part of their time: the rest went by on the way, or in a queue before it. */
function hopGaps({ hops, totalMs }: TracePath): Found[] {
  return hops.flatMap(({ node }) => {
    const callee = node.children.find(({ span }) => span.service !== node.span.service);
    if (spanKind(node.span) !== 'client' || !callee) return [];
    const lastsMs = node.endMs - node.startMs;
    const gapMs = lastsMs - (callee.endMs - callee.startMs);
    if (gapMs < MIN_GAP_MS || gapMs < MIN_GAP_OF_CALL * lastsMs || gapMs < MIN_GAP_OF_REQUEST * totalMs) return [];
    const { pattern } = foundOf('hop gap', node, [node]);
    return [{ node, calls: [node], pattern: { ...pattern, totalMs: gapMs } }];
  });
}

/** An error that crossed from one service into another; null for one that stayed where it began. */
export function propagationOf({ path, service }: FailureOrigin): FoundPattern | null {
  const top = path.at(-1);
  const services = new Set(path.map(({ span }) => span.service));
  if (!top || services.size < 2) return null;
  return { ...foundOf('error propagation', top, [top]).pattern, callee: service, count: services.size };
}
