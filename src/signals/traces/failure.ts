import type { Span } from '../../domain/span';
import { lineage, type SpanNode, type Trace } from './traceTree';

/** Where one trace went wrong first. */
export interface FailureOrigin {
  readonly node: SpanNode;
  /** The service whose code ran there. */
  readonly service: string;
  /** What it was calling when it failed, where the span is a call that left the traced services; null otherwise. */
  readonly peer: string | null;
  /** The span that says what went wrong: the origin, or where that is a call marked for its status alone, the nearest caller in the service. */
  readonly telling: Span;
  readonly message: string | null;
}

/**
 * The span in which a trace's error began: a failing span without a failing descendant whose callers failed with it, the
 * earliest to fail where several are. Client spans need not be marked: tracers leave a call that got an error answer unmarked.
 * One whose callers all succeed was handled and only counts when nothing else failed.
 */
export function failureOrigin(trace: Trace): FailureOrigin | null {
  const failing = new Set<SpanNode>();
  for (const node of trace.nodes) if (node.span.isError) for (const above of lineage(node).slice(1)) failing.add(above);
  const leaves = trace.nodes.filter((node) => node.span.isError && !failing.has(node));
  const chosen = earliest(leaves.filter(isPassedOn)) ?? earliest(leaves);
  return chosen ? originOf(chosen) : null;
}

function originOf(node: SpanNode): FailureOrigin {
  const { span } = node;
  const callers = lineage(node).map((above) => above.span);
  const telling = callers.find((above) => above.service === span.service && above.meta['error.message'] !== undefined) ?? span;
  return { node, service: span.service, peer: peerOf(span) ?? failingCall(node), telling, message: telling.meta['error.message'] ?? null };
}

/** Whether every service above failed as well: its span that took the request is marked. */
function isPassedOn(node: SpanNode): boolean {
  return lineage(node).every((above) => above.span.isError || above.parent?.span.service === above.span.service);
}

function earliest(nodes: readonly SpanNode[]): SpanNode | null {
  const endsAt = (node: SpanNode) => node.span.startMs + node.span.durationMs;
  return nodes.reduce<SpanNode | null>((best, node) => (best === null || endsAt(node) < endsAt(best) ? node : best), null);
}

/** An unanswered call takes nearly all of the request that it made fail. */
const MOST = 0.8;
const LATE = /time.?d?.?out|abort|deadline|did not answer|no answer/i;

/** The peer of a call below the span that left the traced services and got an error for an answer, or none in time. */
function failingCall(node: SpanNode): string | null {
  const calls = descendants(node).filter((below) => below.span.service === node.span.service && peerOf(below.span) !== null);
  const left = calls.filter((call) => call.children.every((child) => child.span.service === call.span.service));
  const failed = left.find(
    (call) => call.span.isError || Number(call.span.meta['http.status_code'] ?? call.span.metrics['http.status_code'] ?? 0) >= 500,
  );
  const isLate = LATE.test(`${node.span.meta['error.type'] ?? ''} ${node.span.meta['error.message'] ?? ''}`);
  const slow = isLate ? left.find((call) => call.span.durationMs >= MOST * node.span.durationMs) : undefined;
  const culprit = failed ?? slow;
  return culprit ? peerOf(culprit.span) : null;
}

function descendants(node: SpanNode): readonly SpanNode[] {
  return node.children.flatMap((child) => [child, ...descendants(child)]);
}

const PEER_TAGS = ['peer.service', 'out.host', 'network.destination.name', 'peer.hostname', 'net.peer.name', 'server.address'];

/** The host or service that a client span talks to, as its tags name it; null for spans that serve requests or do no calls. */
export function peerOf(span: Span): string | null {
  const kind = span.meta['span.kind'];
  if (kind === 'server' || kind === 'consumer') return null;
  for (const tag of PEER_TAGS) {
    const value = span.meta[tag];
    if (value) return value;
  }
  const url = kind === 'client' || kind === 'producer' || span.type === 'http' ? span.meta['http.url'] : undefined;
  return url && URL.canParse(url) ? new URL(url).hostname : null;
}
