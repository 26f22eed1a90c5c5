import type { Commit } from '../../src/domain/change';
import type { Repository } from '../../src/domain/ports';

export interface FakeHistory {
  readonly root?: string | null;
  /** Oldest first; the last one is what the working tree holds. */
  readonly commits: readonly Commit[];
  /** Text of each file, the same at every commit. */
  readonly files: Readonly<Record<string, string>>;
  /** `path:line` → the commit that wrote it. */
  readonly blame?: Readonly<Record<string, string>>;
  /** Commits that no remote has; without any there is no remote. */
  readonly unpushed?: readonly string[];
}

/** A repository with a straight history, held in memory. Lines stay where they are. */
export function createFakeRepository({ root = '/shop', commits, files, blame = {}, unpushed = [] }: FakeHistory): Repository {
  const indexOf = (sha: string) => commits.findIndex((commit) => commit.sha.startsWith(sha) || sha.startsWith(commit.sha));
  return {
    root,
    name: 'shop',
    listFiles: async () => Object.keys(files),
    filesStamp: async () => 'always the same',
    readFile: async (path) => files[path] ?? null,
    commitsBetween: async ({ fromMs, toMs }) =>
      commits.filter(({ timestampMs }) => timestampMs >= fromMs && timestampMs < toMs).toReversed(),
    hasCommit: async (sha) => indexOf(sha) >= 0,
    fileAt: async (_sha, path) => files[path] ?? null,
    mapLine: async (_sha, path, line) => ({ path, line, status: 'exact' }),
    blame: async (_sha, path, lines) => lines.map((line) => blame[`${path}:${line}`] ?? null),
    mapLineBack: async (path, line) => ({ path, line, status: 'exact' }),
    lineHistory: async () => [],
    fetchCommit: async (sha) => indexOf(sha) >= 0,
    resolveVersion: async () => null,
    remotes: async () => [],
    isPushed: async (sha) => (unpushed.length === 0 ? null : !unpushed.includes(sha)),
    isAncestor: async (ancestor, sha) => indexOf(ancestor) >= 0 && indexOf(ancestor) <= indexOf(sha),
  };
}
