import { AppError } from '../domain/errors';
import type { Log, Repository } from '../domain/ports';
import { openFolder } from './folderRepository';

/**
 * Opens folders to find files in: the Git repositories that contain them, each once. A folder without Git, or none of whose
 * files Git tracks, is read as it is; it then has no past. A folder that does not exist is left out.
 */
export async function openWorkspaces(dirs: readonly string[], log: Log, signal: AbortSignal): Promise<readonly Repository[]> {
  const byRoot = new Map<string | null, Repository>();
  for (const dir of dirs) {
    const opened = (await openTracked(dir, log, signal)) ?? (await openFolder(dir));
    if (opened === null) log.info(`There is no folder ${dir}; it is left out.`);
    else if (!byRoot.has(opened.root)) byRoot.set(opened.root, opened);
  }
  return [...byRoot.values()];
}

async function openTracked(dir: string, log: Log, signal: AbortSignal): Promise<Repository | null> {
  const [{ openRepository }, { runGit }] = await Promise.all([import('../git/repository'), import('../git/runGit')]);
  try {
    const repository = await openRepository(dir, signal);
    const tracked = await runGit(dir, ['ls-files', '-z', '--', '.'], { signal, maxBytes: 1 });
    return tracked.text === '' ? null : repository;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    log.info(`The folder ${dir} is read without Git. ${error.message}`);
    return null;
  }
}
