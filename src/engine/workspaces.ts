import { LRUCache } from 'lru-cache';
import type { FrameMapper } from '../code/mapping';
import { AppError } from '../domain/errors';
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

/** Keeps opened folders from one question to the next, with the list of their files and what was learned about them. */
export class Workspaces {
  readonly #log: Log;
  readonly #nowMs: () => number;
  readonly #opened: LRUCache<string, Workspace>;

  constructor(log: Log, nowMs: () => number = Date.now) {
    this.#log = log;
    this.#nowMs = nowMs;
    this.#opened = new LRUCache({ max: MAX_KEPT, ttl: KEPT_MS, ttlResolution: 0, perf: { now: nowMs } });
  }

  async open(dirs: readonly string[], signal: AbortSignal): Promise<Workspace> {
    signal.throwIfAborted();
    const key = dirs.join('\0');
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const [repositories, { createFrameMapper }] = await Promise.all([openWorkspaces(dirs, this.#log, signal), import('../code/mapping')]);
    const opened = { repositories, mapper: createFrameMapper(repositories, { nowMs: this.#nowMs }) };
    this.#opened.set(key, opened);
    return opened;
  }
}

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
