import type { Span } from '../../domain/span';

/** A span with what it called. */
export interface SpanNode {
  readonly span: Span;
  readonly parent: SpanNode | null;
  readonly children: readonly SpanNode[];
  /** Milliseconds in which no child was running; never below zero, whatever the clocks say. */
  readonly selfMs: number;
}

export interface Trace {
  readonly id: string;
  /** Spans whose parent is not among the given ones; usually one. */
  readonly roots: readonly SpanNode[];
  readonly nodes: readonly SpanNode[];
}

interface Draft {
  readonly span: Span;
  parent: Draft | null;
  readonly children: Draft[];
  selfMs: number;
}

/**
 * Builds the tree of each trace. Tolerates what sampling and broken instrumentation leave behind: a missing parent makes
 * a root, a span that is its own ancestor is cut loose, a span that came twice counts once.
 */
export function buildTraces(spans: readonly Span[]): readonly Trace[] {
  const byTrace = new Map<string, Map<string, Draft>>();
  for (const span of spans) {
    const trace = byTrace.get(span.traceId) ?? new Map<string, Draft>();
    byTrace.set(span.traceId, trace);
    if (!trace.has(span.spanId)) trace.set(span.spanId, { span, parent: null, children: [], selfMs: 0 });
  }
  return [...byTrace].map(([id, drafts]) => linked(id, drafts));
}

function linked(id: string, drafts: ReadonlyMap<string, Draft>): Trace {
  for (const draft of drafts.values()) {
    const parent = draft.span.parentId === null ? undefined : drafts.get(draft.span.parentId);
    if (!parent || isAncestor(draft, parent)) continue;
    draft.parent = parent;
    parent.children.push(draft);
  }
  const nodes = [...drafts.values()];
  for (const node of nodes) {
    node.children.sort((a, b) => a.span.startMs - b.span.startMs);
    node.selfMs = selfTime(node);
  }
  return { id, roots: nodes.filter((node) => node.parent === null), nodes };
}

function isAncestor(candidate: Draft, of: Draft): boolean {
  for (let at: Draft | null = of; at !== null; at = at.parent) if (at === candidate) return true;
  return false;
}

/** Duration less the union of the children's intervals, each cut to the parent's; clock skew cannot make it negative. */
function selfTime(node: Draft): number {
  const start = node.span.startMs;
  const end = start + node.span.durationMs;
  let covered = 0;
  let reachedMs = start;
  for (const { span } of node.children) {
    const from = Math.max(span.startMs, reachedMs);
    const to = Math.min(span.startMs + span.durationMs, end);
    if (to <= from) continue;
    covered += to - from;
    reachedMs = to;
  }
  return Math.max(0, node.span.durationMs - covered);
}

/** From the node up to its root. */
export function lineage(node: SpanNode): readonly SpanNode[] {
  const path: SpanNode[] = [];
  for (let at: SpanNode | null = node; at !== null; at = at.parent) path.push(at);
  return path;
}

/** Caller → callees as the spans show them. */
export function dependenciesOf(traces: readonly Trace[]): Record<string, string[]> {
  const edges = new Map<string, Set<string>>();
  for (const { nodes } of traces)
    for (const { span, parent } of nodes) {
      if (!parent || parent.span.service === span.service) continue;
      edges.set(parent.span.service, (edges.get(parent.span.service) ?? new Set()).add(span.service));
    }
  return Object.fromEntries([...edges].map(([caller, callees]) => [caller, [...callees]]));
}
