import { formatDuration } from '../../domain/format';
import { tagValue } from '../../domain/timeSeries';
import { median } from '../../signals/statistics';
import type { SpanNode, Trace } from '../../signals/traces/traceTree';
import type { Findings, MetricFinding } from '../findings';
import { materialityOf, millisecondsOf } from './materiality';
import type { Sign } from './sign';

/** A call between two services: how long its caller waited, and how long its callee worked, before and now. */
interface Hop {
  readonly caller: string;
  readonly callee: string;
  /** Milliseconds between the two ends, before and now. */
  readonly beforeMs: number;
  readonly duringMs: number;
  /** How long the caller waited before. */
  readonly usualMs: number;
  readonly evidence: string | null;
}

/** Less is measurement. */
const MIN_ADDED_MS = 5;
const MIN_CALLS = 2;

/**
 * Services whose calls spend more time on the way, that is between the caller's and the callee's end of them. What delays a
 * service's packets delays all calls that come in, all that go out, or both; so a service scores by the best harmonic mean (F1)
 * over those three groups of how many calls of the group are delayed and how much of all the delay the group has.
 */
export function hopSigns(findings: Findings): readonly Sign[] {
  const { metrics, during, before } = findings;
  const materiality = materialityOf(findings);
  const hops = [...merged(measuredHops(metrics), tracedHops(during, before)).values()].map((hop): Delayed => {
    const addedMs = hop.duringMs - hop.beforeMs;
    return { ...hop, addedMs, delay: delay(hop) * materiality.ofTime(addedMs) };
  });
  const services = new Set(hops.flatMap(({ caller, callee }) => [caller, callee]));
  const allMs = delayedMs(hops);
  return allMs === 0 ? [] : [...services].flatMap((service) => signOf(service, hops, allMs));
}

interface Delayed extends Hop {
  readonly addedMs: number;
  /** 0..1. */
  readonly delay: number;
}

const delayedMs = (hops: readonly Delayed[]) => hops.reduce((sum, hop) => sum + hop.delay * hop.addedMs, 0);

function signOf(service: string, hops: readonly Delayed[], allMs: number): Sign[] {
  const coming = hops.filter(({ callee }) => callee === service);
  const going = hops.filter(({ caller }) => caller === service);
  const own = [...coming, ...going];
  if (delayedMs(own) === 0) return [];
  const worst = own.reduce((best, hop) => (hop.delay > best.delay ? hop : best));
  const reason = `calls from ${worst.caller} to ${worst.callee} spend ${formatDuration(worst.addedMs)} more between the two ends`;
  const score = Math.max(...[coming, going, own].map((group) => agreement(group, allMs)));
  return [{ service, kind: 'hop_gap', score, reason, evidence: worst.evidence }];
}

function agreement(group: readonly Delayed[], allMs: number): number {
  const precision = group.reduce((sum, hop) => sum + hop.delay, 0) / Math.max(group.length, 1);
  const recall = delayedMs(group) / allMs;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** 0..1: the growth of the gap against what the call usually takes in all; half when it adds as much again. */
function delay({ beforeMs, duringMs, usualMs }: Hop): number {
  const addedMs = duringMs - beforeMs;
  return addedMs < MIN_ADDED_MS ? 0 : addedMs ** 2 / (addedMs ** 2 + Math.max(usualMs, MIN_ADDED_MS) ** 2);
}

/** One a pair of services: the plainest of what metrics show, since they count every call, and traces where no metric tells. */
function merged(measured: readonly Hop[], traced: readonly Hop[]): ReadonlyMap<string, Hop> {
  const best = new Map<string, Hop>();
  for (const hop of measured) {
    const known = best.get(keyOf(hop));
    if (!known || delay(hop) > delay(known)) best.set(keyOf(hop), hop);
  }
  for (const hop of traced) if (!best.has(keyOf(hop))) best.set(keyOf(hop), hop);
  return best;
}

const keyOf = ({ caller, callee }: Pick<Hop, 'caller' | 'callee'>) => JSON.stringify([caller, callee]);

/** Whether metrics measure both ends of the calls between two services. */
export function measuredPairs(metrics: readonly MetricFinding[]): ReadonlySet<string> {
  return new Set(measuredHops(metrics).map(keyOf));
}

const CLIENT_END = /(^|[._])client([._])/;

/** Pairs of series that measure both ends of the same calls: of the same name but for `client` and `server`. */
function measuredHops(metrics: readonly MetricFinding[]): Hop[] {
  const latencies = metrics.filter(({ change }) => change.kind === 'latency');
  const servers = new Map(latencies.map((metric) => [endKey(metric), metric]));
  return latencies.flatMap((metric) => {
    const { series, before, during } = metric.change;
    const caller = tagValue(series.tags, 'service');
    const callee = tagValue(series.tags, 'peer.service');
    if (!CLIENT_END.test(series.metric) || caller === null || callee === null) return [];
    const server = servers.get(JSON.stringify([series.metric.replace(CLIENT_END, '$1server$2'), callee, caller]));
    const perMs = millisecondsOf(series.unit);
    if (!server || server.change.series.unit !== series.unit || perMs === null) return [];
    return [
      {
        caller,
        callee,
        beforeMs: (before - server.change.before) * perMs,
        duringMs: (during - server.change.during) * perMs,
        usualMs: before * perMs,
        evidence: metric.evidence,
      },
    ];
  });
}

const endKey = ({ change: { series } }: MetricFinding) =>
  JSON.stringify([series.metric, tagValue(series.tags, 'service'), tagValue(series.tags, 'peer.service')]);

/** Gaps between a span that waits for another service and that service's span. */
function tracedHops(during: readonly Trace[], before: readonly Trace[]): Hop[] {
  const usual = gaps(before);
  return [...gaps(during)].flatMap(([key, now]) => {
    const past = usual.get(key);
    if (!past || past.length < MIN_CALLS || now.length < MIN_CALLS) return [];
    const [caller = '', callee = ''] = JSON.parse(key) as string[];
    return [
      {
        caller,
        callee,
        beforeMs: median(past.map(({ gapMs }) => gapMs)),
        duringMs: median(now.map(({ gapMs }) => gapMs)),
        usualMs: median(past.map(({ waitedMs }) => waitedMs)),
        evidence: null,
      },
    ];
  });
}

function gaps(traces: readonly Trace[]): ReadonlyMap<string, { gapMs: number; waitedMs: number }[]> {
  const found = new Map<string, { gapMs: number; waitedMs: number }[]>();
  for (const trace of traces)
    for (const node of trace.nodes) {
      const caller = waitingSpan(node);
      if (caller === null) continue;
      const key = JSON.stringify([caller.span.service, node.span.service]);
      const waitedMs = caller.span.durationMs;
      const gap = { gapMs: waitedMs - node.span.durationMs, waitedMs };
      const known = found.get(key);
      if (known) known.push(gap);
      else found.set(key, [gap]);
    }
  return found;
}

/** The caller's span that does nothing but wait for this one: of another service, with no other child. */
function waitingSpan({ parent, span }: SpanNode): SpanNode | null {
  return parent !== null && parent.span.service !== span.service && parent.children.length === 1 ? parent : null;
}
