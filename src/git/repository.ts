import { basename } from 'node:path';
import { LRUCache } from 'lru-cache';
import { shasInVersion, tagOfVersion, type VersionTag } from '../code/versionTags';
import type { Commit } from '../domain/change';
import { foreignRepository, notAGitRepository } from '../domain/errors';
import type { LineMapping, LineRange, Repository } from '../domain/ports';
import type { TimeWindow } from '../domain/timeSeries';
import { parseBlame } from './blame';
import { Blobs } from './blobs';
import { readCommitLog } from './commitLog';
import { fetchCommit } from './fetchCommit';
import { lineHistory } from './lineHistory';
import { remember } from './remember';
import { remoteRepositories, unpushedCommits } from './remotes';
import { type GitAnswer, runGit } from './runGit';
import { indexFileOf, stampOf } from './trackedFiles';
import { readVersionTags } from './versionTags';
import { WorkingTreeDrift } from './workingTreeDrift';
import { isSafePath, readWorkingTreeFile } from './workingTreeFile';

/** So many commits before a deployed one are remembered; older ancestors are asked for one at a time. */
const MAX_ANCESTORS = 20_000;
const MAX_BLAMED_LINES = 50;

const SHA = /^[0-9a-f]{7,64}$/;

/**
 * Opens the Git repository that contains `dir`, which may be any folder of a working tree or a linked worktree.
 * Rejects with an `AppError` of kind `workspace` when Git is missing, there is no working tree, or another user owns it.
 * Everything read is data: no hook, pager, filter, external diff or text conversion runs, and nothing is written.
 */
export async function openRepository(dir: string, signal: AbortSignal): Promise<Repository> {
  const answer = await runGit(dir, ['rev-parse', '--is-shallow-repository', '--show-toplevel'], { signal });
  if (answer.complaint.includes('dubious ownership')) throw foreignRepository(dir);
  const newline = answer.text.indexOf('\n');
  const root = answer.text.slice(newline + 1).replace(/\n$/, '');
  if (answer.exitCode !== 0 || root === '') throw notAGitRepository(dir);
  return new GitRepository(root, answer.text.slice(0, newline) === 'true');
}

/** Whether the repository that contains `dir` has a commit on any branch, or checked out without one. */
export async function hasCommits(dir: string, signal: AbortSignal): Promise<boolean> {
  const answer = await runGit(dir, ['rev-list', '--max-count=1', '--all', '--'], { signal });
  return answer.exitCode !== 0 || answer.text.trim() !== '';
}

class GitRepository implements Repository {
  readonly root: string;
  readonly name: string;
  readonly #isShallow: boolean;
  /** What is immutable is kept: a full commit id names one tree, one history, one text a path. */
  readonly #trees = new LRUCache<string, Promise<ReadonlyMap<string, string>>>({ max: 8 });
  readonly #ancestors = new LRUCache<string, Promise<readonly string[]>>({ max: 8 });
  readonly #ancestorSets = new WeakMap<readonly string[], ReadonlySet<string>>();
  readonly #blobs: Blobs;
  /** A missing commit may be fetched and HEAD may move at any time: what a name means is believed for two seconds. */
  readonly #resolved = new LRUCache<string, Promise<string | null>>({ max: 500, ttl: 2_000 });

  readonly #unpushed = new LRUCache<string, Promise<ReadonlySet<string> | 'no remote'>>({ max: 1, ttl: 2_000 });
  readonly #tags = new LRUCache<string, Promise<readonly VersionTag[]>>({ max: 1, ttl: 2_000 });

  #indexFile: string | null = null;

  readonly #drift: WorkingTreeDrift;

