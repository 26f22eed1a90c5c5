import type { WholeRequest } from './orphans';
import { spanKind } from './spanTags';
import type { SpanNode, Trace } from './traceTree';

export interface Failures {
  /** Where failures end: failing spans whose caller succeeded or is unknown; the request's own first, handled ones last. */
  readonly tops: readonly SpanNode[];
  isFailing(node: SpanNode): boolean;
}

/**
 * A span fails when it is marked. One that is not marked carries the failure of a call that it makes when it belongs to the
 * service of its caller, which is marked: tracers leave a call that got an error for an answer unmarked.
 */
export function failures(trace: Trace, request: WholeRequest): Failures {
  const failing = new Set<SpanNode>();
  const carrying = new Set<SpanNode>();
  for (const node of callersLast(trace, request)) {
    const parent = request.parentOf(node);
    if (node.span.isError) failing.add(node);
    else if (carrying.has(node) && parent?.span.service === node.span.service) failing.add(node);
    if (failing.has(node) && parent) carrying.add(parent);
  }
  // An unmarked span only carries what goes on above it.
  for (const node of callersFirst(trace, request))
    if (!node.span.isError && failing.has(node)) {
      const parent = request.parentOf(node);
      if (parent === null || !failing.has(parent)) failing.delete(node);
    }
  const tops = trace.nodes.filter((node) => {
    const parent = request.parentOf(node);
    return failing.has(node) && (parent === null || !failing.has(parent));
  });
  return {
    tops: tops.sort((a, b) => rankOf(b, request) - rankOf(a, request) || a.endMs - b.endMs),
    isFailing: (node) => failing.has(node),
  };
}

/** The request itself, then failures whose caller is missing, then those that were handled; a message's receiver is no part of the request. */
function rankOf(top: SpanNode, request: WholeRequest): number {
  if (request.tops.includes(top)) return 3;
  const parent = request.parentOf(top);
  if (parent === null) return 2;
  return spanKind(top.span) === 'consumer' ? 1 : 0;
}

/** Adoption hangs orphans below spans that {@link Trace.nodes} may list after them, so the order is made anew. */
function callersFirst(trace: Trace, { parentOf, childrenOf }: WholeRequest): readonly SpanNode[] {
  const nodes = trace.nodes.filter((node) => parentOf(node) === null);
  for (let at = 0; at < nodes.length; at++) for (const child of childrenOf(nodes[at] as SpanNode)) nodes.push(child);
  return nodes;
}

const callersLast = (trace: Trace, request: WholeRequest) => [...callersFirst(trace, request)].reverse();

/**
 * The call that made a span fail. A caller that goes on to call others has handled the failure, so it is the one after whose end
 * the fewest calls began; of calls that ran at the same time, the first to fail. A message that the caller repeats decides.
 */
export function fatalChild(node: SpanNode, { childrenOf }: WholeRequest, isFailing: (node: SpanNode) => boolean): SpanNode | null {
  const children = childrenOf(node);
  const awaited = children.filter((child) => isFailing(child) && spanKind(child.span) !== 'consumer');
  if (awaited.length <= 1) return awaited[0] ?? null;
  const repeated = awaited.filter((child) => saysTheSame(node, child));
  const candidates = repeated.length > 0 ? repeated : awaited;
  const lastStarts = children.map((child) => child.startMs);
  const later = (candidate: SpanNode) => lastStarts.length - lowerBound(lastStarts, candidate.endMs);
  return candidates.reduce((best, one) => {
    const difference = later(one) - later(best);
    return difference < 0 || (difference === 0 && one.endMs < best.endMs) ? one : best;
  });
}

function saysTheSame(node: SpanNode, child: SpanNode): boolean {
  const said = child.span.meta['error.message'];
  return said !== undefined && said.length > 3 && (node.span.meta['error.message'] ?? '').includes(said);
}

/** Index of the first value that is not below; values ascend. */
function lowerBound(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
