import type { Findings } from '../../diagnosis/findings';
import type { Hypothesis } from '../../domain/hypothesis';
import { type IncidentCheck, incidentTypes } from '../../domain/incidentCheck';
import type { Alert } from '../../domain/monitor';
import type { RunbookQuestion } from '../../knowledge/runbookQuestion';
import type { Diagnosed } from '../diagnose';

export interface AskedIncident extends Pick<Diagnosed, 'incident' | 'verdict' | 'hypotheses' | 'culprits'> {
  readonly alert: Alert | null;
  readonly checks?: readonly IncidentCheck[];
  readonly findings: Pick<Findings, 'failures' | 'metrics'>;
}

/** What an alert is called says best what a runbook for it is called. */
const ALERT_WEIGHT = 3;
const CAUSE_WEIGHT = 3;
const SYMPTOM_WEIGHT = 1;
/** Errors and metrics name many things that are not the incident's. */
const DETAIL_WEIGHT = 0.4;
const MAX_TEXT = 300;
const MAX_DETAILS = 3;
const MAX_SERVICES = 3;

const OTHER_NAMES: Readonly<Record<string, string>> = { feature_flag: 'configuration_change' };

/** What is known of an incident, as a question to runbooks: the alert and the best explanation first, details with little weight. */
export function incidentQuestion(incident: AskedIncident): RunbookQuestion {
  const { alert, hypotheses, findings, culprits, incident: envelope } = incident;
  const [best, second] = hypotheses;
  const isClose = best !== undefined && second !== undefined && second.confidence >= 0.7 * best.confidence;
  const part = (text: string | null | undefined, weight: number) => (text ? [{ text: text.slice(0, MAX_TEXT), weight }] : []);
  const details = [
    ...findings.failures.slice(0, MAX_DETAILS).map(({ type, message }) => `${type ?? ''} ${message ?? ''}`),
    ...findings.metrics.slice(0, MAX_DETAILS).map(({ query }) => query.replace(/\{[^}]{0,200}\}/g, ' ')),
  ];
  const services = [envelope.service, best?.service, alert?.service, ...culprits.slice(0, 1).map(({ service }) => service)];
  return {
    parts: [
      ...part(alert?.title, ALERT_WEIGHT),
      ...part(best?.title, CAUSE_WEIGHT),
      ...(isClose ? part(second.title, SYMPTOM_WEIGHT) : []),
      ...part(envelope.primarySymptom, SYMPTOM_WEIGHT),
      ...part(alert?.summary, DETAIL_WEIGHT),
      ...details.flatMap((text) => part(text, DETAIL_WEIGHT)),
    ],
    title: alert?.title.slice(0, MAX_TEXT) ?? null,
    symptom: envelope.primarySymptom.slice(0, MAX_TEXT),
    services: [...new Set(services.filter((service) => service !== null && service !== undefined))].slice(0, MAX_SERVICES),
    types: typesOf(incident, best),
  };
}

/** What is noticed whatever the cause: advice for it is of use until a cause is known. */
const SYMPTOMS: ReadonlySet<string> = new Set(['error_burst_after_deploy', 'latency_regression']);

/** The kind of the best explanation, and of the checks that saw what it rests on. */
function typesOf({ verdict, checks = [], incident }: AskedIncident, best: Hypothesis | undefined): readonly string[] {
  if (verdict === 'healthy') return ['healthy'];
  const cited = new Set(best?.evidenceFor);
  const seen = checks.filter(({ isInteresting, evidence }) => isInteresting && evidence.some((id) => cited.has(id)));
  const known = new Set<string>(incidentTypes);
  const isOpen = verdict === 'code' || verdict === 'inconclusive';
  const named = [best?.kind, incident.type].map((kind) => OTHER_NAMES[kind ?? ''] ?? kind ?? '');
  return [...new Set([...named, ...seen.map(({ type }) => type)])].filter(
    (type) => known.has(type) && type !== 'healthy' && (isOpen || !SYMPTOMS.has(type)),
  );
}
