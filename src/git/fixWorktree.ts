import { mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PatchSource, PreparedFix } from '../domain/fix';
import { alreadyReverted, fixGitFailed, foreignWorktree } from '../domain/fixErrors';
import { readContents } from './fixContents';
import { runFixGit } from './fixGit';
import { chooseStart } from './fixRepository';

export interface PrepareOptions {
  readonly repository: string;
  readonly source: PatchSource;
  /** Names a wanted branch; the first free one of the same beginning is taken. */
  readonly branch: (isTaken: (name: string) => boolean) => string;
  /** Where worktrees are kept, outside of every working tree; made when it is missing. */
  readonly dir: string;
}

/**
 * Makes a linked worktree on a new branch and lets the source change its files; the repository's own working tree, index and
 * HEAD stay as they are. When the patch cannot be made, worktree and branch are gone again.
 */
export async function prepareWorktree({ repository, source, branch, dir }: PrepareOptions, signal: AbortSignal): Promise<PreparedFix> {
  const start = await chooseStart(repository, source.builtOn, signal);
  const taken = await takenBranches(repository, signal);
  const name = branch((wanted) => taken.has(wanted));
  const worktree = await freeFolder(dir, name);
  const added = await runFixGit(repository, ['worktree', 'add', '--quiet', '--no-track', '-b', name, worktree, start.commit], { signal });
  if (added.exitCode !== 0) {
    await rm(worktree, { recursive: true, force: true });
    throw fixGitFailed('make a worktree', added.complaint);
  }
  try {
    const patch = await source.apply(worktree, signal);
    const { files, conflicts } = await readContents(worktree, start.commit, signal);
    if (files.length === 0 && conflicts.length === 0) throw alreadyReverted(patch.commit, start.name);
    return { repository, worktree, branch: name, start, patch, isWorkingTreeDirty: await isDirty(repository, signal) };
  } catch (error) {
    await discardWorktree({ repository, worktree, branch: name }, new AbortController().signal);
    throw error;
  }
}

/** Local branches, and those that a remote was seen to have. Names that differ in case only are one file on some systems. */
async function takenBranches(repository: string, signal: AbortSignal): Promise<Set<string>> {
  const { stdout } = await runFixGit(repository, ['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/remotes'], { signal });
  return new Set(stdout.split('\n').map((ref) => ref.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, '').toLowerCase()));
}

/** A folder that did not exist before; made, and empty. */
async function freeFolder(dir: string, branch: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  const base = join(await realpath(dir), branch.replace(/^aidog\//, '').replaceAll('/', '-'));
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? base : `${base}-${number}`;
    const isNew = await mkdir(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    if (isNew) return folder;
  }
}

async function isDirty(repository: string, signal: AbortSignal): Promise<boolean> {
  return (await runFixGit(repository, ['--no-optional-locks', 'status', '--porcelain', '-z'], { signal })).stdout !== '';
}

/**
 * Removes the worktree and its branch, whatever they hold, and nothing else. Only a worktree that the repository lists with a
 * branch below `aidog/` is touched; one whose folder is gone already is forgotten.
 */
export async function discardWorktree(
  { repository, worktree, branch }: Pick<PreparedFix, 'repository' | 'worktree' | 'branch'>,
  signal: AbortSignal,
): Promise<void> {
  if (!branch.startsWith('aidog/')) throw foreignWorktree(worktree);
  const { stdout } = await runFixGit(repository, ['worktree', 'list', '--porcelain', '-z'], { signal });
  const entries = stdout.split('\0\0').map((entry) => entry.split('\0'));
  const holds = (line: string) => entries.find((entry) => entry.includes(line)) ?? null;
  const ours = holds(`worktree ${worktree}`);
  if (ours !== holds(`branch refs/heads/${branch}`)) throw foreignWorktree(worktree);
  if (ours !== null) {
    const removed = await runFixGit(repository, ['worktree', 'remove', '--force', '--force', worktree], { signal });
    if (removed.exitCode !== 0) throw fixGitFailed('remove the worktree', removed.complaint);
  }
  const isThere = (await runFixGit(repository, ['show-ref', '--verify', '--quiet', `refs/heads/${branch}`], { signal })).exitCode === 0;
  if (!isThere) return;
  const deleted = await runFixGit(repository, ['branch', '--quiet', '-D', '--', branch], { signal });
  if (deleted.exitCode !== 0) throw fixGitFailed('delete the branch', deleted.complaint);
}
