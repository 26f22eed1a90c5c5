import path from 'node:path';
import * as vscode from 'vscode';
import { readRecording } from '../../src/recording/readRecording';
import { apiRoutes } from '../../src/sandbox/api/apiRoutes';
import { loadRecording } from '../../src/sandbox/loadRecording';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';
import { demoRecording } from './extension';

const keys = { DD_API_KEY: 'host-api-key', DD_APP_KEY: 'host-app-key' };
const addressSetting = 'aidog.datadog.baseUrl';
const writeAddress = (address: string | undefined) =>
  vscode.workspace.getConfiguration().update(addressSetting, address, vscode.ConfigurationTarget.Global);

/** An account whose shop has had the first demo incident in the last half hour, known to this window until it is closed. */
export async function openAccount(): Promise<{ close(): Promise<void> }> {
  const recording = await readRecording(demoRecording('throwing-path'));
  const retention = { maxAgeMs: Number.POSITIVE_INFINITY };
  const sandbox: Sandbox = await startSandbox({ routes: apiRoutes, retention, apiKey: keys.DD_API_KEY, appKey: keys.DD_APP_KEY });
  loadRecording(sandbox.store, recording, { shiftMs: Date.now() - recording.nowMs });
  Object.assign(process.env, keys);
  await writeAddress(sandbox.url);
  return {
    async close() {
      for (const name of Object.keys(keys)) delete process.env[name];
      await writeAddress(undefined);
      await sandbox.close();
    },
  };
}

/** A file of the folder that the window has open. */
export function workspaceFile(file: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open.');
  return vscode.Uri.file(path.join(folder.uri.fsPath, file));
}
