import { mapBuffer } from '../../../src/code/drift';
import type { Commit } from '../../../src/domain/change';
import type { Repository } from '../../../src/domain/ports';

/** Path → text. */
export type Tree = Readonly<Record<string, string>>;

export interface MemoryRepositoryOptions {
  readonly root?: string | null;
  readonly name?: string;
  /** What is checked out and committed last. */
  readonly now: Tree;
  /** Commit → its files. */
  readonly trees?: Readonly<Record<string, Tree>>;
  /** Old path → new path of files renamed since. */
  readonly renamed?: Readonly<Record<string, string>>;
  readonly commits?: readonly Commit[];
  readonly remotes?: readonly string[];
  /** Files of `now` that version control does not know. */
  readonly untracked?: readonly string[];
  /** What says whether the list of files is another; the same for ever unless given. */
  readonly stamp?: () => string | null;
  /** Version → commit, as tags say. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Commits, each contained in all that follow. */
  readonly history?: readonly string[];
}

/** A repository held in memory; counts how often its files were listed. */
export function createMemoryRepository(options: MemoryRepositoryOptions): Repository & { lists: number } {
  const { now, trees = {}, renamed = {}, commits = [], history = Object.keys(trees) } = options;
  const treeOf = (sha: string) => (sha === 'HEAD' ? now : trees[sha]);
  return {
    root: options.root === undefined ? '/projects/shop' : options.root,
    name: options.name ?? 'shop',
    lists: 0,
    async listFiles(_signal, paths) {
      this.lists += 1;
      const tracked = Object.keys(options.now).filter((path) => !options.untracked?.includes(path));
      return paths === undefined ? tracked : tracked.filter((path) => paths.some((part) => path === part || path.startsWith(`${part}/`)));
    },
    filesStamp: async () => (options.stamp === undefined ? 'always the same' : options.stamp()),
    readFile: async (path) => options.now[path] ?? null,
    commitsBetween: async () => commits,
    hasCommit: async (sha) => sha in trees || history.includes(sha),
    fileAt: async (sha, path) => treeOf(sha)?.[path] ?? null,
    async mapLine(sha, path, line) {
      const there = renamed[path] ?? path;
      const [before, after] = [treeOf(sha)?.[path], now[there]];
      if (before === undefined) return { path, line, status: 'unknown' };
      return after === undefined ? { path, line, status: 'deleted' } : { path: there, ...mapBuffer(before, after, line) };
    },
    async mapLineBack(path, line, sha, _signal, unsavedText) {
      const there = Object.entries(renamed).find(([, to]) => to === path)?.[0] ?? path;
      const [before, after] = [treeOf(sha)?.[there], unsavedText ?? now[path]];
      if (before === undefined || after === undefined) return { path, line, status: 'unknown' };
      return { path: there, ...mapBuffer(after, before, line) };
    },
    lineHistory: async () => [],
    fetchCommit: async (sha) => sha in trees,
    resolveVersion: async (version) => options.versions?.[version] ?? null,
    remotes: async () => options.remotes ?? [],
    isPushed: async () => null,
    blame: async (_sha, _path, lines) => lines.map(() => null),
    isAncestor: async (ancestor, sha) => history.includes(ancestor) && history.indexOf(ancestor) <= history.indexOf(sha),
  };
}
