import type { Span } from '../domain/span';
import type { SpanNode, Trace } from './traceTree';

/** Where one trace went wrong first. */
export interface FailureOrigin {
  readonly node: SpanNode;
  /** The service whose code ran there. */
  readonly service: string;
  /** What it was calling when it failed, where the span is a call that left the traced services; null otherwise. */
  readonly peer: string | null;
  readonly message: string | null;
}

/**
 * The span in which a trace's error began: the deepest failing span on a chain of failing spans, the earliest to fail where
 * several are. A failing leaf whose callers all succeed was handled and only counts when nothing else failed.
 */
export function failureOrigin(trace: Trace): FailureOrigin | null {
  const leaves = trace.nodes.filter((node) => node.span.isError && !node.children.some((child) => child.span.isError));
  const chosen = earliest(leaves.filter(reachesRoot)) ?? earliest(leaves);
  return chosen ? originOf(chosen) : null;
}

function originOf(node: SpanNode): FailureOrigin {
  const { span } = node;
  const isLeaf = !node.children.some((child) => child.span.service !== span.service);
  return { node, service: span.service, peer: isLeaf ? peerOf(span) : null, message: span.meta['error.message'] ?? null };
}

function reachesRoot(node: SpanNode): boolean {
  for (let at: SpanNode | null = node; at !== null; at = at.parent) if (!at.span.isError) return false;
  return true;
}

function earliest(nodes: readonly SpanNode[]): SpanNode | null {
  const endsAt = (node: SpanNode) => node.span.startMs + node.span.durationMs;
  return nodes.reduce<SpanNode | null>((best, node) => (best === null || endsAt(node) < endsAt(best) ? node : best), null);
}

const PEER_TAGS = ['peer.service', 'out.host', 'network.destination.name', 'peer.hostname', 'net.peer.name', 'server.address', 'http.host'];

/** The host or service that a client span talks to, as its tags name it; null for spans that are no calls. */
export function peerOf(span: Span): string | null {
  for (const tag of PEER_TAGS) {
    const value = span.meta[tag];
    if (value) return value;
  }
  const isClient = span.meta['span.kind'] === 'client' || span.meta['span.kind'] === 'producer' || span.type === 'http';
  const url = isClient ? span.meta['http.url'] : undefined;
  return url && URL.canParse(url) ? new URL(url).hostname : null;
}

/** Services in which errors began, with how many traces began there, most first. */
export function firstFailingServices(traces: readonly Trace[]): readonly { service: string; traces: number }[] {
  const counts = new Map<string, number>();
  for (const trace of traces) {
    const origin = failureOrigin(trace);
    if (origin) counts.set(origin.service, (counts.get(origin.service) ?? 0) + 1);
  }
  return [...counts].map(([service, count]) => ({ service, traces: count })).sort((a, b) => b.traces - a.traces);
}
