import { formatQuantity, formatTime } from '../../domain/format';
import { listed } from '../../domain/sentence';
import { RESOURCE_NAMES } from '../../signals/gauges/resource';
import { type Explanation, explanation } from '../explanation';
import type { Findings, MetricFinding } from '../findings';
import { isWorse } from '../levels';
import { isReachable } from '../localisation/services';
import type { IncidentAnalyser } from './analyser';
import { isAlertedGaugeWell, presentTrouble } from './presentTrouble';
import { areWorkloadsWell, idsOf } from './signs';

const PLAIN_SCORE = 2;
/** Gauges at their usual level that are ground enough to call a service calm. */
const MIN_CALM = 3;
const SEEN_STRENGTH = 0.9;
const CALM_STRENGTH = 0.8;
/** What the alert is about was not measured, so that what was measured says little. */
const BLIND_STRENGTH = 0.5;
const MAX_NAMED = 7;

/**
 * Nothing is wrong (any more): the alerting metric never left its range or came back, and nothing fails. Where no alerting metric
 * can be read, gauges and workloads that are as wanted stand in, or a monitor that says OK. One that still alerts speaks against it.
 */
export function healthy(findings: Findings): readonly Explanation[] {
  const { alertState, alertEvidence, calmEvidence, isAlerting } = findings;
  const isBack = alertState === 'recovered' || alertState === 'quiet';
  const worse = ownMetrics(findings).filter(({ change, evidence }) => isWorse(change) && !isPast(findings, evidence));
  const troubles = troublesOf(findings);
  const isWell = areWorkloadsWell(findings) || areGaugesWell(findings);
  const isOk = isAlerting === false && troubles.length === 0 && worse.length === 0;
  if (!isBack && !(alertState === 'unknown' && (calmEvidence !== null || isOk || isWell))) return [];
  const alerted = isAlertedGaugeWell(findings);
  /** Ready workloads say nothing of what the alert is about when that is their work, such as its errors. */
  const isSeen = alerted === true || (alerted === null && areWorkloadsWell(findings)) || (isWell && isAlerting !== true);
  const isSure = troubles.length === 0 && (isBack ? isAlerting !== true : isSeen);
  return [
    explanation({
      kind: 'healthy',
      title: titleOf(findings),
      service: findings.alerting,
      evidenceClass: isSure ? 'mechanism' : 'association',
      strength: strengthOf(findings, troubles.length, isBack, isSeen),
      strengthReason: troubles.length === 0 ? reasonOf(findings) : 'some things failed or slowed down since the incident began',
      evidenceFor: [
        ...alertEvidence.slice(isAlerting === true ? 1 : 0),
        ...(calmEvidence === null ? [] : [calmEvidence]),
        ...idsOf(
          findings.workloads.filter(({ isReady }) => isReady),
          wellGauges(findings),
          leftovers(findings),
        ).filter((id) => !tellsWorse(findings, id)),
      ],
      evidenceAgainst: [...troubles, ...(isAlerting === true ? alertEvidence.slice(0, 1) : []), ...idsOf(worse)],
      missing: missingOf(findings),
    }),
  ];
}

function strengthOf(findings: Findings, troubles: number, isBack: boolean, isSeen: boolean): number {
  if (troubles > 0) return Math.max(0.1, 0.6 - 0.15 * troubles);
  if (isBack) return 1;
  if (isSeen) return SEEN_STRENGTH;
  return isAlertedGaugeWell(findings) === false && findings.isAlerting === true ? BLIND_STRENGTH : CALM_STRENGTH;
}

function ownMetrics({ metrics, alerting }: Findings): readonly MetricFinding[] {
  return metrics.filter(({ service }) => alerting === null || service === alerting);
}

/** Whether a fact tells that something got worse: though it came back since, it does not show that nothing is wrong. */
const tellsWorse = ({ metrics }: Findings, id: string) => metrics.some(({ evidence, change }) => evidence === id && isWorse(change));

/** What was not seen any more after the alert recovered is part of what happened, and no trouble now. */
const isPast = ({ past }: Findings, evidence: string | null) => evidence !== null && past.has(evidence);

