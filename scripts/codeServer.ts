import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A VS Code 1.139.1 workbench that a browser can open, published on npm. */
const version = '4.139.1';

export const projectRoot = path.resolve(__dirname, '..');
export const cacheDir = process.env.AIDOG_CACHE ?? path.join(projectRoot, '.cache');

/**
 * The path of VS Code's server. Installs it below the cache folder on first use (about 200 MB to download).
 * Install scripts are not run: they would compile modules that only matter for logging and keyring access.
 */
export async function codeServerMain(): Promise<string> {
  const home = path.join(cacheDir, `code-server-${version}`);
  const vscode = path.join('node_modules', 'code-server', 'lib', 'vscode');
  const main = path.join(home, vscode, 'out', 'server-main.js');
  if (existsSync(main)) return main;
  process.stderr.write(`Installing code-server ${version} (a VS Code workbench) into ${home}; this happens once.\n`);
  const draft = `${home}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await writeFile(path.join(draft, 'package.json'), '{ "private": true }\n');
  await npmInstall(draft, `code-server@${version}`);
  await npmInstall(path.join(draft, vscode));
  await npmInstall(path.join(draft, vscode, 'extensions'));
  await rename(draft, home).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(main)) throw error;
  });
  return main;
}

async function npmInstall(cwd: string, ...packages: string[]): Promise<void> {
  const args = ['install', ...packages, '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  const [code] = await once(child, 'exit');
  if (code !== 0)
    throw new Error(`npm could not install ${packages.join(' ') || cwd} (exit ${code}). Check that the npm registry can be reached.`);
}
