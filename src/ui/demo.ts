import * as vscode from 'vscode';
import type { EngineClient } from './engineClient';
import type { RunRequest } from './investigations';
import { forLabel } from './plainText';

export interface DemoOptions {
  readonly engine: EngineClient;
  /** The extension's media folder. */
  readonly mediaDir: string;
  /** Where the demo shop's repository is built. */
  readonly demoDir: string;
}

type Recording = { readonly id: string; readonly title: string; readonly dir: string };
type Row = vscode.QuickPickItem & { readonly recording: Recording };

/**
 * What to investigate of the incidents that ship with AIDog; no account and no network needed. `id` chooses without asking;
 * null when none was chosen.
 */
export async function chooseDemo({ engine, mediaDir, demoDir }: DemoOptions, id: string | null): Promise<RunRequest | null> {
  const prepared = engine.request('prepareDemo', { mediaDir, dir: demoDir });
  const recording = id === null ? await pickRecording(prepared.then(({ recordings }) => recordings)) : await named(prepared, id);
  if (!recording) return null;
  const { repository } = await prepared;
  return { target: { kind: 'recording', dir: recording.dir }, subject: recording.title, repositories: [repository], link: null };
}

async function named(prepared: Promise<{ recordings: Recording[] }>, id: string): Promise<Recording | null> {
  return (await prepared).recordings.find((recording) => recording.id === id) ?? null;
}

/** The list opens at once and shows that it is busy until the demo is ready. */
async function pickRecording(recordings: Promise<Recording[]>): Promise<Recording | null> {
  const rows = recordings.then((found): Row[] => found.map((recording) => ({ label: forLabel(recording.title), recording })));
  const close = new vscode.CancellationTokenSource();
  rows.catch(() => close.cancel());
  const options = { title: vscode.l10n.t('Try the Demo Incident'), placeHolder: vscode.l10n.t('Choose an incident of the demo shop') };
  const chosen = await vscode.window.showQuickPick(rows, options, close.token).then(undefined, () => undefined);
  close.dispose();
  await rows;
  return chosen?.recording ?? null;
}
