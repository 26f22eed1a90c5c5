import { peerOf, spanKind } from './spanTags';
import type { SpanNode, Trace } from './traceTree';

/** A trace seen as one request, although spans of it are missing. */
export interface WholeRequest {
  /** Where it begins: the first span, or where that is missing the spans that it called, in the order of time. */
  readonly tops: readonly SpanNode[];
  /** Calls of a span, with those whose own caller is missing and that it most likely led to; in the order of time. */
  childrenOf(node: SpanNode): readonly SpanNode[];
  /** The caller, also where it was guessed; null for the tops and for what belongs nowhere. */
  parentOf(node: SpanNode): SpanNode | null;
}

/** caller → the services that it calls, where that is known from other traces. */
export type KnownCalls = ReadonlyMap<string, ReadonlySet<string>>;

const NO_CALLS: KnownCalls = new Map();

/** Spans looked at to find a place for one orphan, and orphans that get one: what keeps a broken trace from taking for ever. */
const MAX_VISITS = 2000;
const MAX_GROUPS = 500;
/** Clocks and stamps are not exact. */
const TOLERANCE_MS = 0.01;

/**
 * Finds a place for spans whose parent was not kept. The missing span was called by the innermost span around them that was
 * waiting at that time; for the calls of a service, that is a span of the same service, or a client span that has no answer. What
 * fits nowhere belongs to the first span, if that was running.
 */
export function wholeRequest(trace: Trace, calls: KnownCalls = NO_CALLS): WholeRequest {
  const tops = topsOf(trace);
  const isTop = new Set(tops);
  const merged = new Map<SpanNode, SpanNode[]>();
  const guessed = new Map<SpanNode, SpanNode>();
  const childrenOf = (node: SpanNode): readonly SpanNode[] => merged.get(node) ?? node.children;
  const orphans = orphanGroups(trace.roots.filter((root) => !isTop.has(root))).slice(0, MAX_GROUPS);
  const senders =
    orphans.length === 0 ? [] : trace.nodes.filter(({ span, children }) => spanKind(span) === 'producer' && children.length === 0);
  for (const group of orphans) {
    const parent = adopterOf(group, tops, senders, calls, childrenOf);
    if (!parent) continue;
    merged.set(
      parent,
      [...childrenOf(parent), ...group].sort((a, b) => a.startMs - b.startMs),
    );
    for (const node of group) guessed.set(node, parent);
  }
  return { tops, childrenOf, parentOf: (node) => node.parent ?? guessed.get(node) ?? null };
}

/** The longest span without a caller that is no message's receiver; where every caller is missing, the longest group of siblings. */
function topsOf({ roots }: Trace): readonly SpanNode[] {
  const first = longest(roots.filter(({ span }) => span.parentId === null && spanKind(span) !== 'consumer'));
  if (first) return [first];
  const groups = orphanGroups(roots.filter(({ span }) => span.parentId !== null));
  const candidates = groups.length > 0 ? groups : roots.map((root) => [root]);
  return candidates.reduce<readonly SpanNode[]>((best, group) => (best.length === 0 || extent(group) > extent(best) ? group : best), []);
}

function longest(nodes: readonly SpanNode[]): SpanNode | null {
  return nodes.reduce<SpanNode | null>((best, node) => (best && extent([best]) >= extent([node]) ? best : node), null);
}

/** Orphans of one missing parent, the longest stretch first, so that a place inside of it can be found for shorter ones. */
function orphanGroups(roots: readonly SpanNode[]): readonly (readonly SpanNode[])[] {
  const byParent = new Map<string, SpanNode[]>();
  for (const root of roots) {
    const key = root.span.parentId ?? '';
    const known = byParent.get(key);
    if (known) known.push(root);
    else byParent.set(key, [root]);
  }
  return [...byParent.values()].map((group) => group.sort((a, b) => a.startMs - b.startMs)).sort((a, b) => extent(b) - extent(a));
}

const startOf = (group: readonly SpanNode[]) => group[0]?.startMs ?? 0;
const endOf = (group: readonly SpanNode[]) => group.reduce((latest, node) => Math.max(latest, node.endMs), Number.NEGATIVE_INFINITY);
const extent = (group: readonly SpanNode[]) => (group.length === 0 ? 0 : endOf(group) - startOf(group));

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

const isWithin = ({ fromMs, toMs }: Stretch, { startMs, endMs }: SpanNode) =>
  fromMs >= startMs - TOLERANCE_MS && toMs <= endMs + TOLERANCE_MS;

function adopterOf(
  group: readonly SpanNode[],
  tops: readonly SpanNode[],
  senders: readonly SpanNode[],
  calls: KnownCalls,
  childrenOf: WholeRequest['childrenOf'],
): SpanNode | null {
  const [first] = group;
  if (!first) return null;
  const stretch = { fromMs: startOf(group), toMs: endOf(group) };
  const pending = tops.filter((top) => isWithin(stretch, top));
  let best: SpanNode | null = null;
  let bestRank = 0;
  for (let visits = 0; visits < MAX_VISITS; visits++) {
    const node = pending.pop();
    if (!node) break;
    const rank = rankOf(node, first, stretch, childrenOf(node), calls);
    if (rank > bestRank || (rank === bestRank && best !== null && extent([node]) < extent([best]))) {
      best = node;
      bestRank = rank;
    }
    for (const child of childrenOf(node)) if (isWithin(stretch, child)) pending.push(child);
  }
  return bestRank < SURE ? (senderOf(first, stretch, senders) ?? best) : best;
}

/** The message that the missing span received: the latest sent to this service before. */
function senderOf(orphan: SpanNode, { fromMs }: Stretch, senders: readonly SpanNode[]): SpanNode | null {
  const possible = senders.filter(({ span, startMs }) => peerOf(span) === orphan.span.service && startMs <= fromMs);
  return possible.reduce<SpanNode | null>((best, sender) => (best && best.startMs >= sender.startMs ? best : sender), null);
}

/** The rank of a call whose answer is missing. */
const SURE = 4;

/**
 * How likely the missing span was called by this one, 0 for no way. A span that serves was called by another service's client span,
 * which is missing; what a service does was called by a span of the same service, or by the missing one that served a client span.
 */
function rankOf(node: SpanNode, orphan: SpanNode, stretch: Stretch, children: readonly SpanNode[], calls: KnownCalls): number {
  const isServing = spanKind(orphan.span) === 'server' || spanKind(orphan.span) === 'consumer';
  const kind = spanKind(node.span);
  if (kind === 'client' || kind === 'producer') {
    if (children.length > 0 || kind === 'producer') return 0;
    const peer = peerOf(node.span);
    if (peer !== null) return peer === orphan.span.service ? SURE : 0;
    return isServing ? 0 : 1;
  }
  const { service } = node.span;
  const isLikely = isServing ? service !== orphan.span.service : service === orphan.span.service;
  const isKnown = isServing && calls.get(service)?.has(orphan.span.service) === true;
  const isIdle = !children.some((child) => child.startMs < stretch.toMs && child.endMs > stretch.fromMs);
  return (isKnown ? 2 : 0) + (isLikely ? 1 : 0) + (isIdle ? 0.5 : 0);
}
