import * as vscode from 'vscode';
import { Owner } from '../domain/disposal';
import type { InvestigationTarget } from '../protocol/investigationTarget';
import type { PanelSnapshot } from '../protocol/snapshot';
import { createActions, offendingHypothesis } from './actions';
import { idOf } from './commandArguments';
import { commandIds, registerCommands } from './commands';
import { createCommitViewer, createGitReader } from './commitDocument';
import { configureDatadog } from './configureDatadog';
import type { ContextKeys } from './contextKeys';
import { createDeepLinks } from './deepLinks';
import { runDoctor } from './doctor/doctor';
import { createEditorFeatures } from './editor/editorFeatures';
import { createFixFeature } from './fix/fixCommands';
import { fixChoices } from './fix/fixReason';
import { createForecastWatch } from './forecastWatch';
import { createFoundation, type Foundation } from './foundation';
import { anomalyHint } from './home/anomalyHint';
import { createHomeFeature, type HomeFeature } from './home/homeFeature';
import { Surveys } from './home/surveys';
import { Incidents } from './incidents';
import { createIncidentView } from './incidentView';
import { Investigations, type Run } from './investigations';
import { createInvestigator } from './investigator';
import { createLastRun, type LastRun } from './lastRun';
import { isWebPage } from './links';
import { createMemoryFeature } from './memory/memoryFeature';
import { createModelFeature } from './models/modelFeature';
import { createLocationOpener } from './openLocation';
import { Panel, panelViewType } from './panel';
import { createPanelHandlers } from './panelHandlers';
import type { Report } from './report';
import { foldersOf, workspaceRoots } from './roots';
import { createRunbookFeature } from './runbooks/runbookFeature';
import type { Credentials } from './secrets';
import { readSettings } from './settings';
import { ShownRun } from './shownRun';
import { createStackFeature } from './stack/stackCommands';
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
  const owner = new Owner();
  const { own } = owner;
  const foundation = createFoundation(context, own);
  const { clock, log, showLog, redactor, report, credentials, engine, contextKeys, mediaDir } = foundation;
  const incidents = own(new Incidents({ engine, connection: credentials.connection, env: () => readSettings().env }));
  const runbooksDir = foundation.storageDir('runbooks');
  const investigations = own(new Investigations(engine, clock, log));
  const shown = own(new ShownRun(investigations));

  const demoDir = foundation.storageDir('demo');
  const opener = own(createLocationOpener({ report, knownRoots: () => [...workspaceRoots(), demoDir, mediaDir, runbooksDir] }));
  const commits = own(createCommitViewer(createGitReader(log), report));
  const watch = own(createForecastWatch({ engine, shown: () => shown.run, keep: investigations.keepActuals, clock, log }));
  const runOf = (argument: unknown) => investigations.get(idOf(argument) ?? '') ?? shown.run;
  const memory = createMemoryFeature({ engine, investigations, clock, report, mediaDir, runOf });
  const handlers = createPanelHandlers({
    memory,
    shown: () => shown.run,
    opener,
    commits,
    foldersOf: (run) => foldersOf(run, mediaDir),
    report,
    investigations,
    showLog,
    draftFix: (run, hypothesisId) => fix.draft(run, hypothesisId),
    watchForecast: (id) => watch.watch(id),
    mediaDir,
    showLastPrompt: async () => vscode.commands.executeCommand(commandIds.showLastPrompt),
  });
  const hooks = { snapshot: () => shown.run?.snapshot ?? null, onHidden: () => watch.watch(null) };
  const panel = own(new Panel({ extensionUri: context.extensionUri, handlers, log, ...hooks }));

  const surveys = own(new Surveys({ engine, connection: credentials.connection, env: () => readSettings().env, clock }));
  const view = own(createIncidentView({ incidents, investigations, contextKeys, clock, anomalies: anomaliesIn(surveys) }));
  const fix = own(createFix(context, foundation, runOf));
  const editor = own(createEditorFeatures({ shown, incidents, engine, connection: credentials.connection, opener, clock, log }));
  own(createStatusBar(incidents, investigations, editor.marker));

  const stack = own(createStackFeature({ engine, opener, report, log, contextKeys, shown: () => shown.run }));
  const configure = () => configureDatadog({ credentials, engine, report });
  const investigator = createInvestigator({ mediaDir, demoDir, engine, incidents, investigations, panel, report, clock, configure });
  const show = (run: Run) => {
    shown.select(run);
    panel.show();
  };
  const doctor = () => runDoctor({ engine, report, configure });
  const parts = { investigations, investigator, view, opener, report, panel, configure, doctor, showLog };
  const home = own(createHomeFeature({ ...parts, extensionUri: context.extensionUri, log, incidents, surveys, tree: view }));
  const actions = createActions({ ...parts, shown: () => shown.run, show, showHotPaths: editor.showHotPaths, openHome: home.open });
  const { commands } = own(createModelFeature({ ...foundation, shown: () => shown.run }));
  const runbooks = createRunbookFeature({ dir: runbooksDir, report, runOf });
  own(registerCommands({ ...actions, ...fix.commands, ...stack.commands, ...commands, ...memory.commands, ...runbooks }, report));

  own(vscode.window.registerUriHandler(createDeepLinks({ engine, opener, report, investigate: investigator.target })));
  own(shown.onDidChange(() => panel.update()));
  own(shown.onDidChange((run) => showContext(contextKeys, run)));
  own(keepLastRun(createLastRun(context.workspaceState, redactor), investigations, panel, report));
  own(followAccount(credentials, view, editor, home));

  const investigate = async (target: InvestigationTarget) => (await investigations.ended(investigator.target(target))).snapshot;
  return { api: { investigate, lastSnapshot: () => shown.run?.snapshot ?? null }, dispose: () => owner.dispose() };
}

