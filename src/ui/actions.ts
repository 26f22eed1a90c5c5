import * as vscode from 'vscode';
import type { PanelTab } from '../protocol/panelApi';
import { idOf, incidentOf, lensTargetOf } from './commandArguments';
import type { CommandHandlers } from './commands';
import { copyReport } from './copyReport';
import type { FixCommandHandlers } from './fix/fixCommands';
import type { IncidentView } from './incidentView';
import type { Investigations, Run } from './investigations';
import type { Investigator } from './investigator';
import { openWebPage } from './links';
import type { MemoryFeature } from './memory/memoryFeature';
import type { ModelCommandHandlers } from './models/modelFeature';
import { type LocationOpener, pathOf } from './openLocation';
import type { Panel } from './panel';
import type { Report } from './report';
import type { RunbookCommandHandlers } from './runbooks/runbookFeature';
import type { StackCommandHandlers } from './stack/stackCommands';

export interface ActionOptions {
  readonly investigations: Investigations;
  readonly investigator: Investigator;
  readonly view: Pick<IncidentView, 'refresh'>;
  readonly opener: LocationOpener;
  readonly report: Report;
  /** The run that the panel shows. */
  readonly shown: () => Run | null;
  /** Shows a run in the panel. */
  readonly show: (run: Run) => void;
  readonly panel: Pick<Panel, 'reveal'>;
  readonly configure: () => Promise<void>;
  /** Says why nothing is shown, and how to mend it. */
  readonly doctor: () => Promise<void>;
  readonly showLog: () => void;
  readonly showHotPaths: () => Promise<void>;
  readonly openHome: () => void;
}

/** What each command does. Arguments come from menus, lenses or strangers; what is none of ours is ignored. */
export function createActions(
  options: ActionOptions,
): Omit<
  CommandHandlers,
  | keyof FixCommandHandlers
  | keyof StackCommandHandlers
  | keyof ModelCommandHandlers
  | keyof RunbookCommandHandlers
  | keyof MemoryFeature['commands']
> {
  const { investigations, investigator, report, opener, show } = options;
  const runOf = (argument: unknown) => investigations.get(idOf(argument) ?? '') ?? options.shown();
  const withRun = (work: (run: Run, argument: unknown) => Promise<unknown> | unknown) => async (argument: unknown) => {
    const run = runOf(argument);
    if (run) await work(run, argument);
    else
      report.refuse(
        vscode.l10n.t('Nothing has been investigated yet. Run "AIDog: Try the Demo Incident" or "AIDog: Investigate Incident…".'),
      );
  };
  return {
    async investigateIncident(argument) {
      const incident = incidentOf(argument);
      if (incident) investigator.incident(incident);
      else await investigator.chooseIncident();
    },
    investigateMonitor: () => investigator.chooseMonitor(),
    tryDemo: (argument) => investigator.demo(typeof argument === 'string' ? argument : null),
    openOffendingFile: withRun((run) => openOffendingFile(run, opener)),
    showInvestigation: withRun((run) => show(run)),
    showEvidence: withRun((run, argument) => {
      const { tab, id } = placeOfFile(run, lensTargetOf(argument));
      show(run);
      options.panel.reveal(tab, id);
    }),
    cancel: withRun(({ snapshot }) =>
      snapshot.status === 'running' ? investigations.cancel(snapshot.runId) : report.refuse(vscode.l10n.t('No investigation is running.')),
    ),
    runAgain: withRun((run) => investigator.again(run)),
    copyReport: withRun((run) => copyReport(run)),
    openHome: () => options.openHome(),
    refresh: () => options.view.refresh(),
    async openInDatadog(argument) {
      const link = incidentOf(argument)?.link ?? runOf(argument)?.link;
      if (!(await openWebPage(link))) report.refuse(vscode.l10n.t('There is no page in Datadog for this.'));
    },
    refreshHotPaths: options.showHotPaths,
    configureDatadog: options.configure,
    doctor: options.doctor,
    showLog: options.showLog,
  };
}

/** The place of the best hypothesis that has one; one that lies in the workspace comes first. */
export function offendingHypothesis({ snapshot }: Run) {
  const hypotheses = snapshot.found.hypotheses ?? [];
  return hypotheses.find(({ workspace }) => workspace !== null) ?? hypotheses.find(({ location }) => location !== null) ?? null;
}

async function openOffendingFile(run: Run, opener: LocationOpener): Promise<void> {
  const found = offendingHypothesis(run);
  await opener.open(found?.workspace ?? null, found?.location ? `${found.location.file}:${found.location.line}` : null);
}

/** What the panel should show for a file: the hypothesis about it, else the evidence whose stack runs through it. */
function placeOfFile({ snapshot }: Run, file: string | null): { readonly tab: PanelTab; readonly id: string | null } {
  const { hypotheses = [], evidence = [] } = snapshot.found;
  const hypothesis = hypotheses.find(({ workspace }) => workspace && pathOf(workspace) === file);
  if (hypothesis) return { tab: 'hypotheses', id: hypothesis.id };
  const seen = evidence.find(({ stack }) =>
    stack?.some(({ frames }) => frames.some(({ workspace }) => workspace && pathOf(workspace) === file)),
  );
  return { tab: 'evidence', id: seen?.id ?? null };
}