  constructor(root: string, isShallow: boolean) {
    this.root = root;
    this.#blobs = new Blobs(root);
    this.#drift = new WorkingTreeDrift(root, this.#blobs, {
      head: (signal) => this.#resolve('HEAD', signal),
      textAt: (commit, path, signal) => this.fileAt(commit, path, signal),
      blobAt: async (commit, path, signal) => (await this.#tree(commit, signal)).get(path) ?? null,
    });
    this.name = basename(root);
    this.#isShallow = isShallow;
  }

  async listFiles(signal: AbortSignal, paths: readonly string[] = []): Promise<readonly string[]> {
    const { text } = await this.#git(['ls-files', '-z', '--', ...paths], signal);
    return text.split('\0').filter((path) => path !== '');
  }

  /** Git rewrites its index whenever it begins or ends to track a file. */
  async filesStamp(signal: AbortSignal): Promise<string | null> {
    this.#indexFile ??= await indexFileOf(this.root, signal);
    return stampOf(this.#indexFile);
  }

  async readFile(path: string, _signal: AbortSignal, maxBytes?: number): Promise<string | null> {
    return readWorkingTreeFile(this.root, path, maxBytes);
  }

  commitsBetween(window: TimeWindow, signal: AbortSignal): Promise<readonly Commit[]> {
    return readCommitLog(this.root, this.name, window, signal);
  }

  async hasCommit(sha: string, signal: AbortSignal): Promise<boolean> {
    return (await this.#resolve(sha, signal)) !== null;
  }

  async fileAt(sha: string, path: string, signal: AbortSignal): Promise<string | null> {
    const commit = await this.#resolve(sha, signal);
    if (commit === null || !isSafePath(path)) return null;
    const blob = (await this.#tree(commit, signal)).get(path);
    return blob === undefined ? null : ((await this.#blobs.read([blob], signal))[0] ?? null);
  }

  async mapLine(sha: string, path: string, line: number, signal: AbortSignal): Promise<LineMapping> {
    const commit = isSafePath(path) ? await this.#resolve(sha, signal) : null;
    return commit === null ? { path, line, status: 'unknown' } : this.#drift.toWorkingTree({ commit, path, line }, signal);
  }

  async mapLineBack(path: string, line: number, sha: string, signal: AbortSignal, unsavedText?: string): Promise<LineMapping> {
    const commit = isSafePath(path) ? await this.#resolve(sha, signal) : null;
    const text = unsavedText ?? (await readWorkingTreeFile(this.root, path));
    return commit === null || text === null
      ? { path, line, status: 'unknown' }
      : this.#drift.fromWorkingTree({ commit, path, line }, text, signal);
  }

  async blame(sha: string, path: string, lines: readonly number[], signal: AbortSignal): Promise<readonly (string | null)[]> {
    const text = await this.fileAt(sha, path, signal);
    const count = text === null ? 0 : lineCount(text);
    const wanted = [...new Set(lines)].filter((line) => Number.isInteger(line) && line >= 1 && line <= count).slice(0, MAX_BLAMED_LINES);
    if (wanted.length === 0) return lines.map(() => null);
    const commit = await this.#resolve(sha, signal);
    const ranges = wanted.flatMap((line) => ['-L', `${line},${line}`]);
    const answer = await this.#git(['blame', '--porcelain', '--no-textconv', '-w', ...ranges, String(commit), '--', path], signal);
    const blamed = parseBlame(answer.text, this.#isShallow);
    return lines.map((line) => blamed.get(line) ?? null);
  }

  async isAncestor(ancestor: string, sha: string, signal: AbortSignal): Promise<boolean> {
    const commit = await this.#resolve(sha, signal);
    if (commit === null || !SHA.test(ancestor)) return false;
    const known = await remember(this.#ancestors, commit, signal, () => this.#history(commit, signal));
    if (this.#setOf(known).has(ancestor)) return true;
    if (known.length < MAX_ANCESTORS && ancestor.length >= 40) return false;
    const full = await this.#resolve(ancestor, signal);
    if (full === null || known.length < MAX_ANCESTORS) return full !== null && this.#setOf(known).has(full);
    return (await this.#git(['merge-base', '--is-ancestor', full, commit], signal)).exitCode === 0;
  }

  async lineHistory(sha: string, path: string, range: LineRange, window: TimeWindow, signal: AbortSignal): Promise<readonly string[]> {
    const text = await this.fileAt(sha, path, signal);
    const commit = await this.#resolve(sha, signal);
    const to = Math.min(range.to, text === null ? 0 : lineCount(text));
    if (commit === null || !Number.isInteger(range.from) || !Number.isInteger(to) || range.from < 1 || to < range.from) return [];
    return lineHistory(this.root, commit, path, { from: range.from, to }, window, signal);
  }

  async fetchCommit(sha: string, signal: AbortSignal): Promise<boolean> {
    const isFetched = await fetchCommit({ root: this.root, isShallow: this.#isShallow }, sha.toLowerCase(), signal);
    this.#resolved.clear();
    return isFetched;
  }

  async resolveVersion(version: string, service: string | null, signal: AbortSignal): Promise<string | null> {
    const tags = await remember(this.#tags, 'tags', signal, () => readVersionTags(this.root, signal));
    const tagged = tagOfVersion(tags, version, service);
    if (tagged !== null) return tagged.commit;
    for (const sha of shasInVersion(version)) {
      const commit = await this.#resolve(sha, signal);
      if (commit !== null) return commit;
    }
    return null;
  }

  remotes(signal: AbortSignal): Promise<readonly string[]> {
    return remoteRepositories(this.root, signal);
  }

  async isPushed(sha: string, signal: AbortSignal): Promise<boolean | null> {
    const unpushed = await remember(
      this.#unpushed,
      'unpushed',
      signal,
      async () => (await unpushedCommits(this.root, signal)) ?? 'no remote',
    );
    const commit = sha.length >= 40 ? sha : await this.#resolve(sha, signal);
    return commit === null || unpushed === 'no remote' ? null : !unpushed.has(commit);
  }

  #git(args: readonly string[], signal: AbortSignal, maxBytes?: number): Promise<GitAnswer> {
    return runGit(this.root, args, { signal, maxBytes });
  }

  /** The full id of a commit that is present; `HEAD` names the one checked out. */
  async #resolve(sha: string, signal: AbortSignal): Promise<string | null> {
    if (sha !== 'HEAD' && !SHA.test(sha)) return null;
    return remember(this.#resolved, sha, signal, () => this.#verify(sha, signal));
  }

  async #verify(revision: string, signal: AbortSignal): Promise<string | null> {
    const answer = await this.#git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], signal);
    const full = answer.text.trim();
    return answer.exitCode === 0 && SHA.test(full) ? full : null;
  }

  /** Path → blob; links and submodules are no files. */
  #tree(commit: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    return remember(this.#trees, commit, signal, async () => {
      const { text } = await this.#git(['ls-tree', '-r', '-z', '--full-tree', commit], signal);
      const entries = text.split('\0').flatMap((entry) => {
        const [, blob, path] = /^100\d{3} blob ([0-9a-f]+)\t([\s\S]*)$/.exec(entry) ?? [];
        return blob === undefined || path === undefined ? [] : [[path, blob] as const];
      });
      return new Map(entries);
    });
  }

  async #history(commit: string, signal: AbortSignal): Promise<readonly string[]> {
    const { text } = await this.#git(['rev-list', `--max-count=${MAX_ANCESTORS}`, commit], signal);
    return text.split('\n').filter((line) => line !== '');
  }

  #setOf(history: readonly string[]): ReadonlySet<string> {
    const known = this.#ancestorSets.get(history) ?? new Set(history);
    this.#ancestorSets.set(history, known);
    return known;
  }
}

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
