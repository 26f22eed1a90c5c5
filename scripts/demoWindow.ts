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
  if (!isCodeInstalled()) return openInBrowser(options);
  await openInstalled(options);
  return ended(options.signal);
}

/** A workbench that a person opens in a browser, until called off. */
export async function openInBrowser(options: WindowOptions): Promise<void> {
  const { workspace, projectRoot, signal, say } = options;
  const workbench = await startWorkbench({
    workspace,
    extensionDir: null,
    otherExtensionDirs: [projectRoot],
    isForPeople: true,
    ...surroundings(options),
  });
  try {
    say(`Open VS Code in a browser: ${workbench.url}`);
    say(WHAT_NOW);
    await ended(signal);
  } finally {
    await workbench.close();
  }
}

const WHAT_NOW =
  'There, click AIDog (the dog) at the left edge, then the alert; or press F1 and run "AIDog: Investigate Incident…". Ctrl-C here ends the demo.';

const surroundings = ({ baseUrl, keys }: WindowOptions) => ({
  settings: { 'aidog.datadog.baseUrl': baseUrl },
  env: { DD_API_KEY: keys.apiKey, DD_APP_KEY: keys.appKey },
});

const CODE = process.platform === 'win32' ? 'code.cmd' : 'code';
const isShell = process.platform === 'win32';

function isCodeInstalled(): boolean {
  return spawnSync(CODE, ['--version'], { stdio: 'ignore', shell: isShell }).status === 0;
}

/** A profile of its own, so that neither settings nor extensions of the user's come in. */
async function openInstalled(options: WindowOptions): Promise<void> {
  const { workspace, projectRoot, say } = options;
  const { settings, env } = surroundings(options);
  const dataDir = path.join(path.dirname(workspace), 'vscode');
  await mkdir(path.join(dataDir, 'User'), { recursive: true });
  await writeFile(path.join(dataDir, 'User', 'settings.json'), JSON.stringify(settings));
  const args = ['--user-data-dir', dataDir, '--disable-extensions', `--extensionDevelopmentPath=${projectRoot}`, workspace];
  spawn(CODE, args, { env: { ...process.env, ...env }, stdio: 'ignore', shell: isShell, detached: true }).unref();
  say(`VS Code opens on ${workspace}.`);
  say(WHAT_NOW);
}

async function ended(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
