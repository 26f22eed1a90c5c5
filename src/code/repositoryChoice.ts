import type { Repository } from '../domain/ports';
import { normaliseRepositoryUrl } from './repositoryUrl';

/** Which of the open repositories telemetry means. */
export interface RepositoryChoice {
  /** How well a repository fits: its remote is the one, a fork of it by name, nothing was said, or another one was. */
  fitOf(repository: Repository): 'same' | 'fork' | 'unsaid' | 'other';
}

/** Compares what telemetry calls the repository with the remotes of those that are open. A name that none has excludes none. */
export async function chooseRepository(
  url: string | null | undefined,
  repositories: readonly Repository[],
  signal: AbortSignal,
): Promise<RepositoryChoice> {
  const wanted = url === null || url === undefined ? null : normaliseRepositoryUrl(url);
  if (wanted === null) return { fitOf: () => 'unsaid' };
  const remotes = new Map(await Promise.all(repositories.map(async (one) => [one, await one.remotes(signal)] as const)));
  const plain = wanted.slice(wanted.lastIndexOf('/') + 1);
  return {
    fitOf(repository) {
      const known = remotes.get(repository) ?? [];
      if (known.length === 0) return 'unsaid';
      if (known.includes(wanted)) return 'same';
      return known.some((remote) => remote.slice(remote.lastIndexOf('/') + 1) === plain) ? 'fork' : 'other';
    },
  };
}
