import type { Span } from '../../domain/span';
import { correctClocks } from './clocks';
import type { NodeDraft } from './nodeDraft';

/** A span with what it called. */
export interface SpanNode {
  readonly span: Span;
  readonly parent: SpanNode | null;
  /** In the order in which they began. */
  readonly children: readonly SpanNode[];
  /** Epoch milliseconds by the clock of the root's host; never NaN, and the end is not before the start. */
  readonly startMs: number;
  readonly endMs: number;
  /** Milliseconds in which no child was running; never below zero, whatever the clocks say. */
  readonly selfMs: number;
}

export interface Trace {
  readonly id: string;
  /** Spans whose parent is not among the given ones; usually one. */
  readonly roots: readonly SpanNode[];
  /** Callers before what they call. */
  readonly nodes: readonly SpanNode[];
}

/**
 * Builds the tree of each trace, in linear time but for sorting and at any depth. Tolerates what sampling and broken
 * instrumentation leave behind: a missing parent makes a root, a span that is its own ancestor is cut loose, a span that
 * came twice counts once, a time that is no number counts as none, and clocks of other hosts are set right.
 */
export function buildTraces(spans: readonly Span[]): readonly Trace[] {
  const byTrace = new Map<string, Map<string, NodeDraft>>();
  for (const span of spans) {
    const trace = byTrace.get(span.traceId) ?? new Map<string, NodeDraft>();
    byTrace.set(span.traceId, trace);
    if (!trace.has(span.spanId)) trace.set(span.spanId, draftOf(span));
  }
  const traces = [...byTrace].map(([id, drafts]) => linked(id, drafts));
  correctClocks(traces.map(({ nodes }) => nodes));
  for (const { nodes } of traces)
    for (const node of nodes) {
      node.children.sort((a, b) => a.startMs - b.startMs);
      node.selfMs = selfTime(node);
    }
  return traces;
}

function draftOf(span: Span): NodeDraft {
  const startMs = Number.isFinite(span.startMs) ? span.startMs : 0;
  const durationMs = Number.isFinite(span.durationMs) ? Math.max(0, span.durationMs) : 0;
  return { span, parent: null, children: [], startMs, endMs: startMs + durationMs, selfMs: 0, walk: -1, clock: '', movedMs: 0 };
}

function linked(id: string, drafts: ReadonlyMap<string, NodeDraft>) {
  const all = [...drafts.values()];
  for (const node of all) node.parent = node.span.parentId === null ? null : (drafts.get(node.span.parentId) ?? null);
  cutCycles(all);
  for (const node of all) node.parent?.children.push(node);
  const roots = all.filter((node) => node.parent === null);
  return { id, roots, nodes: callersFirst(roots) };
}

/** Each loop of parents loses one link, that above its earliest span. Every node is walked over once. */
function cutCycles(nodes: readonly NodeDraft[]): void {
  for (const [walk, node] of nodes.entries()) {
    let at: NodeDraft | null = node;
    for (; at !== null && at.walk < 0; at = at.parent) at.walk = walk;
    if (at !== null && at.walk === walk) earliestOfLoop(at).parent = null;
  }
}

function earliestOfLoop(start: NodeDraft): NodeDraft {
  let earliest = start;
  for (let at = start.parent; at !== null && at !== start; at = at.parent) if (at.startMs < earliest.startMs) earliest = at;
  return earliest;
}

function callersFirst(roots: readonly NodeDraft[]): NodeDraft[] {
  const nodes = [...roots];
  for (let at = 0; at < nodes.length; at++) for (const child of (nodes[at] as NodeDraft).children) nodes.push(child);
  return nodes;
}

/** Duration less the union of the children's intervals, each cut to the parent's. Takes children in the order of their start. */
function selfTime({ startMs, endMs, children }: NodeDraft): number {
  let covered = 0;
  let reachedMs = startMs;
  for (const child of children) {
    const from = Math.max(child.startMs, reachedMs);
    const to = Math.min(child.endMs, endMs);
    if (to <= from) continue;
    covered += to - from;
    reachedMs = to;
  }
  return Math.max(0, endMs - startMs - covered);
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
