import { AppError, messageFor, repositoryWithoutCommits } from '../domain/errors';
import type { Log, Repository } from '../domain/ports';

export interface OpenedRepositories {
  readonly repositories: readonly Repository[];
  /** Why a folder gave no repository, one sentence each. */
  readonly problems: readonly string[];
}

/** Opens the Git repositories that contain the folders, each once. A folder without one, or without a commit, is a problem, not a failure. */
export async function openRepositories(dirs: readonly string[], log: Log, signal: AbortSignal): Promise<OpenedRepositories> {
  if (dirs.length === 0) return { repositories: [], problems: [] };
  const { hasCommits, openRepository } = await import('../git/repository');
  const byRoot = new Map<string | null, Repository>();
  const problems: string[] = [];
  for (const dir of dirs) {
    try {
      const repository = await openRepository(dir, signal);
      if (byRoot.has(repository.root)) continue;
      byRoot.set(repository.root, repository);
      if (!(await hasCommits(dir, signal))) problems.push(repositoryWithoutCommits(dir).message);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      log.error(`The folder ${dir} gives no repository.`, error);
      problems.push(messageFor(error));
    }
  }
  return { repositories: [...byRoot.values()], problems };
}
