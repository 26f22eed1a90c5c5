import { type Call, type SpanPlan, type Step, spansOf } from './program';
import type { Random } from './random';
import { type Numbering, type OperationPlan, planCall, queryStep, type System } from './system';

export const FAULTS = ['error', 'query error', 'timeout', 'latency', 'slow dependency', 'n+1', 'retry storm'] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface Fault {
  readonly kind: FaultKind;
  readonly target: OperationPlan;
  /** Share of requests in which it shows. */
  readonly share: number;
}

/** What is known about the fault of one request. */
export interface PlantedFault {
  /** Failing spans from the origin upwards; empty for a fault without errors. */
  readonly chain: readonly SpanPlan[];
  /** Spans that may be named as origin besides: earlier attempts at the same call. */
  readonly attempts: readonly string[];
  /** Spans whose own time grew. */
  readonly slow: readonly SpanPlan[];
}

/** Draws a fault at an operation that requests of the system wait for. */
export function drawFault(system: System, kind: FaultKind, random: Random): Fault {
  const reachable = new Set<OperationPlan>();
  const pending = [...system.entries];
  for (let at = pending.pop(); at !== undefined; at = pending.pop())
    for (const step of at.steps)
      if (step.kind === 'calls' && step.mode === 'wait')
        for (const target of step.targets)
          if (!reachable.has(target)) {
            reachable.add(target);
            pending.push(target);
          }
  return { kind, target: reachable.size > 0 ? random.pick([...reachable]) : random.pick(system.entries), share: random.between(0.5, 1) };
}

interface Place {
  readonly span: SpanPlan;
  /** From the span's parent up to the root. */
  readonly above: readonly SpanPlan[];
  readonly call: Call | null;
}

/** Plants the fault where the request first comes by; null when it does not, or nothing can fail there. */
export function plant(fault: Fault, root: SpanPlan, random: Random, system: System, numbering: Numbering): PlantedFault | null {
  const place = placeOf(root, fault.target);
  if (!place) return null;
  const { span } = place;
  switch (fault.kind) {
    case 'error':
      return failed(span, place.above, 'TypeError: x is undefined', random);
    case 'query error': {
      const step = queryStep(span, 'postgres', 'SELECT * FROM broken WHERE id = ?', random.duration(3), numbering);
      span.steps.splice(random.whole(1, span.steps.length), 0, step);
      const query = step.kind === 'calls' ? step.calls[0]?.client : null;
      return query ? failed(query, [span, ...place.above], 'connection refused', random) : null;
    }
    case 'timeout': {
      const { call } = place;
      if (!call?.client) return null;
      const workMs = random.between(2000, 8000);
      span.steps.push({ kind: 'work', ms: workMs });
      call.timeoutMs = Math.max(1000, usualMs(span)) + random.between(0, 500);
      return { ...failed(call.client, place.above.slice(1), 'timeout: no answer', random), slow: [span] };
    }
    case 'latency':
      span.steps.splice(random.whole(1, span.steps.length), 0, { kind: 'work', ms: random.between(200, 2000) });
      return { chain: [], attempts: [], slow: [span] };
    case 'slow dependency': {
      const step = queryStep(span, 'postgres', 'SELECT * FROM slow_table WHERE id = ?', random.between(200, 2000), numbering);
      span.steps.splice(random.whole(1, span.steps.length), 0, step);
      const query = step.kind === 'calls' ? step.calls[0]?.client : null;
      return { chain: [], attempts: [], slow: query ? [query] : [] };
    }
    case 'n+1': {
      const queries = Array.from({ length: random.whole(12, 60) }, (_, index) =>
        queryStep(span, 'postgres', `SELECT * FROM items WHERE order_id = ${index + 7}`, random.between(2, 12), numbering),
      );
      span.steps.splice(random.whole(1, span.steps.length), 0, ...queries);
      return { chain: [], attempts: [], slow: [span] };
    }
    case 'retry storm':
      return retried(place, random, system, numbering);
  }
}

/** Everything before the slow work at the end is over when a caller gives up. */
const usualMs = (span: SpanPlan) => [...spansOf(span)].length * 20;