function troublesOf(findings: Findings): readonly string[] {
  const { failures, templates, slow, repeats } = findings;
  const seen = idsOf(failures, areWorkloadsWell(findings) ? [] : templates, slow, repeats);
  const all = new Set([...seen, ...sufferingBelow(findings), ...presentTrouble(findings)]);
  return [...all].filter((id) => !isPast(findings, id));
}

/** Metrics of the services that the alerting one calls, as far as they plainly got worse. */
function sufferingBelow(findings: Findings): readonly string[] {
  return findings.metrics.flatMap(({ service, change, evidence }) => {
    if (evidence === null || service === findings.alerting || !isSymptom(change)) return [];
    return change.isHarmful && change.score >= PLAIN_SCORE && isReachable(findings, service) !== false ? [evidence] : [];
  });
}

/** More or fewer calls are no trouble by themselves. */
const isSymptom = ({ kind }: MetricFinding['change']) => kind !== 'traffic' && kind !== 'other';

const wellGauges = ({ gauges }: Findings) => gauges.filter(({ state }) => state === 'calm' || state === 'recovered');

function areGaugesWell(findings: Findings): boolean {
  return wellGauges(findings).length >= MIN_CALM;
}

/** Pods in trouble that are being removed: what is left of an older version. */
const leftovers = ({ workloads }: Findings) => workloads.filter(({ isLeaving, isReady }) => isLeaving && !isReady);

function titleOf(findings: Findings): string {
  const { alertState, recoveredAtMs, gauges } = findings;
  const service = findings.alerting ?? 'the services';
  const back = gauges.find(({ state }) => state === 'recovered');
  const [left] = leftovers(findings);
  if (alertState === 'recovered') {
    const since = recoveredAtMs === null ? '' : ` since ${formatTime(recoveredAtMs, { timeZone: 'UTC' })} UTC`;
    return `The trouble is over${since}: the alerting metric is back to normal`;
  }
  if (left)
    return `Nothing is wrong: ${left.name} is left over from an older version and being removed, and all replicas that serve are ready`;
  if (back && isAlertedGaugeWell(findings) === true)
    return `The trouble is over: ${back.metric} is back at ${formatQuantity(back.last, back.unit)}`;
  if (areWorkloadsWell(findings))
    return `Nothing is wrong with ${service} now, it is healthy: all its replicas are available and ready, and nothing fails`;
  return 'Nothing is wrong, the system is healthy: no metric left its normal range and nothing fails';
}

function reasonOf(findings: Findings): string {
  const names = [...new Set(wellGauges(findings).map(({ resource }) => RESOURCE_NAMES[resource]))].slice(0, MAX_NAMED);
  const { recoveredAtMs, past } = findings;
  const since = recoveredAtMs === null || past.size === 0 ? '' : ` after ${formatTime(recoveredAtMs, { timeZone: 'UTC' })} UTC`;
  const nothing = `no errors, slow operations or new messages were found${since}`;
  return names.length === 0
    ? nothing
    : `${nothing}; ${listed(names)} ${names.length === 1 ? 'is' : 'are'} as usual${since === '' ? '' : ' again'}`;
}

function missingOf(findings: Findings): readonly string[] {
  if (findings.alertState !== 'unknown') return [];
  return isAlertedGaugeWell(findings) === true || areWorkloadsWell(findings) ? [] : ['the alerting metric itself, which could not be read'];
}

/** Healthy, recovered, or a false alarm. */
export const allWell: IncidentAnalyser = {
  type: 'healthy',
  look(findings) {
    const explanations = healthy(findings);
    const [best] = explanations;
    const troubles = troublesOf(findings);
    const isWell = best !== undefined && troubles.length === 0;
    const reason = 'Something is wrong, or was since the incident began.';
    return {
      explanations,
      check: {
        isInteresting: isWell,
        summary: isWell
          ? `${best.title}.`
          : troubles.length > 0
            ? 'Something is wrong, or was since the incident began.'
            : 'Whether it is over cannot be told from what was read.',
        evidence: (isWell ? best.evidenceFor : troubles).slice(0, 6),
        unchecked: best?.missing ?? [],
      },
      ruledOut: troubles.length > 0 ? [{ type: 'healthy', service: findings.alerting, reason, evidence: troubles.slice(0, 4) }] : [],
    };
  },
};
