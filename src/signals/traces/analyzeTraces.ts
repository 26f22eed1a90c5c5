import type { Span } from '../../domain/span';
import type { ErrorOrigin, FailingService, FoundPattern, TopologySummary, TraceFinding, TraceSummary } from '../../domain/traceFindings';
import { blastRadius, callGraph, distancesToEdge } from '../topology';
import { slowAgainstNormal, type WalkedTrace } from './compareTraces';
import { criticalPath, type TracePath } from './criticalPath';
import { type FailureOrigin, failureOrigin } from './failure';
import { wholeRequest } from './orphans';
import { pathSpans } from './pathSpans';
import { tracePatterns } from './patterns';
import { asCallGraph, serviceGraph, sharesOf } from './serviceGraph';
import { workOf } from './spanTags';
import { buildTraces, dependenciesOf, type Trace } from './traceTree';

export interface TraceAnalysis {
  readonly findings: readonly TraceFinding[];
  readonly summary: TraceSummary;
}

/** What each trace tells, those that failed first and then the slowest, and what all of them tell together. `unread`: records that were no spans. */
export function analyzeTraces(spans: readonly Span[], unread = 0): TraceAnalysis {
  const steps = analyzeInSteps(spans, unread);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of one trace, between which the caller may let others have their turn, or stop. */
export function* analyzeInSteps(spans: readonly Span[], unread = 0): Generator<undefined, TraceAnalysis> {
  const traces = buildTraces(spans);
  const calls = callGraph(dependenciesOf(traces));
  const walked: WalkedTrace[] = [];
  const origins: FailureOrigin[] = [];
  const findings: TraceFinding[] = [];
  for (const trace of traces) {
    const request = wholeRequest(trace, calls);
    const path = criticalPath(trace, request);
    const origin = failureOrigin(trace, request);
    walked.push({ trace, path });
    if (origin) origins.push(origin);
    findings.push(findingOf(trace, path, origin, tracePatterns(trace, path, origin, request)));
    yield;
  }
  const failing = failingServices(origins);
  const comparison = slowAgainstNormal(walked);
  const first = failing[0]?.service ?? null;
  return {
    findings: findings.sort((a, b) => rankOf(b) - rankOf(a) || b.durationMs - a.durationMs),
    summary: {
      kind: 'summary',
      traces: traces.length,
      spans: traces.reduce((sum, { nodes }) => sum + nodes.length, 0),
      unread,
      firstFailingService: first,
      failing,
      topology: topologyOf(traces, first ?? comparison?.rows[0]?.service ?? null),
      comparison,
    },
  };
}

const rankOf = ({ errorOrigin }: TraceFinding) => (errorOrigin === null ? 0 : errorOrigin.handledBy === null ? 2 : 1);

function findingOf(trace: Trace, path: TracePath, origin: FailureOrigin | null, patterns: readonly FoundPattern[]): TraceFinding {
  const entry = path.hops[0]?.node.span ?? trace.nodes[0]?.span;
  return {
    kind: 'trace',
    traceId: trace.id,
    service: entry?.service ?? '',
    operation: entry ? workOf(entry) : '',
    durationMs: path.totalMs,
    spans: trace.nodes.length,
    orphans: trace.roots.filter(({ span }) => span.parentId !== null).length,
    criticalPath: pathSpans(path),
    errorOrigin: origin ? errorOriginOf(origin) : null,
    patterns,
  };
}

function errorOriginOf({ node, service, peer, message, path, handledBy, isGivenUp }: FailureOrigin): ErrorOrigin {
  return {
    service,
    operation: workOf(node.span),
    spanId: node.span.spanId,
    message,
    peer,
    isGivenUp,
    handledBy: handledBy?.span.service ?? null,
    path: path.map(({ span }) => ({ spanId: span.spanId, service: span.service, operation: workOf(span) })),
  };
}

/** Services by how many traces went wrong there first; failures that nobody handled before those that somebody did. */
export function failingServices(origins: readonly FailureOrigin[]): readonly FailingService[] {
  const unhandled = origins.filter(({ handledBy }) => handledBy === null);
  const counted = unhandled.length > 0 ? unhandled : origins;
  const byService = new Map<string, { traces: number; firstMs: number }>();
  for (const { service, node } of counted) {
    const known = byService.get(service);
    byService.set(service, {
      traces: (known?.traces ?? 0) + 1,
      firstMs: Math.min(known?.firstMs ?? Number.POSITIVE_INFINITY, node.endMs),
    });
  }
  const services = [...byService].map(([service, seen]) => ({ service, ...seen }));
  return services.sort((a, b) => b.traces - a.traces || a.firstMs - b.firstMs);
}

function topologyOf(traces: readonly Trace[], troubled: string | null): TopologySummary {
  const known = serviceGraph(traces);
  const graph = asCallGraph(known);
  const entries = [...known.services.values()].filter((node) => node.entries > 0).map(({ service }) => service);
  const distances = distancesToEdge(graph, entries);
  return {
    services: [...known.services.values()].map(({ service, isExternal, requests, errors }) => ({
      service,
      isExternal,
      requests,
      errors,
      distanceToEdge: distances.get(service) ?? null,
    })),
    calls: known.calls,
    blastRadius: troubled === null ? [] : blastRadius(graph, troubled, sharesOf(known)).map(({ service, share }) => ({ service, share })),
  };
}
