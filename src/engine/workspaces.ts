import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { FrameMapper } from '../code/mapping';
import { AppError, isCancellation } from '../domain/errors';
import type { Log, Repository } from '../domain/ports';
import { openFolder } from './folderRepository';

/** Folders that are open, and the mapper that knows their files. */
export interface Workspace {
  readonly repositories: readonly Repository[];
  readonly mapper: FrameMapper;
}

const MAX_KEPT = 4;
/** A folder may become a repository, and a repository may go; after so long folders are opened again. */
const KEPT_MS = 5 * 60_000;

/**
 * Keeps opened folders from one question to the next, with the list of their files and what was learned about them. What was
 * learned outlives the opening: the same repositories get the same mapper.
 */
export class Workspaces {
  readonly #log: Log;
  readonly #nowMs: () => number;
  readonly #opened: LRUCache<string, Promise<Workspace>>;
  readonly #known = new LRUCache<string, Workspace>({ max: MAX_KEPT });

  constructor(log: Log, nowMs: () => number = Date.now) {
    this.#log = log;
    this.#nowMs = nowMs;
    this.#opened = new LRUCache({ max: MAX_KEPT, ttl: KEPT_MS, ttlResolution: 0, perf: { now: nowMs } });
  }

  /** Callers share one opening; one who gives up does not spoil it for the others. */
  async open(dirs: readonly string[], signal: AbortSignal): Promise<Workspace> {
    signal.throwIfAborted();
    const key = dirs.join('\0');
    const known = this.#opened.get(key);
    const opening = known ?? this.#open(dirs, signal);
    if (known === undefined) this.#opened.set(key, opening);
    try {
      return await opening;
    } catch (error) {
      if (this.#opened.get(key) === opening) this.#opened.delete(key);
      if (known === undefined || signal.aborted || !isCancellation(error)) throw error;
      return this.open(dirs, signal);
    }
  }

  /** The mapper that is kept for these repositories, whoever opened them; a new one where one of them has no folder. */
  async mapperOf(repositories: readonly Repository[]): Promise<FrameMapper> {
    return (await this.#keep(repositories.map((repository) => ({ repository, isTracked: true })))).mapper;
  }

  /** Says that files or folders were created, deleted, renamed or saved; absolute paths. Only what is kept is touched. */
  async filesChanged(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const real = await Promise.all(paths.map(realPath));
    for (const { repositories, mapper } of new Set(this.#known.values())) {
      for (const repository of repositories) {
        const inside = insideOf(repository, real);
        if (inside.length > 0) await mapper.filesChanged(repository, inside, signal);
      }
    }
  }

  async #open(dirs: readonly string[], signal: AbortSignal): Promise<Workspace> {
    return this.#keep(await openFolders(dirs, this.#log, signal));
  }

  async #keep(folders: readonly OpenedFolder[]): Promise<Workspace> {
    const key = JSON.stringify(folders.map(({ repository, isTracked }) => [repository.root, isTracked]));
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { createFrameMapper } = await import('../code/mapping');
    const repositories = folders.map(({ repository }) => repository);
    const kept = this.#known.get(key) ?? { repositories, mapper: createFrameMapper(repositories, { nowMs: this.#nowMs }) };
    if (folders.every(({ repository }) => repository.root !== null)) this.#known.set(key, kept);
    return kept;
  }
}

/** A path that is gone is where its folder really is. */
async function realPath(path: string): Promise<string> {
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  return join(folder, basename(path));
}

/** The paths in a repository, relative to it and with `/`. */
function insideOf({ root }: Repository, paths: readonly string[]): string[] {
  if (root === null) return [];
  const ways = paths.map((path) => relative(root, path).replaceAll('\\', '/'));
  return ways.filter((way) => way !== '' && way !== '..' && !way.startsWith('../') && !isAbsolute(way));
}

interface OpenedFolder {
  readonly repository: Repository;
  /** Whether Git tracks its files. */
  readonly isTracked: boolean;
}

/**
 * Opens folders to find files in: the Git repositories that contain them, each once. A folder without Git, or none of whose
 * files Git tracks, is read as it is; it then has no past. A folder that does not exist is left out.
 */
export async function openWorkspaces(dirs: readonly string[], log: Log, signal: AbortSignal): Promise<readonly Repository[]> {
  return (await openFolders(dirs, log, signal)).map(({ repository }) => repository);
}

async function openFolders(dirs: readonly string[], log: Log, signal: AbortSignal): Promise<readonly OpenedFolder[]> {
  const byRoot = new Map<string | null, OpenedFolder>();
  for (const dir of dirs) {
    const tracked = await openTracked(dir, log, signal);
    const repository = tracked ?? (await openFolder(dir));
    if (repository === null) log.info(`There is no folder ${dir}; it is left out.`);
    else if (!byRoot.has(repository.root)) byRoot.set(repository.root, { repository, isTracked: tracked !== null });
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
