import { type WholeRequest, wholeRequest } from './orphans';
import { spanKind } from './spanTags';
import type { SpanNode, Trace } from './traceTree';

/** A span that the request had to wait for. */
export interface PathHop {
  readonly node: SpanNode;
  /** Epoch milliseconds between which the request waited for it or for what it called. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Part of that in which no call on the path was running. */
  readonly selfMs: number;
}

export interface TracePath {
  readonly startMs: number;
  readonly totalMs: number;
  /** In the order in which they began, callers before what they call. The self times add up to the total. */
  readonly hops: readonly PathHop[];
}

/** Stamps are rounded to a microsecond: calls one right after the other may seem to overlap by this much. */
const ROUNDING_MS = 0.002;

interface Frame {
  readonly node: SpanNode;
  readonly children: readonly SpanNode[];
  readonly fromMs: number;
  readonly toMs: number;
  /** What is not yet explained ends here; walks back from the end to the start. */
  atMs: number;
  selfMs: number;
}

/**
 * The spans that decide how long a request takes. Walks back from its end: the call that ended last before a moment is what the
 * caller was waiting for, and before that call began the same holds again (Zhang et al., "CRISP: Critical Path Analysis of
 * Large-Scale Microservice Architectures", USENIX ATC 2022). Nobody waits for the receiver of a message, nor for a call that is
 * still running when its caller ends; only a client span is nothing but waiting, so what it called counts until it gave up.
 */
export function criticalPath(trace: Trace, request: WholeRequest = wholeRequest(trace)): TracePath {
  const { tops } = request;
  const [first] = tops;
  if (!first) return { startMs: 0, totalMs: 0, hops: [] };
  const endMs = tops.reduce((latest, top) => Math.max(latest, top.endMs), first.endMs);
  const hops: PathHop[] = [];
  let atMs = endMs;
  for (const top of byEnd(tops)) {
    if (top.endMs > atMs + ROUNDING_MS || (tops.length > 1 && top.endMs <= top.startMs)) continue;
    walk(top, top.endMs, request, hops);
    atMs = top.startMs;
  }
  if (hops.length === 0) walk(first, first.endMs, request, hops);
  return { startMs: first.startMs, totalMs: endMs - first.startMs, hops: hops.sort((a, b) => a.fromMs - b.fromMs) };
}

/** Writes the hops below a span that was waited for until `untilMs`; callers are written before what they call. */
function walk(top: SpanNode, untilMs: number, { childrenOf }: WholeRequest, hops: PathHop[]): void {
  const stack = [frameOf(top, top.startMs, untilMs, childrenOf(top))];
  hops.push(hopOf(stack[0] as Frame));
  const places = [hops.length - 1];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const child = nextAwaited(frame);
    if (child) {
      const toMs = Math.min(child.endMs, frame.atMs);
      frame.selfMs += frame.atMs - toMs;
      frame.atMs = Math.max(child.startMs, frame.fromMs);
      const below = frameOf(child, frame.atMs, toMs, childrenOf(child));
      stack.push(below);
      places.push(hops.push(hopOf(below)) - 1);
    } else {
      frame.selfMs += frame.atMs - frame.fromMs;
      hops[places.pop() as number] = hopOf(frame);
      stack.pop();
    }
  }
}

/** Children that may be awaited are kept by their end, the latest last, and taken off as they are looked at. */
function frameOf(node: SpanNode, fromMs: number, toMs: number, children: readonly SpanNode[]): Frame {
  const isWaiting = spanKind(node.span) === 'client';
  const lastMs = isWaiting ? Number.POSITIVE_INFINITY : node.endMs + overhang(node);
  const awaited = children.filter(
    (child) =>
      spanKind(child.span) !== 'consumer' &&
      child.endMs > child.startMs &&
      child.endMs <= lastMs &&
      child.startMs < toMs &&
      child.endMs > fromMs,
  );
  return { node, children: byEnd(awaited).reverse(), fromMs, toMs, atMs: toMs, selfMs: 0 };
}

/** The latest first; of those that end together the one that took longest. */
const byEnd = (nodes: readonly SpanNode[]) => [...nodes].sort((a, b) => b.endMs - a.endMs || a.startMs - b.startMs);

/** Stamps are rounded, so an end this little after the caller's is taken for the same moment: 1 % of it, and never over a millisecond. */
const overhang = ({ startMs, endMs }: SpanNode) => Math.min(1, Math.max(ROUNDING_MS, (endMs - startMs) / 100));

function nextAwaited(frame: Frame): SpanNode | null {
  const awaited = frame.children as SpanNode[];
  for (let child = awaited.pop(); child !== undefined; child = awaited.pop()) {
    const isCut = child.endMs > frame.toMs && frame.atMs === frame.toMs;
    if ((child.endMs <= frame.atMs + ROUNDING_MS || isCut) && child.startMs < frame.atMs && child.endMs > frame.fromMs) return child;
  }
  return null;
}

const hopOf = ({ node, fromMs, toMs, selfMs }: Frame): PathHop => ({ node, fromMs, toMs, selfMs });
