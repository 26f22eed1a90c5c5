import { existsSync, promises } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { RunRequest } from './investigations';

/** The folders that investigations may read: none in Restricted Mode, and only folders on disk. */
export function workspaceRoots(): string[] {
  if (!vscode.workspace.isTrusted) return [];
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

/**
 * The folders that may be read now for a run, whatever was open and trusted when it began: a demo incident, whose recording
 * lies in `mediaDir`, has its own repository; all others have the folders of the workspace.
 */
export function foldersOf(run: Pick<RunRequest, 'target' | 'repositories'>, mediaDir: string): readonly string[] {
  return isDemo(run, mediaDir) ? run.repositories : workspaceRoots();
}

/** Whether a run is of an incident that ships with AIDog. */
export function isDemo({ target }: Pick<RunRequest, 'target'>, mediaDir: string): boolean {
  return target.kind === 'recording' && isInside(mediaDir, target.dir);
}

/** Whether `path` lies in `folder` or is it; both absolute and resolved. */
function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith('../') || way.startsWith('..\\') || isAbsolute(way));
}

/** Whether `root` is a known folder, one inside it, or the repository that a known folder is a part of. */
async function isKnownRoot(root: string, known: readonly string[]): Promise<boolean> {
  for (const folder of known) {
    const resolved = await promises.realpath(folder).catch(() => null);
    if (resolved === null) continue;
    if (isInside(resolved, root)) return true;
    if (isInside(root, resolved) && existsSync(join(root, '.git')) && nearestRepository(resolved) === root) return true;
  }
  return false;
}

function nearestRepository(folder: string): string | null {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : nearestRepository(parent);
}

/**
 * The real path of `root`/`path`, or null when it does not exist or, with links followed, lies outside `root`, or when
 * `root` is none of the `known` folders. `path` may come from telemetry and is not trusted.
 */
export async function resolveInside(root: string, path: string, known: readonly string[]): Promise<string | null> {
  if (path === '' || path.includes('\0') || isAbsolute(path)) return null;
  try {
    const realRoot = await promises.realpath(root);
    const real = await promises.realpath(join(realRoot, path));
    return isInside(realRoot, real) && real !== realRoot && (await isKnownRoot(realRoot, known)) ? real : null;
  } catch {
    return null;
  }
}

/** The repository of a file below one of the `known` folders, else that folder, with the file's path in it; null when it lies elsewhere. */
export async function repositoryOf(
  file: string,
  known: readonly string[],
): Promise<{ readonly root: string; readonly path: string } | null> {
  const real = await promises.realpath(file).catch(() => null);
  if (real === null) return null;
  for (const folder of known) {
    const resolved = await promises.realpath(folder).catch(() => null);
    if (resolved === null || resolved === real || !isInside(resolved, real)) continue;
    const root = nearestRepository(dirname(real)) ?? resolved;
    return { root, path: relative(root, real).split(sep).join('/') };
  }
  return null;
}

/** Why no folder of the workspace can be read, in one sentence that says what to do; null when one can. */
export function whyNoFolder(): string | null {
  if (workspaceRoots().length > 0) return null;
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) return vscode.l10n.t('No folder is open. Open the folder that holds the code, then try again.');
  if (!vscode.workspace.isTrusted)
    return vscode.l10n.t('In Restricted Mode AIDog reads no file of this workspace. Trust the workspace, then try again.');
  return vscode.l10n.t('The folders of this workspace are not on a disk that AIDog can read. Open a clone of the repository instead.');
}
