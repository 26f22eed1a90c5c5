import type { TimeWindow } from '../../domain/timeSeries';
import { median, quantile } from '../statistics';
import { maskResource } from './repeats';
import { peerOf } from './spanTags';
import type { SpanNode, Trace } from './traceTree';

/** What one operation of a service did in a set of traces. */
export interface Operation {
  readonly service: string;
  readonly name: string;
  readonly resource: string;
  readonly count: number;
  readonly errors: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly medianSelfMs: number;
  /** Who spends the self time: the service itself, or for a call the service that is called and the way there. */
  readonly spentBy: string;
  /** Whether what it calls was read with it: it has children, or some trace of it has spans of other services. */
  readonly areCallsRead: boolean;
  readonly example: SpanNode;
}

/** The same operation in normal and in slow traces. */
export interface OperationChange {
  readonly during: Operation;
  readonly before: Operation | null;
  /** Growth of the median self time in milliseconds; the whole of it where the operation is new. */
  readonly addedSelfMs: number;
  /** Median duration now ÷ before; 1 where the operation is new. */
  readonly slowdown: number;
}

export function operations(traces: readonly Trace[], window?: TimeWindow): readonly Operation[] {
  const groups = new Map<string, SpanNode[]>();
  const whole = new Set<SpanNode>();
  for (const trace of traces) {
    const services = new Set(trace.nodes.map(({ span }) => span.service));
    for (const node of trace.nodes) {
      if (services.size > 1 || node.children.length > 0) whole.add(node);
      if (window && (node.span.startMs < window.fromMs || node.span.startMs >= window.toMs)) continue;
      const key = operationKey(node.span.service, node.span.name, maskResource(node.span.resource));
      const known = groups.get(key) ?? [];
      known.push(node);
      groups.set(key, known);
    }
  }
  return [...groups.values()].flatMap((nodes) => summarize(nodes, whole));
}

/** For a sentence: who spends the time of an operation. Where its calls were not read, nobody can say that it is its own code. */
export function spenderWords({ service, spentBy, areCallsRead }: Operation): string {
  if (spentBy !== service) return `on the way to ${spentBy}`;
  return areCallsRead ? 'in its own code' : 'in it or in what it calls';
}

function summarize(nodes: readonly SpanNode[], whole: ReadonlySet<SpanNode>): Operation[] {
  const slowest = nodes.reduce<SpanNode | null>((best, node) => (best && best.span.durationMs >= node.span.durationMs ? best : node), null);
  if (!slowest) return [];
  const durations = nodes.map((node) => node.span.durationMs);
  /** Where some traces were read with their calls, only these tell what a span took itself. */
  const read = nodes.filter((node) => whole.has(node));
  const telling = read.length > 0 ? read : nodes;
  return [
    {
      service: slowest.span.service,
      name: slowest.span.name,
      resource: maskResource(slowest.span.resource),
      count: nodes.length,
      errors: nodes.filter((node) => node.span.isError).length,
      medianMs: median(durations),
      p95Ms: quantile(durations, 0.95),
      medianSelfMs: median(telling.map((node) => node.selfMs)),
      spentBy: mostCommon(telling.map(spenderOf)) ?? slowest.span.service,
      areCallsRead: read.length > 0,
      example: slowest,
    },
  ];
}

const operationKey = (service: string, name: string, resource: string) => JSON.stringify([service, name, resource]);

/** Compares operations one by one, the one whose own time grew most first. */
export function compareOperations(during: readonly Operation[], before: readonly Operation[]): readonly OperationChange[] {
  const usual = new Map(before.map((operation) => [operationKey(operation.service, operation.name, operation.resource), operation]));
  return during
    .map((operation) => {
      const known = usual.get(operationKey(operation.service, operation.name, operation.resource)) ?? null;
      return {
        during: operation,
        before: known,
        addedSelfMs: operation.medianSelfMs - (known?.medianSelfMs ?? 0),
        slowdown: known && known.medianMs > 0 ? operation.medianMs / known.medianMs : 1,
      };
    })
    .sort((a, b) => b.addedSelfMs - a.addedSelfMs);
}

/**
 * A span within a service whose children are all another service's is a call: what it waits for is not its own doing. So is
 * one without children that names a peer.
 */
function spenderOf(node: SpanNode): string {
  const { service } = node.span;
  const isInner = node.parent?.span.service === service || node.span.meta['span.kind'] === 'client';
  const callees = new Set(node.children.map((child) => child.span.service));
  const [callee = peerOf(node.span)] = callees;
  return isInner && callees.size <= 1 && callee !== null ? callee : service;
}

function mostCommon(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
