import { formatQuantity, formatTick } from '../../domain/format';
import { listed } from '../../domain/sentence';
import type { SeriesChange } from '../../signals/seriesChange';
import { type Explanation, explanation } from '../explanation';
import type { Findings } from '../findings';
import type { IncidentAnalyser } from './analyser';
import { idsOf } from './signs';

const SURGE_SCORE = 1;
/** Requests that come in; what the service itself makes more of is its own doing. */
const REQUESTS = /\b(hits|rps|requests?)\b|_requests?(_|$)|request_count/i;

/** Calls that a service makes while it works on a request: to stores, queues and other services. */
const OUTGOING = /query|sql|redis|mongo|memcache|cache|command|client|fetch|elasticsearch|opensearch|kafka|amqp|publish|dns|tcp/i;

const isIncoming = ({ kind, series }: SeriesChange) => kind === 'traffic' && REQUESTS.test(series.metric) && !OUTGOING.test(series.metric);

/** Far more requests than usual reached a service that then got worse. */
export function trafficSurges(findings: Findings): readonly Explanation[] {
  const surge = findings.metrics.find(
    ({ service, change }) =>
      isIncoming(change) && change.direction === 'up' && change.score >= SURGE_SCORE && service !== null && service === findings.alerting,
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
    const [first] = explanations;
    const counts = findings.metrics.filter(({ service, change }) => service === findings.alerting && isIncoming(change));
    const usual = counts.slice(0, 2).map(({ change }) => `${change.series.metric} (${formatTick(change.during, change.series.unit)})`);
    const reason = `Far more requests than before would be seen, and ${listed(usual)} did not rise so much.`;
    return {
      explanations,
      check: {
        isInteresting: first !== undefined,
        summary: first
          ? `${first.title}.`
          : counts.length > 0
            ? `No surge: ${reason}`
            : 'Nothing that was read tells how many requests come in.',
        evidence: first?.evidenceFor ?? idsOf(counts),
        unchecked: counts.length > 0 ? [] : [`request counts of ${findings.alerting ?? 'the services'}: none were found`],
      },
      ruledOut:
        first === undefined && counts.length > 0
          ? [{ type: 'traffic_surge', service: findings.alerting, reason, evidence: idsOf(counts) }]
          : [],
    };
  },
};
