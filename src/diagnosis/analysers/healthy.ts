import { isReachable } from '../candidates';
import { type Explanation, explanation } from '../explanation';
import type { Findings, MetricFinding } from '../findings';
import { isWorse } from '../levels';
import type { IncidentAnalyser } from './analyser';

const PLAIN_SCORE = 2;

/**
 * Nothing is wrong (any more): the alerting metric never left its range or came back, and nothing fails. Where no alerting
 * metric can be read, enough metrics that did not get worse stand in, or a monitor that says OK. One that still alerts speaks
 * against it.
 */
export function healthy(findings: Findings): readonly Explanation[] {
  const { alertState, failures, templates, slow, repeats, alertEvidence, calmEvidence, isAlerting } = findings;
  const own = findings.metrics.filter(({ service }) => findings.alerting === null || service === findings.alerting);
  const worse = own.filter(({ change }) => isWorse(change));
  const isBack = alertState === 'recovered' || alertState === 'quiet';
  const troubles = [...[...failures, ...templates, ...slow, ...repeats].map(({ evidence }) => evidence), ...sufferingBelow(findings)];
  const isOk = isAlerting === false && troubles.length === 0 && worse.length === 0;
  if (!isBack && !(alertState === 'unknown' && (calmEvidence !== null || isOk))) return [];
  const monitor = isAlerting === true ? alertEvidence.slice(0, 1) : [];
  const isSure = isBack && troubles.length === 0 && isAlerting !== true;
  return [
    explanation({
      kind: 'healthy',
      title:
        alertState === 'recovered'
          ? 'The trouble is over: the alerting metric is back to normal'
          : 'Nothing is wrong: no metric left its usual range and nothing fails',
      service: findings.alerting,
      evidenceClass: isSure ? 'mechanism' : 'association',
      strength: troubles.length === 0 ? (isBack ? 1 : 0.8) : Math.max(0.1, 0.6 - 0.15 * troubles.length),
      strengthReason: troubles.length === 0 ? 'no errors, slow operations or new messages were found' : 'some things still fail',
      evidenceFor: [...alertEvidence.slice(isAlerting === true ? 1 : 0), ...(calmEvidence === null ? [] : [calmEvidence])],
      evidenceAgainst: [...troubles, ...monitor, ...worse.flatMap(({ evidence }) => (evidence === null ? [] : [evidence]))],
      missing: alertState === 'unknown' ? ['the alerting metric itself, which could not be read'] : [],
    }),
  ];
}

/** Metrics of the services that the alerting one calls, as far as they plainly got worse. */
function sufferingBelow(findings: Findings): readonly string[] {
  return findings.metrics.flatMap(({ service, change, evidence }) => {
    const isBelow = service !== findings.alerting && isReachable(findings, service) !== false;
    return isBelow && isSymptom(change) && change.isHarmful && change.score >= PLAIN_SCORE && evidence !== null ? [evidence] : [];
  });
}

/** More or fewer calls are no trouble by themselves. */
const isSymptom = ({ kind }: MetricFinding['change']) => kind !== 'traffic' && kind !== 'other';

/** Nothing is wrong, or no more. */
export const allWell: IncidentAnalyser = {
  type: 'healthy',
  look(findings) {
    const explanations = healthy(findings);
    return {
      explanations,
      check: {
        isInteresting: explanations.length > 0,
        summary: explanations[0] === undefined ? 'The trouble goes on.' : `${explanations[0].title}.`,
        evidence: explanations[0]?.evidenceFor ?? [],
        unchecked: [],
      },
      ruledOut: [],
    };
  },
};