function placeOf(root: SpanPlan, target: OperationPlan): Place | null {
  const parents = new Map<SpanPlan, SpanPlan | null>();
  const callOf = new Map<SpanPlan, Call | null>();
  for (const { plan, parent, isAwaited, call } of spansOf(root)) {
    parents.set(plan, parent);
    callOf.set(plan, call);
    if (!isAwaited || plan.kind !== 'server' || plan.service !== target.service || plan.resource !== target.resource) continue;
    const above: SpanPlan[] = [];
    for (let at = parent; at; at = parents.get(at) ?? null) above.push(at);
    return { span: plan, above, call: parent ? (callOf.get(parent) ?? null) : null };
  }
  return null;
}

/**
 * Fails a span and its callers up to the root, or with some luck to one that handles it. A failing span does little more after
 * the call that failed it.
 */
function failed(origin: SpanPlan, above: readonly SpanPlan[], message: string, random: Random): PlantedFault {
  const chain = [origin];
  origin.error = message;
  if (origin.kind === 'server') origin.steps = origin.steps.slice(0, random.whole(1, origin.steps.length));
  const servers = above.filter(({ kind }) => kind === 'server').length;
  const handledAt = random.chance(0.15) ? random.whole(0, Math.max(0, servers - 1)) : -1;
  let below = origin;
  let passed = 0;
  for (const span of above) {
    if (span.kind === 'server' && passed++ === handledAt) break;
    if (span.kind === 'server') endAfter(span, below, random);
    span.error = random.chance(0.7) ? `upstream failed: ${message}` : 'internal error';
    chain.push(span);
    below = span;
  }
  return { chain, attempts: [], slow: [] };
}

function endAfter(span: SpanPlan, below: SpanPlan, random: Random): void {
  const at = span.steps.findIndex(
    (step) => step.kind === 'calls' && step.calls.some(({ client, server }) => client === below || server === below),
  );
  span.steps = [...span.steps.slice(0, at + 1), { kind: 'work', ms: random.between(0.05, 1) }];
}

/** Attempts with growing gaps, each failing; the last may succeed. */
function retried({ span, above }: Place, random: Random, system: System, numbering: Numbering): PlantedFault | null {
  const attempts = random.whole(3, 6);
  const isGivenUp = random.chance(0.6);
  const target: OperationPlan = { service: 'flaky-service', resource: 'POST /flaky', steps: [{ kind: 'work', ms: 5 }] };
  const steps: Step[] = [];
  const servers: SpanPlan[] = [];
  let clientOfLast: SpanPlan | null = null;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const call = planCall(target, span, random, system.options, numbering);
    const hasFailed = isGivenUp || attempt < attempts - 1;
    if (hasFailed && call.server) {
      call.server.error = 'unavailable';
      if (call.client) call.client.error = 'answered 503';
      servers.push(call.server);
    }
    clientOfLast = call.client;
    steps.push({ kind: 'calls', mode: 'wait', calls: [call] });
    if (attempt < attempts - 1) steps.push({ kind: 'work', ms: 20 * 2 ** attempt + random.between(0, 5) });
  }
  const at = random.whole(1, span.steps.length);
  span.steps.splice(at, 0, ...steps);
  const last = servers.at(-1);
  const ids = servers.map(({ id }) => id);
  if (!isGivenUp || !last) return { chain: servers.slice(0, 1), attempts: ids, slow: [] };
  const { chain } = failed(last, [...(clientOfLast ? [clientOfLast] : []), span, ...above], 'unavailable', random);
  return { chain, attempts: ids, slow: [] };
}

/** Marks a call of a cache as failed that its caller does without: errors that are nobody's fault. */
export function addHandledError(root: SpanPlan, random: Random, numbering: Numbering): void {
  const servers = [...spansOf(root)].map(({ plan }) => plan).filter(({ kind, error }) => kind === 'server' && error === null);
  if (servers.length === 0) return;
  const span = random.pick(servers);
  const step = queryStep(span, 'redis', 'GET cache:?', random.duration(1), numbering);
  const query = step.kind === 'calls' ? step.calls[0]?.client : null;
  if (query) query.error = 'cache miss';
  span.steps.splice(random.whole(0, Math.max(0, span.steps.length - 1)), 0, step);
}
