import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runGit } from './runGit';

/** Where Git keeps the list of tracked files of a working tree, which is elsewhere for linked worktrees. */
export async function indexFileOf(root: string, signal: AbortSignal): Promise<string> {
  const { text } = await runGit(root, ['rev-parse', '--git-path', 'index'], { signal });
  return resolve(root, text.replace(/\n$/, ''));
}

/** Another text for another content of a file, as far as its attributes tell; null when it does not exist. */
export async function stampOf(file: string): Promise<string | null> {
  const found = await stat(file, { bigint: true }).catch(() => null);
  return found === null ? null : `${found.mtimeNs}:${found.size}:${found.ino}`;
}
