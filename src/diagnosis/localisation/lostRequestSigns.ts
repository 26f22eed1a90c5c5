import { formatPercent } from '../../domain/format';
import { calleesOf, callersOf } from '../../signals/topology';
import type { Findings } from '../findings';
import type { Sign } from './sign';

/** Of the requests that usually come; less is the ebb and flow of traffic. */
const MIN_LOST = 0.15;
/** A caller's errors have to be plain to be what becomes of the requests. */
const PLAIN_FAILURES = 2;
/** With no other callee to compare with, the caller may as well fail ahead of the call. */
const ONLY_CALLEE = 0.4;

/**
 * Services that fewer requests reach although their callers answer as many and send as many elsewhere, and fail: calls do not
 * arrive. By the share that is missing, less what those callers miss themselves or send less to any other service.
 */
export function lostRequestSigns({ metrics, graph }: Findings): readonly Sign[] {
  const lost = new Map<string, { readonly share: number; readonly evidence: string | null }>();
  const failing = new Set<string>();
  for (const { service, change, evidence } of metrics) {
    if (service === null) continue;
    const isFailure = change.kind === 'errors' || change.kind === 'availability';
    if (isFailure && change.isHarmful && change.score >= PLAIN_FAILURES) failing.add(service);
    if (change.kind !== 'traffic' || change.before <= 0) continue;
    const share = 1 - change.during / change.before;
    if (share > (lost.get(service)?.share ?? Number.NEGATIVE_INFINITY)) lost.set(service, { share, evidence });
  }
  const shareOf = (service: string) => Math.max(0, lost.get(service)?.share ?? 0);
  return [...lost].flatMap(([service, { share, evidence }]): Sign[] => {
    const callers = share < MIN_LOST ? [] : callersOf(graph, service);
    if (callers.length === 0 || !callers.every((caller) => failing.has(caller) && lost.has(caller))) return [];
    const others = callers.flatMap((caller) => calleesOf(graph, caller)).filter((callee) => callee !== service && lost.has(callee));
    const left = share - Math.max(...[...callers, ...others].map(shareOf));
    if (left < MIN_LOST) return [];
    const reason = `${formatPercent(share)} fewer requests reach it, although its callers get and send as many as before`;
    return [{ service, kind: 'missing_calls', score: left * (others.length === 0 ? ONLY_CALLEE : 1), reason, evidence }];
  });
}
