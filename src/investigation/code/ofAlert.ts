import type { Findings } from '../../diagnosis/findings';
import { isReachable } from '../../diagnosis/localisation/services';
import { upstreamOf } from '../../signals/topology';

/**
 * Whether what goes wrong in a service can be what the alert is about: calls lead from one to the other. Where nobody knows the
 * calls, it can as long as the alerting service shows no errors of its own.
 */
export function isOfAlert(findings: Findings, service: string): boolean {
  const { alerting, failures, graph } = findings;
  const isBelow = isReachable(findings, service);
  if (isBelow === null) return alerting === null || !failures.some((failure) => failure.service === alerting);
  return isBelow || (alerting !== null && upstreamOf(graph, alerting).includes(service));
}
