import * as vscode from 'vscode';
import { Owner } from '../domain/disposal';
import type { Clock } from '../domain/ports';
import type { InvestigationTarget } from '../protocol/engineApi';
import type { PanelSnapshot } from '../protocol/snapshot';
import { createActions, offendingHypothesis } from './actions';
import { HitLenses } from './codeLens';
import { registerCommands } from './commands';
import { createCommitViewer, createGitReader } from './commitDocument';
import { configureDatadog } from './configureDatadog';
import { type ContextKeys, createContextKeys } from './contextKeys';
import { createEngineClient, startEngineWorker } from './engineClient';
import { Incidents } from './incidents';
import { createIncidentView } from './incidentView';
import { Investigations, type Run } from './investigations';
import { createInvestigator } from './investigator';
import { createLastRun, type LastRun } from './lastRun';
import { isWebPage } from './links';
import { createLog, createRedactor } from './log';
import { createLocationOpener } from './openLocation';
import { Panel, panelViewType } from './panel';
import { createPanelHandlers } from './panelHandlers';
import { createReport } from './report';
import { foldersOf, workspaceRoots } from './roots';
import { createCredentials } from './secrets';
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
  const { extensionUri, globalStorageUri } = context;
  const pathOf = (base: vscode.Uri, ...names: string[]) => vscode.Uri.joinPath(base, ...names).fsPath;
  const owner = new Owner();
  const { own } = owner;
  const clock: Clock = { nowMs: () => Date.now() };

  const channel = own(vscode.window.createOutputChannel('AIDog', { log: true }));
  const showLog = () => channel.show(true);
  const redactor = createRedactor();
  const log = createLog(channel, redactor);
  const report = createReport(log, showLog);
  const credentials = own(createCredentials(context.secrets, process.env, redactor));
  const { connection } = credentials;

  const start = () => startEngineWorker(pathOf(extensionUri, 'dist', 'engine.js'), log);
  const engine = own(createEngineClient({ start, connection, log, onCrash: report.problem }));
  const incidents = own(new Incidents({ engine, connection, env: () => readSettings().env }));
  const investigations = own(new Investigations(engine, clock, log));
  const shown = own(new ShownRun(investigations));

  const mediaDir = pathOf(extensionUri, 'media');
  const demoDir = pathOf(globalStorageUri, 'demo');
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
  });
  const panel = own(new Panel({ extensionUri, handlers, log, snapshot: () => shown.run?.snapshot ?? null }));

  const contextKeys = createContextKeys();
  const view = own(createIncidentView({ incidents, investigations, contextKeys, clock }));
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
  own(registerCommands(actions, report));

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
