import { formatQuantity } from '../../domain/format';
import { type Explanation, explanation } from '../explanation';
import type { Findings } from '../findings';
import type { IncidentAnalyser } from './analyser';

const SURGE_SCORE = 1;
/** Requests that come in; what the service itself makes more of is its own doing. */
const REQUESTS = /\b(hits|rps|requests?)\b|_requests?(_|$)|request_count/i;

/** Calls that a service makes while it works on a request: to stores, queues and other services. */
const OUTGOING = /query|sql|redis|mongo|memcache|cache|command|client|fetch|elasticsearch|opensearch|kafka|amqp|publish|dns|tcp/i;

/** Far more requests than usual reached a service that then got worse. */
export function trafficSurges(findings: Findings): readonly Explanation[] {
  const surge = findings.metrics.find(
    ({ service, change }) =>
      change.kind === 'traffic' &&
      REQUESTS.test(change.series.metric) &&
      !OUTGOING.test(change.series.metric) &&
      change.direction === 'up' &&
      change.score >= SURGE_SCORE &&
      service !== null &&
      service === findings.alerting,
  );
  if (!surge?.service) return [];
  const { change } = surge;
  return [
    explanation({
      kind: 'traffic_surge',
      title: `${surge.service} gets far more requests than usual`,
      service: surge.service,
      evidenceClass: 'association',
      strength: change.score / (change.score + 1),
      strengthReason: `${change.series.metric} rose from ${formatQuantity(change.before, change.series.unit)} to ${formatQuantity(change.during, change.series.unit)}`,
      evidenceFor: surge.evidence === null ? [] : [surge.evidence],
      missing: ['who sends the requests: a split by client, route or user agent'],
    }),
  ];
}

/** Far more requests than usual. */
export const trafficSurge: IncidentAnalyser = {
  type: 'traffic_surge',
  look(findings) {
    const explanations = trafficSurges(findings);
    return {
      explanations,
      check: {
        isInteresting: explanations.length > 0,
        summary: explanations[0] === undefined ? 'The service gets about as many requests as usual.' : `${explanations[0].title}.`,
        evidence: explanations[0]?.evidenceFor ?? [],
        unchecked: [],
      },
      ruledOut: [],
    };
  },
};
