import { formatQuantity } from '../../domain/format';
import { type Explanation, explanation } from '../explanation';
import type { Findings } from '../findings';
import type { IncidentAnalyser } from './analyser';
import { misconfiguration } from './misconfiguration';
import { troubles } from './settled';
import { idsOf, type saying } from './signs';
import { NETWORK } from './topics';

const STRENGTH = 0.7;
const WEAK_STRENGTH = 0.5;
const PLAIN_SCORE = 2;
/** Losses and delays of packets; what an application drops, such as messages, is its own doing. */
const LOSS =
  /retrans|packets?[._]?(loss|lost|drop)|drop(ped)?[._]packets?|\brtt\b|_rtt|rtt_|round_?trip|net(work)?[._].*(err|drop|latency)/i;

/** Packets that are lost or late, and names that are not resolved. */
export const networkLatency: IncidentAnalyser = {
  type: 'network_latency',
  look(findings) {
    const told = troubles(findings, NETWORK);
    const losses = findings.metrics.filter(
      ({ change }) => LOSS.test(change.series.metric) && change.direction === 'up' && change.score >= PLAIN_SCORE,
    );
    const measured = findings.metrics.filter(({ change }) => LOSS.test(change.series.metric));
    const isFound = told.length > 0 || losses.length > 0;
    const isChecked = measured.length > 0;
    const reason = 'Retransmitted or lost packets, or names that cannot be resolved, would be seen, and none are';
    return {
      explanations: isFound && misconfiguration(findings) === null ? [explanationOf(findings, told, losses)] : [],
      check: {
        isInteresting: isFound,
        summary: isFound
          ? 'The network or its name service loses or delays what is sent.'
          : isChecked
            ? `Not the network: ${reason.toLowerCase()}.`
            : 'Nothing that was read tells about the network.',
        evidence: isFound ? idsOf(told, losses) : idsOf(measured),
        unchecked: isChecked || isFound ? [] : ['retransmissions, packet loss and DNS times: none were found'],
      },
      ruledOut:
        !isFound && isChecked
          ? [{ type: 'network_latency', service: findings.alerting, reason: `${reason}.`, evidence: idsOf(measured) }]
          : [],
    };
  },
};

function explanationOf(findings: Findings, told: ReturnType<typeof saying>, losses: Findings['metrics']): Explanation {
  const worst = losses[0];
  const service = worst?.service ?? told[0]?.service ?? findings.alerting;
  const level = worst
    ? `${worst.change.series.metric} rose to ${formatQuantity(worst.change.during, worst.change.series.unit)}`
    : 'errors say so';
  return explanation({
    kind: 'infrastructure_outage',
    title: `The network of ${service ?? 'the service'} is slow, loses packets or does not resolve names: ${level}`,
    service,
    evidenceClass: worst ? 'mechanism' : 'association',
    strength: worst ? STRENGTH : WEAK_STRENGTH,
    strengthReason: level,
    evidenceFor: idsOf(losses.slice(0, 2), told.slice(0, 3)),
    missing: ['loss and round-trip times between the two ends, and the health of the name service'],
  });
}
