import type { FailureFinding, Findings } from '../findings';

/** Failures of a caller whose requests did not reach the service that they were for. */
export interface UnansweredCall {
  readonly caller: string;
  readonly callee: string;
  readonly failure: FailureFinding;
  /** 0..1: of all calls of this caller that nobody answered, how many were for this callee; one that reaches nobody is itself cut off. */
  readonly share: number;
}

/**
 * Failing calls to a service that is traced, and has no span for them although it has for others: it, or the way to it, is down.
 * A callee that is never traced would look the same when it is well.
 */
export function unansweredCalls(failures: readonly FailureFinding[], { during, before }: Findings): readonly UnansweredCall[] {
  const nodes = [...during, ...before].flatMap((trace) => trace.nodes);
  const traced = new Set(nodes.map(({ span }) => span.service));
  const answered = new Set(
    nodes.flatMap(({ parent, span }) => (parent && parent.span.service !== span.service ? [keyOf(parent.span)] : [])),
  );
  const calls = failures.flatMap((failure) => {
    const callee = failure.peer === null ? null : serviceOfHost(failure.peer, traced);
    const isCall = failure.span !== null && callee !== null && callee !== failure.service && !answered.has(keyOf(failure.span));
    return isCall ? [{ caller: failure.service, callee, failure }] : [];
  });
  return calls.map((call) => {
    const count = (of: typeof calls) => of.reduce((sum, { failure }) => sum + failure.count, 0);
    const same = calls.filter(({ caller }) => caller === call.caller);
    return { ...call, share: count(same.filter(({ callee }) => callee === call.callee)) / count(same) };
  });
}

const keyOf = ({ traceId, spanId }: { readonly traceId: string; readonly spanId: string }) => `${traceId} ${spanId}`;

/** The service of that name, or the one that the first part of a host's name names, as in `stock.prod.svc.cluster.local`. */
function serviceOfHost(peer: string, services: ReadonlySet<string>): string | null {
  const [first = peer] = peer.split(/[.:]/);
  return [peer, first].find((name) => services.has(name)) ?? null;
}
