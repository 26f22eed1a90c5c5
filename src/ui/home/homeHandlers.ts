import * as vscode from 'vscode';
import type { OpenIncident } from '../../protocol/engineApi';
import type { Incidents } from '../incidents';
import type { Investigator } from '../investigator';
import { openWebPage } from '../links';
import type { Report } from '../report';
import type { HomeHandlers } from './homePanel';
import type { Surveys } from './surveys';

export interface HomeHandlerOptions {
  readonly incidents: Pick<Incidents, 'state' | 'refresh'>;
  readonly surveys: Pick<Surveys, 'state' | 'refresh' | 'cancel'>;
  readonly investigator: Pick<Investigator, 'incident' | 'target' | 'demo'>;
  readonly report: Report;
  readonly configure: () => Promise<void>;
  readonly doctor: () => Promise<void>;
  readonly showLog: () => void;
}

/** What the page may have done. It sends ids; what they stand for is looked up in what is shown. */
export function createHomeHandlers(options: HomeHandlerOptions): HomeHandlers {
  const { incidents, surveys, investigator, report } = options;
  const attempt = (work: () => Promise<unknown>) => void work().catch((error: unknown) => report.problem(error));
  const withAlert = (key: string, work: (incident: OpenIncident) => unknown) => {
    const found = incidents.state.items.find((incident) => incident.key === key);
    if (found) work(found);
  };
  const anomaly = (id: string) => surveys.state.report?.anomalies.find((known) => known.id === id);
  const service = (id: string) => surveys.state.report?.services.find((known) => known.id === id);
  const open = (link: string | null | undefined) =>
    attempt(async () => {
      if (!(await openWebPage(link))) report.refuse(vscode.l10n.t('There is no page in Datadog for this.'));
    });
  return {
    refresh: () => attempt(() => Promise.all([incidents.refresh(), surveys.refresh()])),
    cancel: () => surveys.cancel(),
    investigateAlert: ({ id }) => withAlert(id, (incident) => investigator.incident(incident)),
    openAlert: ({ id }) => withAlert(id, ({ link }) => open(link)),
    investigateService({ id }) {
      const found = service(id) ?? anomaly(id);
      if (found) investigator.target({ kind: 'service', service: found.service, env: found.env });
    },
    openService: ({ id }) => open(service(id)?.link),
    openAnomaly: ({ id }) => open(anomaly(id)?.link),
    copyQuery({ id }) {
      const query = anomaly(id)?.query;
      if (query !== undefined) attempt(async () => vscode.env.clipboard.writeText(query));
    },
    configure: () => attempt(options.configure),
    tryDemo: () => attempt(() => investigator.demo(null)),
    doctor: () => attempt(options.doctor),
    showLog: options.showLog,
  };
}
