import type { AnomalyHint } from '../incidentTree';
import type { SurveyState } from './surveys';

/** The anomalies that go on by the last survey, with the services that have them. */
export function anomalyHint({ report }: SurveyState): AnomalyHint {
  const open = report?.anomalies.filter(({ endedMs }) => endedMs === null) ?? [];
  return { count: open.length, services: [...new Set(open.map(({ service }) => service))] };
}
