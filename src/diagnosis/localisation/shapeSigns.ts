import { formatPercent } from '../../domain/format';
import { maskResource } from '../../signals/traces/repeats';
import type { SpanNode, Trace } from '../../signals/traces/traceTree';
import type { Findings, SilentCallFinding } from '../findings';
import type { Sign } from './sign';

/** A call that this share of the like requests make is usual. */
const USUAL = 0.6;
const MIN_REQUESTS = 2;
/** A request that lacks more than this share of its usual calls was cut short. */
const CUT = 0.5;
const SILENT = 0.75;

/**
 * Requests that end before they make the calls they usually make, as one does that got an error nobody marked: the service that was
 * called last is where they stop, the request's own where it called nobody. And single calls that are left out: the service that
 * does not make them returns early; so does one whose calls of another service ceased altogether. Scores of traces are shares of the requests of one operation, less what the quiet hour shows.
 */
export function shapeSigns({ during, before, silentCalls }: Findings): readonly Sign[] {
  const usual = byOperation(before);
  const shapes = [...byOperation(during)].flatMap(([key, late]): ShapeSign[] => {
    const early = usual.get(key) ?? [];
    if (early.length < MIN_REQUESTS || late.length < MIN_REQUESTS) return [];
    const expected = usualCalls(early);
    return expected.length === 0 ? [] : [...stops(early, late, expected), ...omissions(early, late, expected)];
  });
  return [...shapes, ...silentCalls.map((call) => silentSign(call, shapes))];
}

/** A sign with the service whose requests it was seen in. */
interface ShapeSign extends Sign {
  readonly seenIn: string;
}

/** Metrics show that calls ceased, not after which other call: less than what traces show, and nothing where those name that call. */
function silentSign({ caller, callee, certainty, evidence }: SilentCallFinding, shapes: readonly ShapeSign[]): Sign {
  const elsewhere = shapes.filter(({ seenIn, service }) => seenIn === caller && service !== caller).map(({ score }) => score);
  const score = SILENT * certainty * (1 - Math.max(0, ...elsewhere));
  return { service: caller, kind: 'missing_calls', score, reason: `it no longer calls ${callee}`, evidence };
}

function stops(early: readonly SpanNode[], late: readonly SpanNode[], expected: readonly string[]): ShapeSign[] {
  const before = stopShares(early, expected);
  const [first] = late;
  return [...stopShares(late, expected)].flatMap(([service, share]) => {
    const more = share - (before.get(service) ?? 0);
    if (more <= 0 || !first) return [];
    const reason = `${formatPercent(share)} of the requests of ${first.span.resource} end after they called it, without the calls that usually follow`;
    return [
      { service, kind: 'missing_calls' as const, score: trusted(more, late.length), reason, evidence: null, seenIn: first.span.service },
    ];
  });
}

/** Service → share of the requests that were cut short there. */
function stopShares(requests: readonly SpanNode[], expected: readonly string[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const request of requests) {
    const made = new Set(request.children.map(operationOf));
    const missing = expected.filter((call) => !made.has(call));
    if (missing.length <= CUT * expected.length) continue;
    const last = request.children.reduce<SpanNode | null>(
      (latest, child) => (latest && latest.endMs >= child.endMs ? latest : child),
      null,
    );
    const service = last === null ? request.span.service : calledBy(last);
    shares.set(service, (shares.get(service) ?? 0) + 1 / requests.length);
  }
  return shares;
}

/** The service that a call leads to: that of the span below, where the call itself is a span of the caller. */
function calledBy(call: SpanNode): string {
  return call.children.find((child) => child.span.service !== call.span.service)?.span.service ?? call.span.service;
}

function omissions(early: readonly SpanNode[], late: readonly SpanNode[], expected: readonly string[]): ShapeSign[] {
  const whole = late.filter(({ children }) => {
    const made = new Set(children.map(operationOf));
    return expected.filter((call) => !made.has(call)).length <= CUT * expected.length;
  });
  const [first] = whole;
  return expected.flatMap((call) => {
    const less = shareWith(call, early) - shareWith(call, whole);
    if (!first || whole.length < MIN_REQUESTS || less < CUT) return [];
    const reason = `${first.span.resource} leaves out a call that it usually makes, ${resourceOf(call)}`;
    const { service } = first.span;
    return [{ service, kind: 'missing_calls' as const, score: trusted(less, whole.length), reason, evidence: null, seenIn: service }];
  });
}

/** Few requests may be so by chance. */
const trusted = (share: number, requests: number) => share * (requests / (requests + 1));

const usualCalls = (requests: readonly SpanNode[]) =>
  [...new Set(requests.flatMap(({ children }) => children.map(operationOf)))].filter((call) => shareWith(call, requests) >= USUAL);

function shareWith(call: string, requests: readonly SpanNode[]): number {
  return requests.filter(({ children }) => children.some((child) => operationOf(child) === call)).length / requests.length;
}

const operationOf = ({ span }: SpanNode) => JSON.stringify([span.service, span.name, maskResource(span.resource)]);

const resourceOf = (operation: string) => (JSON.parse(operation) as string[])[2] ?? '';

function byOperation(traces: readonly Trace[]): ReadonlyMap<string, SpanNode[]> {
  const found = new Map<string, SpanNode[]>();
  for (const { nodes } of traces)
    for (const node of nodes) {
      const key = operationOf(node);
      const known = found.get(key);
      if (known) known.push(node);
      else found.set(key, [node]);
    }
  return found;
}
