import * as vscode from 'vscode';
import type { Owner } from '../domain/disposal';
import type { Clock, Log } from '../domain/ports';
import { commandIds } from './commands';
import { type ContextKeys, createContextKeys } from './contextKeys';
import { createEngineClient, type EngineClient, startEngineWorker } from './engineClient';
import { followFiles } from './fileChanges';
import { createLog, createRedactor, type Redactor } from './log';
import { watchModelFile } from './modelFile';
import { createModelHost, type ModelHost } from './models/modelHost';
import { createReport, type Report } from './report';
import { type Credentials, createCredentials } from './secrets';
import { readForecastSettings, readRole } from './settings';

/** What everything else stands on: log, messages, keys, the engine, and the extension's folders. */
export interface Foundation {
  readonly clock: Clock;
  readonly log: Log;
  readonly showLog: () => void;
  readonly redactor: Redactor;
  readonly report: Report;
  readonly credentials: Credentials;
  readonly engine: EngineClient;
  readonly modelKeys: ModelHost['modelKeys'];
  readonly modelPermissions: ModelHost['modelPermissions'];
  readonly contextKeys: ContextKeys;
  /** The extension's media folder. */
  readonly mediaDir: string;
  /** A folder of AIDog's own that outlives the window. */
  readonly storageDir: (name: string) => string;
}

export function createFoundation(context: vscode.ExtensionContext, own: Owner['own']): Foundation {
  const pathOf = (base: vscode.Uri, ...names: string[]) => vscode.Uri.joinPath(base, ...names).fsPath;
  const channel = own(vscode.window.createOutputChannel('AIDog', { log: true }));
  const showLog = () => channel.show(true);
  const redactor = createRedactor();
  const log = createLog(channel, redactor);
  const report = createReport(log, showLog);
  const credentials = own(createCredentials(context.secrets, process.env, redactor));
  const modelHost = createModelHost(context, redactor, () => vscode.commands.executeCommand(commandIds.previewPrompt));
  const storageDir = (name: string) => pathOf(context.globalStorageUri, name);
  const memory = () => ({ dir: storageDir('memory'), runbooksDir: storageDir('runbooks'), role: readRole() });
  const start = () => startEngineWorker(pathOf(context.extensionUri, 'dist', 'engine.js'), log);
  const engine = own(
    createEngineClient({
      start,
      connection: credentials.connection,
      forecast: readForecastSettings,
      ...modelHost,
      memory,
      log,
      onCrash: report.problem,
    }),
  );
  own(followFiles(engine));
  own(watchModelFile(report));
  return {
    clock: { nowMs: () => Date.now() },
    log,
    showLog,
    redactor,
    report,
    credentials,
    engine,
    modelKeys: modelHost.modelKeys,
    modelPermissions: modelHost.modelPermissions,
    contextKeys: createContextKeys(),
    mediaDir: pathOf(context.extensionUri, 'media'),
    storageDir,
  };
}
