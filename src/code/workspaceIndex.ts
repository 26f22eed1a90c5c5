import { isCancellation } from '../domain/errors';
import type { Repository } from '../domain/ports';
import { type FileEntry, FileSuffixes, type SuffixMatch } from './fileSuffixes';
import { createServiceTest } from './pathNames';

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

interface Listed {
  readonly entries: Map<string, FileEntry>;
  /** What the repository said before it was listed; undefined when it must be listed again. */
  stamp: string | null | undefined;
  checkedAtMs: number;
  listedAtMs: number;
  pending: Promise<void> | null;
}

/** A list of files is taken for current for so long without asking. */
const CHECK_AFTER_MS = 1_000;
/** A repository that cannot say whether its files changed is listed again after this. */
const LIST_AFTER_MS = 15_000;
/** More changed paths than this are not looked at one by one. */
const MAX_CHANGED_PATHS = 200;
const MAX_REMEMBERED = 2_000;
/** After so many files others get a turn. */
const FILES_AT_A_TIME = 20_000;

/** Tracked files of all open repositories by their endings. It is kept up to date rather than read anew. */
export class WorkspaceIndex {
  readonly #files = new FileSuffixes();
  readonly #listed = new Map<Repository, Listed>();
  readonly #remembered = new Map<string, readonly PathMatch[]>();
  readonly #nowMs: () => number;
  #revision = 0;

  constructor(repositories: readonly Repository[], nowMs: () => number = Date.now) {
    this.#nowMs = nowMs;
    const never = Number.NEGATIVE_INFINITY;
    for (const repository of repositories)
      this.#listed.set(repository, { entries: new Map(), stamp: undefined, checkedAtMs: never, listedAtMs: never, pending: null });
  }

  /** Changes with every change of the files. */
  get revision(): number {
    return this.#revision;
  }

  static async read(repositories: readonly Repository[], signal: AbortSignal): Promise<WorkspaceIndex> {
    const index = new WorkspaceIndex(repositories);
    await index.refresh(signal);
    return index;
  }

  /** Lists what may have changed since, and takes over the difference. Must be awaited once before anything is looked up. */
  async refresh(signal: AbortSignal): Promise<void> {
    await Promise.all([...this.#listed].map(([repository, listed]) => this.#refreshOne(repository, listed, signal)));
  }

  /** Takes over that files or folders were added, removed or renamed; `paths` are repository-relative. Costs nothing for others. */
  async changed(repository: Repository, paths: readonly string[], signal: AbortSignal): Promise<void> {
    const listed = this.#listed.get(repository);
    if (listed === undefined || listed.stamp === undefined || paths.length === 0) return;
    if (paths.length > MAX_CHANGED_PATHS) {
      listed.stamp = undefined;
      return;
    }
    const tracked = new Set(await repository.listFiles(signal, paths));
    const folders = paths.map((path) => `${path}/`);
    const gone = paths.filter((path) => listed.entries.has(path) && !tracked.has(path));
    for (const path of listed.entries.keys()) if (folders.some((folder) => path.startsWith(folder)) && !tracked.has(path)) gone.push(path);
    this.apply(repository, [...tracked], gone);
  }

  /** Adds and removes files; what is known already, or is not known, makes no difference. */
  apply(repository: Repository, added: readonly string[], removed: readonly string[]): void {
    const entries = this.#listed.get(repository)?.entries;
    if (entries === undefined) return;
    for (const path of removed) {
      const entry = entries.get(path);
      if (entry === undefined) continue;
      entries.delete(path);
      this.#files.remove(entry);
      this.#touch();
    }
    for (const path of added) this.#add(entries, repository, path);
  }

  has(repository: Repository, path: string): boolean {
    return this.#listed.get(repository)?.entries.has(path) ?? false;
  }

  paths(repository: Repository): Iterable<string> {
    return this.#listed.get(repository)?.entries.keys() ?? [];
  }

  /** Files of that name, in whatever folder. */
  named(name: string): readonly FileEntry[] {
    return this.#files.named(name);
  }

  /** Files whose path ends like the frame's, best first: the longest equal ending, then the service's own folder. */
  match(segments: readonly string[], service: string | null): readonly PathMatch[] {
    const key = `${service ?? ''}\0${segments.join('/')}`;
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const isInService = service === null ? () => false : createServiceTest(service);
    const found = this.#files.endingLike(segments, ({ path }) => isInService(path));
    const matches = found.map((match) => pathMatch(match, isInService)).sort((left, right) => rank(right) - rank(left));
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(key, matches);
    return matches;
  }

  async #refreshOne(repository: Repository, listed: Listed, signal: AbortSignal): Promise<void> {
    if (listed.pending === null && !this.#isDue(listed)) return;
    const others = listed.pending;
    const pending = others ?? this.#relist(repository, listed, signal);
    listed.pending = pending;
    try {
      await pending;
    } catch (error) {
      if (listed.pending === pending) listed.pending = null;
      if (others === null || !isCancellation(error) || signal.aborted) throw error;
      await this.#refreshOne(repository, listed, signal);
    } finally {
      if (listed.pending === pending) listed.pending = null;
    }
  }

  #isDue({ stamp, checkedAtMs }: Listed): boolean {
    return stamp === undefined || this.#nowMs() - checkedAtMs >= CHECK_AFTER_MS;
  }

  /** The stamp is taken before the list, so that what changes in between is listed next time. */
  async #relist(repository: Repository, listed: Listed, signal: AbortSignal): Promise<void> {
    const stamp = await repository.filesStamp(signal);
    const nowMs = this.#nowMs();
    listed.checkedAtMs = nowMs;
    const isSame = stamp === null ? nowMs - listed.listedAtMs < LIST_AFTER_MS : stamp === listed.stamp;
    if (listed.stamp !== undefined && isSame) return;
    const tracked = await repository.listFiles(signal);
    await this.#replace(repository, listed.entries, tracked, signal);
    listed.stamp = stamp;
    listed.listedAtMs = nowMs;
  }

  async #replace(repository: Repository, entries: Map<string, FileEntry>, tracked: readonly string[], signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (entries.size > 0) {
      const now = new Set(tracked);
      const removed = [...entries.keys()].filter((path) => !now.has(path));
      this.apply(repository, tracked, removed);
      return;
    }
    for (const [at, path] of tracked.entries()) {
      if (at % FILES_AT_A_TIME === FILES_AT_A_TIME - 1) {
        await new Promise<void>((resolve) => setTimeout(resolve));
        signal.throwIfAborted();
      }
      this.#add(entries, repository, path);
    }
  }

  #add(entries: Map<string, FileEntry>, repository: Repository, path: string): void {
    if (entries.has(path)) return;
    const entry = { repository, path };
    entries.set(path, entry);
    this.#files.add(entry);
    this.#touch();
  }

  #touch(): void {
    this.#revision += 1;
    if (this.#remembered.size > 0) this.#remembered.clear();
  }
}

function pathMatch({ entry, shared }: SuffixMatch, isInService: (path: string) => boolean): PathMatch {
  const { repository, path } = entry;
  return { repository, path, shared, isWhole: path.split('/').length === shared, isInService: isInService(path) };
}

/** Segments count most; among equals the service's own folder wins, then the file that is matched whole. */
function rank(match: PathMatch): number {
  return match.shared * 4 + (match.isInService ? 2 : 0) + (match.isWhole && match.path.includes('/') ? 1 : 0);
}

export const sameRank = (left: PathMatch, right: PathMatch) => rank(left) === rank(right);
