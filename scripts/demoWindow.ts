import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startWorkbench } from './workbench';

export interface WindowOptions {
  readonly projectRoot: string;
  readonly workspace: string;
  /** The sandbox. */
  readonly baseUrl: string;
  readonly keys: { readonly apiKey: string; readonly appKey: string };
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Opens VS Code with AIDog on the shop, the installed one or else a workbench for the browser, and waits to be called off. */
export async function openWindow(options: WindowOptions): Promise<void> {
  const { signal, baseUrl, keys, say } = options;
  const settings = { 'aidog.datadog.baseUrl': baseUrl };
  const env = { DD_API_KEY: keys.apiKey, DD_APP_KEY: keys.appKey };
  say('In VS Code, run "AIDog: Investigate Incident…" from the command palette. Ctrl-C here ends the demo.');
  if (isCodeInstalled()) {
    await openInstalled(options, settings, env);
    return ended(signal);
  }
  const workbench = await startWorkbench({ workspace: options.workspace, extensionDir: options.projectRoot, settings, env });
  try {
    say(`VS Code is at ${workbench.url}`);
    await ended(signal);
  } finally {
    await workbench.close();
  }
}

const CODE = process.platform === 'win32' ? 'code.cmd' : 'code';
const isShell = process.platform === 'win32';

function isCodeInstalled(): boolean {
  return spawnSync(CODE, ['--version'], { stdio: 'ignore', shell: isShell }).status === 0;
}

/** A profile of its own, so that neither settings nor extensions of the user's come in. */
async function openInstalled(
  { workspace, projectRoot, say }: WindowOptions,
  settings: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const dataDir = path.join(path.dirname(workspace), 'vscode');
  await mkdir(path.join(dataDir, 'User'), { recursive: true });
  await writeFile(path.join(dataDir, 'User', 'settings.json'), JSON.stringify(settings));
  const args = ['--user-data-dir', dataDir, '--disable-extensions', `--extensionDevelopmentPath=${projectRoot}`, workspace];
  spawn(CODE, args, { env: { ...process.env, ...env }, stdio: 'ignore', shell: isShell, detached: true }).unref();
  say(`VS Code opens on ${workspace}.`);
}

async function ended(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
