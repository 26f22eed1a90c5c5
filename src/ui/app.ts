import * as vscode from 'vscode';
import { Owner } from '../domain/disposal';
import type { InvestigationTarget } from '../protocol/engineApi';
import type { PanelSnapshot } from '../protocol/snapshot';
import { createActions, offendingHypothesis } from './actions';
import { HitLenses } from './codeLens';
import { idOf } from './commandArguments';
import { registerCommands } from './commands';
import { createCommitViewer, createGitReader } from './commitDocument';
import { configureDatadog } from './configureDatadog';
import type { ContextKeys } from './contextKeys';
import { createFixFeature } from './fix/fixCommands';
import { fixChoices } from './fix/fixReason';
import { createFoundation } from './foundation';
import { Incidents } from './incidents';
import { createIncidentView } from './incidentView';
import { Investigations, type Run } from './investigations';
import { createInvestigator } from './investigator';
import { createLastRun, type LastRun } from './lastRun';
import { isWebPage } from './links';
import { createLocationOpener } from './openLocation';
import { Panel, panelViewType } from './panel';
import { createPanelHandlers } from './panelHandlers';
import { foldersOf, workspaceRoots } from './roots';
import { readSettings } from './settings';
import { ShownRun } from './shownRun';
import { createStatusBar } from './statusBar';

/** What other extensions may use. */
export interface AidogApi {
  /** Investigates with the panel in view; resolves with all that is known when the run has ended, however it ended. */
  investigate(target: InvestigationTarget): Promise<PanelSnapshot>;
  /** The investigation that the panel shows, or null before the first. */
  lastSnapshot(): PanelSnapshot | null;
}

export interface App extends vscode.Disposable {
  readonly api: AidogApi;
}

/** Builds everything, in the order in which things need each other. Starts no thread, asks no network, reads no file. */
export function createApp(context: vscode.ExtensionContext): App {
  const { extensionUri } = context;
  const owner = new Owner();
  const { own } = owner;
  const foundation = createFoundation(context, own);
  const { clock, log, showLog, redactor, report, credentials, engine, contextKeys, mediaDir } = foundation;
  const { connection } = credentials;
  const incidents = own(new Incidents({ engine, connection, env: () => readSettings().env }));
  const investigations = own(new Investigations(engine, clock, log));
  const shown = own(new ShownRun(investigations));

  const demoDir = foundation.storageDir('demo');
  const opener = own(createLocationOpener({ report, knownRoots: () => [...workspaceRoots(), demoDir] }));
  const commits = own(createCommitViewer(createGitReader(log), report));
  const handlers = createPanelHandlers({
    shown: () => shown.run,
    opener,
    commits,
    foldersOf: (run) => foldersOf(run, mediaDir),
    report,
    investigations,
    showLog,
    draftFix: (run, hypothesisId) => fix.draft(run, hypothesisId),
  });
  const panel = own(new Panel({ extensionUri, handlers, log, snapshot: () => shown.run?.snapshot ?? null }));

  const view = own(createIncidentView({ incidents, investigations, contextKeys, clock }));
  const fix = own(
    createFixFeature({
      ...foundation,
      secrets: context.secrets,
      memento: context.workspaceState,
      worktreesDir: foundation.storageDir('fixes'),
      foldersOf: (run) => foldersOf(run, mediaDir),
      runOf: (argument) => investigations.get(idOf(argument) ?? '') ?? shown.run,
    }),
  );
  own(createStatusBar(incidents, investigations));
  own(vscode.languages.registerCodeLensProvider({ scheme: 'file' }, own(new HitLenses(shown, log))));

  const configure = () => configureDatadog({ credentials, engine, report });
  const investigator = createInvestigator({ mediaDir, demoDir, engine, incidents, investigations, panel, report, clock, configure });
  const show = (run: Run) => {
    shown.select(run);
    panel.show();
  };
  const actions = createActions({
    investigations,
    investigator,
    view,
    opener,
    report,
    shown: () => shown.run,
    show,
    panel,
    configure,
    showLog,
  });
  own(registerCommands({ ...actions, ...fix.commands }, report));

  const lastRun = createLastRun(context.workspaceState, redactor);
  own(shown.onDidChange(() => panel.update()));
  own(shown.onDidChange((run) => showContext(contextKeys, run)));
  own(investigations.onDidChange(saveOnStatus(lastRun, report.problem)));
  own(vscode.window.registerWebviewPanelSerializer(panelViewType, createRestorer(lastRun, investigations, panel)));
  own(credentials.onDidChange(() => void view.restart()));
  own(vscode.workspace.onDidChangeConfiguration((event) => concernsDatadog(event) && void view.restart()));

  const investigate = async (target: InvestigationTarget) => (await investigations.ended(investigator.target(target))).snapshot;
  return { api: { investigate, lastSnapshot: () => shown.run?.snapshot ?? null }, dispose: () => owner.dispose() };
}

function concernsDatadog(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration('aidog.datadog') || event.affectsConfiguration('aidog.incidents');
}

function showContext(contextKeys: ContextKeys, run: Run): void {
  contextKeys.set('aidog.hasInvestigation', true);
  contextKeys.set('aidog.isRunning', run.snapshot.status === 'running');
  contextKeys.set('aidog.hasOffendingFile', offendingHypothesis(run) !== null);
  contextKeys.set('aidog.hasLink', isWebPage(run.link));
  contextKeys.set('aidog.canDraftFix', fixChoices(run, null).length > 0);
}

/** Saves a run when it begins and when it ends. */
function saveOnStatus(lastRun: LastRun, onProblem: (error: unknown) => void): (run: Run) => void {
  let saved = '';
  return (run) => {
    const state = `${run.snapshot.runId} ${run.snapshot.status}`;
    if (state === saved) return;
    saved = state;
    lastRun.save(run).catch(onProblem);
  };
}

/** Brings the panel back after a reload of the window, with what it showed. */
function createRestorer(lastRun: LastRun, investigations: Investigations, panel: Panel): vscode.WebviewPanelSerializer {
  return {
    async deserializeWebviewPanel(webviewPanel) {
      const run = lastRun.load(vscode.l10n.t('The window was reloaded while this investigation ran. Run it again.'));
      if (run && !investigations.latest) investigations.restore(run);
      panel.adopt(webviewPanel);
    },
  };
}
