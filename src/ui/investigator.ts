import * as vscode from 'vscode';
import type { Clock } from '../domain/ports';
import type { OpenIncident } from '../protocol/engineApi';
import type { InvestigationTarget } from '../protocol/investigationTarget';
import { commandIds } from './commands';
import { chooseDemo } from './demo';
import type { EngineClient } from './engineClient';
import type { Incidents } from './incidents';
import type { Investigations, Run, RunRequest } from './investigations';
import type { Panel } from './panel';
import { pickIncident } from './pickIncident';
import type { Report } from './report';
import { foldersOf, workspaceRoots } from './roots';
import { parseMonitorReference } from './sites';

export interface InvestigatorOptions {
  /** The extension's media folder. */
  readonly mediaDir: string;
  /** Where the demo shop's repository is built. */
  readonly demoDir: string;
  readonly engine: EngineClient;
  readonly incidents: Incidents;
  readonly investigations: Investigations;
  readonly panel: Pick<Panel, 'show'>;
  readonly report: Report;
  readonly clock: Clock;
  readonly configure: () => Promise<void>;
}

/** The ways in: each chooses what to investigate, shows the panel at once and starts the run. */
export interface Investigator {
  begin(request: RunRequest): Run;
  /** Begins the same anew, with the folders that may be read by now. */
  again(run: RunRequest): Run;
  incident(incident: OpenIncident): Run;
  target(target: InvestigationTarget): Run;
  chooseIncident(): Promise<void>;
  chooseMonitor(): Promise<void>;
  demo(id: string | null): Promise<void>;
}

export function createInvestigator(options: InvestigatorOptions): Investigator {
  const { mediaDir, demoDir, engine, incidents, investigations, panel, report, clock, configure } = options;
  const begin = (request: RunRequest) => {
    const run = investigations.start(request);
    panel.show();
    return run;
  };
  const target = (of: InvestigationTarget) => begin({ target: of, subject: subjectOf(of), repositories: workspaceRoots(), link: null });
  const incident = ({ title, monitor, link }: OpenIncident) =>
    begin({ target: { kind: 'monitor', id: monitor.id }, subject: title, repositories: workspaceRoots(), link });
  const demo = async (id: string | null) => {
    const request = await chooseDemo({ engine, mediaDir, demoDir }, id);
    if (request) begin(request);
    else if (id !== null) report.refuse(vscode.l10n.t('There is no demo incident of this name.'));
  };
  const chooseMonitor = async () => {
    const input = await vscode.window.showInputBox({
      title: vscode.l10n.t('Investigate Monitor'),
      prompt: vscode.l10n.t('Number of the monitor, or the address of its page in Datadog'),
      placeHolder: '12345678',
      validateInput: (value) =>
        value === '' || parseMonitorReference(value) !== null
          ? null
          : vscode.l10n.t('Enter a number, or an address such as https://app.datadoghq.com/monitors/12345678.'),
    });
    const id = input === undefined ? null : parseMonitorReference(input);
    if (id !== null) target({ kind: 'monitor', id });
  };
  return {
    begin,
    again: (run) => begin({ ...run, repositories: foldersOf(run, mediaDir) }),
    incident,
    target,
    demo,
    async chooseIncident() {
      const choice = await pickIncident(incidents, clock);
      if (choice === 'configure') await configure();
      else if (choice === 'demo') await demo(null);
      else if (choice === 'monitor') await chooseMonitor();
      else if (choice === 'doctor') await vscode.commands.executeCommand(commandIds.doctor);
      else if (choice) incident(choice.incident);
    },
    chooseMonitor,
  };
}

function subjectOf(target: InvestigationTarget): string {
  if (target.kind === 'monitor') return vscode.l10n.t('Monitor {0}', target.id);
  if (target.kind === 'service') return vscode.l10n.t('Service {0}', target.service);
  return vscode.l10n.t('Recording {0}', target.dir);
}