function createFix(context: vscode.ExtensionContext, foundation: Foundation, runOf: (argument: unknown) => Run | null) {
  return createFixFeature({
    ...foundation,
    secrets: context.secrets,
    memento: context.workspaceState,
    worktreesDir: foundation.storageDir('fixes'),
    foldersOf: (run) => foldersOf(run, foundation.mediaDir),
    runOf,
  });
}

const anomaliesIn = (surveys: Surveys) => ({ hint: () => anomalyHint(surveys.state), onDidChange: surveys.onDidChange });

type Restarted = { restart(): Promise<void> };

/** Looks anew after a change of keys or settings. */
function followAccount(
  credentials: Pick<Credentials, 'onDidChange'>,
  view: Restarted,
  editor: Restarted,
  home: HomeFeature,
): vscode.Disposable {
  return vscode.Disposable.from(
    credentials.onDidChange(() => {
      void Promise.all([view.restart(), editor.restart()]);
      home.restart();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('aidog.datadog')) void editor.restart();
      if (event.affectsConfiguration('aidog.datadog')) home.restart();
      if (event.affectsConfiguration('aidog.home')) home.reschedule();
      if (event.affectsConfiguration('aidog.datadog') || event.affectsConfiguration('aidog.incidents')) void view.restart();
    }),
  );
}

function showContext(contextKeys: ContextKeys, run: Run): void {
  contextKeys.set('aidog.hasInvestigation', true);
  contextKeys.set('aidog.isRunning', run.snapshot.status === 'running');
  contextKeys.set('aidog.hasOffendingFile', offendingHypothesis(run) !== null);
  contextKeys.set('aidog.hasLink', isWebPage(run.link));
  contextKeys.set('aidog.canDraftFix', fixChoices(run, null).length > 0);
}

/** Saves the last run, and brings it back after a reload of the window. */
function keepLastRun(lastRun: LastRun, investigations: Investigations, panel: Panel, { problem }: Report): vscode.Disposable {
  return vscode.Disposable.from(
    investigations.onDidChange(saveOnStatus(lastRun, problem)),
    vscode.window.registerWebviewPanelSerializer(panelViewType, createRestorer(lastRun, investigations, panel)),
  );
}

/** Saves a run when it begins, when it ends, and when its forecasts were compared with new values. */
function saveOnStatus(lastRun: LastRun, onProblem: (error: unknown) => void): (run: Run) => void {
  let saved = '';
  return (run) => {
    const { runId, status, actuals = {} } = run.snapshot;
    const newest = Object.values(actuals).map(({ points }) => points.at(-1)?.[0] ?? 0);
    const state = `${runId} ${status} ${newest.join(' ')}`;
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
