import type { Repository } from '../domain/ports';
import { isGenericName, isInServiceFolder, sharedSuffix } from './framePath';

/** A tracked file that a frame's path might mean. */
export interface PathMatch {
  readonly repository: Repository;
  readonly path: string;
  /** Equal trailing segments. */
  readonly shared: number;
  /** Whether the whole repository path is a suffix of the frame's path. */
  readonly isWhole: boolean;
  readonly isInService: boolean;
}

interface Entry {
  readonly repository: Repository;
  readonly path: string;
  readonly segments: readonly string[];
}

/** Tracked files of all repositories by base name. */
export class WorkspaceIndex {
  readonly #byName = new Map<string, Entry[]>();

  static async read(repositories: readonly Repository[], signal: AbortSignal): Promise<WorkspaceIndex> {
    const index = new WorkspaceIndex();
    const lists = await Promise.all(repositories.map(async (repository) => [repository, await repository.listFiles(signal)] as const));
    for (const [repository, paths] of lists) for (const path of paths) index.#add(repository, path);
    return index;
  }

  #add(repository: Repository, path: string): void {
    const segments = path.split('/');
    const name = segments.at(-1) ?? '';
    const entries = this.#byName.get(name) ?? [];
    entries.push({ repository, path, segments });
    this.#byName.set(name, entries);
  }

  /** Files whose path ends like the frame's, best first. */
  match(segments: readonly string[], service: string | null): PathMatch[] {
    const entries = this.#byName.get(segments.at(-1) ?? '') ?? [];
    const matches = entries.map(
      (entry): PathMatch => ({
        repository: entry.repository,
        path: entry.path,
        shared: sharedSuffix(entry.segments, segments),
        isWhole: sharedSuffix(entry.segments, segments) === entry.segments.length,
        isInService: service !== null && isInServiceFolder(entry.path, service),
      }),
    );
    return matches.sort((left, right) => rank(right) - rank(left));
  }
}

/** Segments count most; among equals the service's own folder wins, then the file that is matched whole. */
function rank(match: PathMatch): number {
  return match.shared * 4 + (match.isInService ? 2 : 0) + (match.isWhole && match.path.includes('/') ? 1 : 0);
}

export const sameRank = (left: PathMatch, right: PathMatch) => rank(left) === rank(right);

/**
 * How much the path alone says, 0..1, for the best of several matches. Generic names (`index.js`) and files of another
 * layout (folders left over on both sides) need more segments than one whole match.
 */
export function pathScore(best: PathMatch, others: readonly PathMatch[]): number {
  const name = best.path.slice(best.path.lastIndexOf('/') + 1);
  const needed = (isGenericName(name) ? 2 : 1) + (best.isWhole || best.isInService ? 0 : 1);
  const isOnlyName = others.length === 0 && !isGenericName(name);
  const surplus = best.shared - needed;
  if (surplus < 0 && !(isOnlyName && best.shared === needed - 1)) return 0.25;
  const lead = best.shared - (others[0]?.shared ?? 0);
  const base = 0.55 + 0.1 * Math.min(2, surplus) + (best.isWhole ? 0.1 : 0) + (best.isInService ? 0.05 : 0);
  return Math.min(0.95, base + (lead > 0 ? 0.1 : 0));
}
