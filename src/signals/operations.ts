import type { TimeWindow } from '../domain/timeSeries';
import { maskResource } from './repeats';
import { median, quantile } from './statistics';
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
  for (const trace of traces)
    for (const node of trace.nodes) {
      if (window && (node.span.startMs < window.fromMs || node.span.startMs >= window.toMs)) continue;
      const key = operationKey(node.span.service, node.span.name, maskResource(node.span.resource));
      const known = groups.get(key) ?? [];
      known.push(node);
      groups.set(key, known);
    }
  return [...groups.values()].flatMap(summarize);
}

function summarize(nodes: readonly SpanNode[]): Operation[] {
  const slowest = nodes.reduce<SpanNode | null>((best, node) => (best && best.span.durationMs >= node.span.durationMs ? best : node), null);
  if (!slowest) return [];
  const durations = nodes.map((node) => node.span.durationMs);
  return [
    {
      service: slowest.span.service,
      name: slowest.span.name,
      resource: maskResource(slowest.span.resource),
      count: nodes.length,
      errors: nodes.filter((node) => node.span.isError).length,
      medianMs: median(durations),
      p95Ms: quantile(durations, 0.95),
      medianSelfMs: median(nodes.map((node) => node.selfMs)),
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

/** Time that passed between a call as its caller saw it and as the callee did: network, queueing, or the callee's proxy. */
export interface HopGap {
  readonly caller: string;
  readonly callee: string;
  readonly medianMs: number;
  readonly count: number;
}

/** Gaps of all calls between services, widest first. */
export function hopGaps(traces: readonly Trace[]): readonly HopGap[] {
  const gaps = new Map<string, number[]>();
  for (const { nodes } of traces)
    for (const { span, parent } of nodes) {
      if (!parent || parent.span.service === span.service) continue;
      const key = JSON.stringify([parent.span.service, span.service]);
      const known = gaps.get(key) ?? [];
      known.push(Math.max(0, parent.selfMs));
      gaps.set(key, known);
    }
  return [...gaps]
    .map(([key, values]) => {
      const [caller = '', callee = ''] = JSON.parse(key) as string[];
      return { caller, callee, medianMs: median(values), count: values.length };
    })
    .sort((a, b) => b.medianMs - a.medianMs);
}
