import type { CallGraph } from '../topology';
import { peerOf, spanKind } from './spanTags';
import type { SpanNode, Trace } from './traceTree';

/** Calls of one service by another, as spans show them. */
export interface ServiceCall {
  readonly caller: string;
  readonly callee: string;
  readonly calls: number;
  readonly errors: number;
  /** Share of the caller's requests that make this call at least once, 0..1. */
  readonly share: number;
}

export interface ServiceGraph {
  readonly services: ReadonlyMap<string, ServiceNode>;
  readonly calls: readonly ServiceCall[];
}

export interface ServiceNode {
  readonly service: string;
  /** Known only by the tags of those who call it: no span of its own was seen. */
  readonly isExternal: boolean;
  /** Spans with which a request enters the service, and those of them that failed. */
  readonly requests: number;
  readonly errors: number;
  /** Requests that nobody else's span called. */
  readonly entries: number;
}

type Counts = { -readonly [Key in keyof Omit<ServiceNode, 'service'>]: ServiceNode[Key] };

interface Edge {
  calls: number;
  errors: number;
  readonly requests: Set<SpanNode>;
}

/**
 * Who calls whom, from the spans: parent and child of different services, and client spans that nobody answered by the peer that
 * their tags name. An unanswered call of a service that has spans elsewhere is that service's; any other peer is a leaf.
 */
export function serviceGraph(traces: readonly Trace[]): ServiceGraph {
  const counts = new Map<string, Counts>();
  const edges = new Map<string, Map<string, Edge>>();
  for (const { nodes } of traces) {
    const entryOf = new Map<SpanNode, SpanNode>();
    for (const node of nodes) {
      const { span, parent } = node;
      const isEntry = parent === null || parent.span.service !== span.service;
      entryOf.set(node, isEntry ? node : (entryOf.get(parent) ?? node));
      if (isEntry) countRequest(counts, node);
      if (isEntry && parent) countCall(edges, parent.span.service, node, entryOf.get(parent) ?? parent, span.service);
      const peer = node.children.some((child) => child.span.service !== span.service) ? null : peerOf(span);
      if (peer !== null && peer !== span.service) countCall(edges, span.service, node, entryOf.get(node) ?? node, peer);
    }
  }
  for (const callees of edges.values())
    for (const callee of callees.keys())
      if (!counts.has(callee)) counts.set(callee, { isExternal: true, requests: 0, errors: 0, entries: 0 });
  const calls = [...edges].flatMap(([caller, callees]) =>
    [...callees].map(([callee, edge]) => {
      const requests = counts.get(caller)?.requests ?? 0;
      return { caller, callee, calls: edge.calls, errors: edge.errors, share: requests === 0 ? 1 : edge.requests.size / requests };
    }),
  );
  return { services: new Map([...counts].map(([service, node]) => [service, { service, ...node }])), calls };
}

function countRequest(counts: Map<string, Counts>, { span, parent }: SpanNode): void {
  const known = counts.get(span.service) ?? { isExternal: false, requests: 0, errors: 0, entries: 0 };
  counts.set(span.service, known);
  known.requests++;
  if (span.isError) known.errors++;
  if (parent === null && span.parentId === null && spanKind(span) !== 'consumer') known.entries++;
}

function countCall(edges: Map<string, Map<string, Edge>>, caller: string, called: SpanNode, request: SpanNode, callee: string): void {
  const callees = edges.get(caller) ?? new Map<string, Edge>();
  edges.set(caller, callees);
  const edge = callees.get(callee) ?? { calls: 0, errors: 0, requests: new Set<SpanNode>() };
  callees.set(callee, edge);
  edge.calls++;
  if (called.span.isError) edge.errors++;
  edge.requests.add(request);
}

/** The same as caller → callees. */
export function asCallGraph({ calls }: ServiceGraph): CallGraph {
  const graph = new Map<string, Set<string>>();
  for (const { caller, callee } of calls) graph.set(caller, (graph.get(caller) ?? new Set()).add(callee));
  return graph;
}

/** How large a share of a caller's requests a call is made by; 1 where only the graph is known, as of a list of dependencies. */
export function sharesOf({ calls }: ServiceGraph): (caller: string, callee: string) => number {
  const shares = new Map(calls.map(({ caller, callee, share }) => [`${caller}\n${callee}`, share]));
  return (caller, callee) => shares.get(`${caller}\n${callee}`) ?? 1;
}
