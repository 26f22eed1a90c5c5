import type { Culprit } from '../../domain/hypothesis';
import type { CodeFindings } from '../codeFindings';
import { type Explanation, explanation } from '../explanation';
import type { Findings } from '../findings';

/**
 * What remains when nothing explains the facts: where it shows, and what was not there to look at. However plainly the signs
 * point at a place, they name no cause, so its class is absence and it never rivals a mechanism that was seen.
 */
export function unknown(findings: Findings, culprits: readonly Culprit[]): readonly Explanation[] {
  const [first, second] = culprits;
  const service = first?.service ?? findings.alerting;
  const lead = (first?.score ?? 0) - (second?.score ?? 0);
  const evidenceFor = [
    ...findings.failures.filter((failure) => failure.service === service).map((failure) => failure.evidence),
    ...findings.slow.filter(({ operation }) => operation.during.spentBy === service).map(({ evidence }) => evidence),
    ...findings.metrics.flatMap(({ service: whose, evidence }) => (whose === service && evidence !== null ? [evidence] : [])),
  ].slice(0, 4);
  return [
    explanation({
      kind: 'unknown',
      title: service === null ? 'The cause could not be found' : `Something in ${service} that the telemetry does not show`,
      service,
      evidenceClass: 'absence',
      strength: evidenceFor.length > 0 ? Math.min(0.9, 0.4 + lead) : 0.4,
      strengthReason: evidenceFor.length > 0 ? 'the signs point here more than anywhere else' : 'nothing points anywhere else',
      evidenceFor: evidenceFor.length > 0 ? evidenceFor : findings.alertEvidence,
    }),
  ];
}

/** What was not there to look at, in words. */
export function gaps(findings: Findings, { hasRepository }: Pick<CodeFindings, 'hasRepository'>): readonly string[] {
  const spans = [...findings.during, ...findings.before].some((trace) => trace.nodes.length > 0);
  return [
    ...(spans ? [] : ['spans of the time of the incident: none were found']),
    ...(findings.failures.length === 0 || findings.failures.some((failure) => failure.stack.length > 0)
      ? []
      : ['an error with a stack trace: none was found']),
    ...(findings.metrics.length > 0 ? [] : ['metrics of the services: none were found']),
    ...(findings.changes.length > 0 ? [] : ['deployments and other changes of the last day: none were reported']),
    ...(hasRepository ? [] : ['the code: no repository of the service is open']),
    ...(findings.before.length > 0 || !spans ? [] : ['traces of the quiet hour to compare with: none were found']),
  ];
}
