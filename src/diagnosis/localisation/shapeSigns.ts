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
/** How much less metrics tell of calls that ceased than traces do: not after which other call. */
const SILENT = 0.75;

/** A span with the operations that it calls. */
interface Request {
  readonly node: SpanNode;
  readonly calls: ReadonlySet<string>;
}

/** A sign with the service whose requests it was seen in. */
interface ShapeSign extends Sign {
  readonly seenIn: string;
}

/**
 * Requests that end before they make the calls they usually make, as one does that got an error nobody marked: the service that
 * was called last is where they stop, the request's own where it called nobody. And single calls that are left out: the service
 * that does not make them returns early; so does one whose calls of another service ceased altogether. Scores of traces are
 * shares of the requests of one operation, less what the quiet hour shows.
 */
export function shapeSigns({ during, before, silentCalls }: Findings): readonly Sign[] {
  const usual = byOperation(before);
  const shapes = [...byOperation(during)].flatMap(([key, late]): ShapeSign[] => {
    const early = usual.get(key) ?? [];
    if (early.length < MIN_REQUESTS || late.length < MIN_REQUESTS) return [];
    const expected = usualCalls(early);
    return expected.size === 0 ? [] : [...stops(early, late, expected), ...omissions(late, expected)];
  });
  return [...shapes, ...silentCalls.map((call) => silentSign(call, shapes))];
}

/** Nothing where traces name the call after which the caller's requests end. */
function silentSign({ caller, callee, certainty, evidence }: SilentCallFinding, shapes: readonly ShapeSign[]): Sign {
  const elsewhere = shapes.reduce(
    (most, { seenIn, service, score }) => (seenIn === caller && service !== caller ? Math.max(most, score) : most),
    0,
  );
  const score = SILENT * certainty * (1 - elsewhere);
  return { service: caller, kind: 'missing_calls', score, reason: `it no longer calls ${callee}`, evidence };
}

type Expected = ReadonlyMap<string, number>;

function stops(early: readonly Request[], late: readonly Request[], expected: Expected): ShapeSign[] {
  const before = stopShares(early, expected);
  return [...stopShares(late, expected)].flatMap(([service, share]) => {
    const more = share - (before.get(service) ?? 0);
    const span = late[0]?.node.span;
    if (more <= 0 || !span) return [];
    const reason = `${formatPercent(share)} of the requests of ${span.resource} end after they called it, without the calls that usually follow`;
    return [signOf(service, trusted(more, late.length), reason, span.service)];
  });
}

/** Service → share of the requests that were cut short there. */
function stopShares(requests: readonly Request[], expected: Expected): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const request of requests) {
    if (!isCutShort(request, expected)) continue;
    const { node } = request;
    const last = node.children.reduce<SpanNode | null>((latest, child) => (latest && latest.endMs >= child.endMs ? latest : child), null);
    const service = last === null ? node.span.service : calledBy(last);
    shares.set(service, (shares.get(service) ?? 0) + 1 / requests.length);
  }
  return shares;
}

function isCutShort({ calls }: Request, expected: Expected): boolean {
  let missing = 0;
  for (const call of expected.keys()) if (!calls.has(call)) missing++;
  return missing > CUT * expected.size;
}

/** The service that a call leads to: that of the span below, where the call itself is a span of the caller. */
function calledBy(call: SpanNode): string {
  return call.children.find((child) => child.span.service !== call.span.service)?.span.service ?? call.span.service;
}

function omissions(late: readonly Request[], expected: Expected): ShapeSign[] {
  const whole = late.filter((request) => !isCutShort(request, expected));
  const span = whole[0]?.node.span;
  if (!span || whole.length < MIN_REQUESTS) return [];
  const shares = callShares(whole);
  return [...expected].flatMap(([call, share]) => {
    const less = share - (shares.get(call) ?? 0);
    if (less < CUT) return [];
    const reason = `${span.resource} leaves out a call that it usually makes, ${resourceOf(call)}`;
    return [signOf(span.service, trusted(less, whole.length), reason, span.service)];
  });
}

function signOf(service: string, score: number, reason: string, seenIn: string): ShapeSign {
  return { service, kind: 'missing_calls', score, reason, evidence: null, seenIn };
}

/** Few requests may be so by chance. */
const trusted = (share: number, requests: number) => share * (requests / (requests + 1));

const usualCalls = (requests: readonly Request[]): Expected => new Map([...callShares(requests)].filter(([, share]) => share >= USUAL));

/** Called operation → share of the requests that call it. */
function callShares(requests: readonly Request[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { calls } of requests) for (const call of calls) counts.set(call, (counts.get(call) ?? 0) + 1);
  return new Map([...counts].map(([call, count]) => [call, count / requests.length]));
}

const operationOf = ({ span }: SpanNode) => JSON.stringify([span.service, span.name, maskResource(span.resource)]);

const resourceOf = (operation: string) => (JSON.parse(operation) as string[])[2] ?? '';

function byOperation(traces: readonly Trace[]): ReadonlyMap<string, Request[]> {
  const found = new Map<string, Request[]>();
  for (const { nodes } of traces) {
    const operations = new Map(nodes.map((node) => [node, operationOf(node)]));
    for (const [node, key] of operations) {
      const request = { node, calls: new Set(node.children.map((child) => operations.get(child) ?? operationOf(child))) };
      const known = found.get(key);
      if (known) known.push(request);
      else found.set(key, [request]);
    }
  }
  return found;
}
