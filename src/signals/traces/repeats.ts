import { median } from '../statistics';
import type { SpanNode, Trace } from './traceTree';

/** The same call made again and again below one span: the N+1 pattern. */
export interface RepeatedCall {
  readonly service: string;
  /** The operation and resource that repeat, numbers and ids masked. */
  readonly operation: string;
  readonly resource: string;
  /** The span that makes the calls. */
  readonly parent: SpanNode;
  readonly example: SpanNode;
  /** Median of the calls a parent makes, and of the milliseconds that they take together. */
  readonly calls: number;
  readonly totalMs: number;
  readonly traces: number;
}

interface Group {
  readonly nodes: SpanNode[];
  readonly parent: SpanNode;
}

const MIN_CALLS = 5;

/** Calls that repeat at least five times below one parent, gathered over traces, the costliest first. */
export function repeatedCalls(traces: readonly Trace[], minCalls = MIN_CALLS): readonly RepeatedCall[] {
  const found = new Map<string, Group[]>();
  for (const trace of traces)
    for (const parent of trace.nodes)
      for (const [key, nodes] of grouped(parent)) {
        if (nodes.length < minCalls) continue;
        const known = found.get(key) ?? [];
        known.push({ nodes, parent });
        found.set(key, known);
      }
  return [...found.values()].flatMap(summarize).sort((a, b) => b.totalMs - a.totalMs);
}

function grouped(parent: SpanNode): Map<string, SpanNode[]> {
  const groups = new Map<string, SpanNode[]>();
  for (const child of parent.children) {
    const { service, name, resource } = child.span;
    const key = JSON.stringify([parent.span.service, parent.span.resource, service, name, maskResource(resource)]);
    const known = groups.get(key) ?? [];
    known.push(child);
    groups.set(key, known);
  }
  return groups;
}

function summarize(groups: readonly Group[]): RepeatedCall[] {
  const worst = groups.reduce((a, b) => (b.nodes.length > a.nodes.length ? b : a));
  const example = worst.nodes[0];
  if (!example) return [];
  return [
    {
      service: worst.parent.span.service,
      operation: example.span.name,
      resource: maskResource(example.span.resource),
      parent: worst.parent,
      example,
      calls: median(groups.map((group) => group.nodes.length)),
      totalMs: median(groups.map((group) => group.nodes.reduce((sum, node) => sum + node.span.durationMs, 0))),
      traces: groups.length,
    },
  ];
}

/**
 * What has grown: patterns that the baseline does not show with half as many calls. Where there is no baseline trace, all
 * of them.
 */
export function newRepeats(during: readonly RepeatedCall[], before: readonly RepeatedCall[]): readonly RepeatedCall[] {
  const key = (call: RepeatedCall) => JSON.stringify([call.service, call.parent.span.resource, call.operation, call.resource]);
  const usual = new Map(before.map((call) => [key(call), call.calls]));
  return during.filter((call) => call.calls > 2 * (usual.get(key(call)) ?? 0));
}

/** Numbers, hexadecimal ids and quoted texts in a resource become `?`, so that like calls compare equal. */
export function maskResource(resource: string): string {
  return resource
    .replace(/'[^']*'/g, '?')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '?')
    .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi, '?')
    .replace(/(?<![\w$])\d+\b/g, '?')
    .replace(/\?(\s*,\s*\?)+/g, '?');
}
