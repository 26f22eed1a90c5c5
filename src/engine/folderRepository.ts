import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Repository } from '../domain/ports';
import { isSafePath, readWorkingTreeFile } from '../git/workingTreeFile';

const MAX_FILES = 200_000;
const MAX_DEPTH = 40;
/** Never the program's own code, and often larger than all of it. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.venv', '.tox']);

/**
 * A folder without version control as a repository that knows only the present: `HEAD` is what lies there. Symbolic links are
 * not followed. Null when there is no such folder.
 */
export async function openFolder(dir: string): Promise<Repository | null> {
  const root = await realpath(dir).catch(() => null);
  if (root === null || !(await stat(root)).isDirectory()) return null;
  return {
    root,
    name: basename(root),
    listFiles: (signal, paths) => listFiles(root, signal, paths),
    filesStamp: async () => null,
    readFile: (path, _signal, maxBytes) => readWorkingTreeFile(root, path, maxBytes),
    commitsBetween: async () => [],
    hasCommit: async () => false,
    fileAt: async (sha, path) => (sha === 'HEAD' ? readWorkingTreeFile(root, path) : null),
    mapLine: async (_sha, path, line) => ({ path, line, status: 'unknown' }),
    mapLineBack: async (path, line) => ({ path, line, status: 'unknown' }),
    blame: async (_sha, _path, lines) => lines.map(() => null),
    isAncestor: async () => false,
    lineHistory: async () => [],
    fetchCommit: async () => false,
    resolveVersion: async () => null,
    remotes: async () => [],
    isPushed: async () => null,
  };
}

/** All files, or those that `paths` are or contain. Breadth first, so that a limit leaves out what lies deepest. */
async function listFiles(root: string, signal: AbortSignal, paths?: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  let folders = [''];
  if (paths !== undefined) {
    const wanted = paths.filter((path) => isSafePath(path) && !path.split('/').some((part) => SKIPPED.has(part)));
    const kinds = await Promise.all(wanted.map(async (path) => [path, await lstat(join(root, path)).catch(() => null)] as const));
    files.push(...kinds.flatMap(([path, found]) => (found?.isFile() ? [path] : [])));
    folders = kinds.flatMap(([path, found]) => (found?.isDirectory() ? [path] : []));
  }
  for (let depth = 0; depth < MAX_DEPTH && folders.length > 0 && files.length < MAX_FILES; depth += 1) {
    const deeper: string[] = [];
    for (const folder of folders) {
      signal.throwIfAborted();
      for (const entry of await entriesOf(join(root, folder))) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isFile()) files.push(path);
        else if (entry.isDirectory() && !SKIPPED.has(entry.name)) deeper.push(path);
      }
    }
    folders = deeper;
  }
  return files.slice(0, MAX_FILES).sort();
}

/** A folder that may not be read has nothing to show. */
const entriesOf = (dir: string) => readdir(dir, { withFileTypes: true }).catch(() => []);
