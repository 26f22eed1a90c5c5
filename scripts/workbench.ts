import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { codeServerMain } from './codeServer';

export interface WorkbenchOptions {
  /** Folder to open. */
  readonly workspace: string;
  /** Folder of an extension under development to load, or null. */
  readonly extensionDir: string | null;
  /** Folders of further extensions to install; a workbench in a browser loads one under development only. */
  readonly otherExtensionDirs?: readonly string[];
  /** No script drives it: notifications pop up, and no extension is loaded as one under development. */
  readonly isForPeople?: boolean;
  /** Packaged extension to install first. */
  readonly vsix?: string;
  /** Module whose `run` is called inside the extension host. */
  readonly extensionTests?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Workbench {
  /** Open this in a browser. */
  readonly url: string;
  /** Where VS Code keeps what belongs to this profile. */
  readonly userDataDir: string;
  close(): Promise<void>;
}

/** Keeps what is not AIDog out of the way. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'git.openRepositoryInParentFolders': 'never',
  'update.mode': 'none',
  // In a browser VS Code saves by itself; edits that are not saved are what several tests are about.
  'files.autoSave': 'off',
};

/** Starts a real VS Code workbench on 127.0.0.1, with a profile of its own that is thrown away on close. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const main = await codeServerMain();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'aidog-workbench-'));
  await mkdir(path.join(dataDir, 'data', 'User'), { recursive: true });
  await writeFile(path.join(dataDir, 'data', 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...options.settings }));
  await installFolders(dataDir, options.otherExtensionDirs ?? []);
  if (options.vsix) await installVsix(main, dataDir, options.vsix);
  const args = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'];
  args.push('--disable-workspace-trust', '--server-data-dir', dataDir, '--telemetry-level', 'off');
  // Without it VS Code takes no extension under development in a browser; with it no notification pops up.
  if (!options.isForPeople) args.push('--enable-smoke-test-driver');
  const server = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const port = await listeningPort(server);
  return {
    url: workbenchUrl(port, options),
    userDataDir: path.join(dataDir, 'data', 'User'),
    async close() {
      const exited = server.exitCode === null ? once(server, 'exit') : null;
      server.kill();
      await exited;
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function workbenchUrl(port: number, options: WorkbenchOptions): string {
  const remote = (dir: string) => `vscode-remote://127.0.0.1:${port}${path.resolve(dir)}`;
  const payload: [string, string][] = [];
  if (options.extensionDir) payload.push(['extensionDevelopmentPath', remote(options.extensionDir)]);
  if (options.extensionTests) payload.push(['extensionTestsPath', remote(options.extensionTests)]);
  const query = new URLSearchParams({ folder: path.resolve(options.workspace) });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}

/** Of the files of an extension, those that it runs with. */
const installedFiles = /^(?:package(?:\.nls(?:\.\w+)?)?\.json|README\.md|l10n|dist|media|[\w-]+\.c?js)$/;

/** Puts copies of extensions where VS Code keeps those that were installed: a person may uninstall them, which deletes their files. */
async function installFolders(dataDir: string, dirs: readonly string[]): Promise<void> {
  const installed = path.join(dataDir, 'extensions');
  await mkdir(installed, { recursive: true });
  const entries = dirs.map(async (dir) => {
    const { publisher, name, version } = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8')) as Record<string, string>;
    const relativeLocation = `${publisher}.${name}-${version}`;
    const target = path.join(installed, relativeLocation);
    const isWanted = (file: string) => file === dir || installedFiles.test(path.relative(dir, file).split(path.sep)[0] ?? '');
    await cp(dir, target, { recursive: true, filter: isWanted });
    return { identifier: { id: `${publisher}.${name}` }, version, location: { $mid: 1, scheme: 'file', path: target }, relativeLocation };
  });
  if (dirs.length > 0) await writeFile(path.join(installed, 'extensions.json'), JSON.stringify(await Promise.all(entries)));
}

async function installVsix(main: string, dataDir: string, vsix: string): Promise<void> {
  const args = [main, '--install-extension', vsix, '--server-data-dir', dataDir, '--accept-server-license-terms'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The package ${vsix} could not be installed:\n${output}`);
}

function listeningPort(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /Extension host agent listening on (\d+)/.exec(output);
      if (found) resolve(Number(found[1]));
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    server.once('exit', (code) => reject(new Error(`The VS Code workbench ended with exit code ${code}:\n${output.slice(-2000)}`)));
  });
}
