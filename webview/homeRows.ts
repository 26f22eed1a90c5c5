import type { ServiceAnomaly, ServiceState, SurveyedService } from '../src/domain/survey';
import type { HomeAlert, HomeSnapshot } from '../src/protocol/homeApi';

/** A service with what its open alerts add. */
export interface ServiceRow extends Omit<SurveyedService, 'state'> {
  readonly state: ServiceState | 'alerting';
}

/** What Home shows for an environment, in the order in which it is shown. */
export interface HomeRows {
  readonly alerts: readonly HomeAlert[];
  readonly ongoing: readonly ServiceAnomaly[];
  readonly over: readonly ServiceAnomaly[];
  readonly services: readonly ServiceRow[];
}

/** Everything of one environment, or of all for null; alerts that name none are of every environment. */
export function homeRows({ alerts, survey }: HomeSnapshot, env: string | null): HomeRows {
  const isOf = (one: { readonly env: string | null }) => env === null || one.env === env;
  const shownAlerts = alerts.items.filter((alert) => alert.env === null || isOf(alert));
  const alerting = shownAlerts.filter(({ state }) => state === 'Alert');
  const hasAlert = (row: SurveyedService) =>
    alerting.some((alert) => alert.service === row.service && (alert.env === null || alert.env === row.env));
  const services = (survey.report?.services ?? []).filter(isOf);
  const anomalies = (survey.report?.anomalies ?? []).filter(isOf);
  return {
    alerts: shownAlerts,
    ongoing: anomalies.filter(({ endedMs }) => endedMs === null),
    over: anomalies.filter(({ endedMs }) => endedMs !== null),
    services: [
      ...services.filter(hasAlert).map((row): ServiceRow => ({ ...row, state: 'alerting' })),
      ...services.filter((row) => !hasAlert(row)),
    ],
  };
}

/** The environments that can be chosen; empty when there is no choice. */
export function choosableEnvs({ survey }: HomeSnapshot): readonly string[] {
  const envs = survey.report?.envs ?? [];
  return envs.length > 1 ? envs : [];
}

const TROUBLED: readonly ServiceRow['state'][] = ['alerting', 'failing', 'silent', 'degraded'];

export const isTroubled = ({ state }: ServiceRow) => TROUBLED.includes(state);
