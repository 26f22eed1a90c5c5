import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConflictChoice, FixConflict, FixContents, FixFile } from '../domain/fix';
import { conflictsUndecided, fixFolderGone, fixGitFailed, markersLeft } from '../domain/fixErrors';
import { runFixGit } from './fixGit';
import { readWorkingTreeFile } from './workingTreeFile';

/** So many new files are named; more are of no use to a person. */
const MAX_UNTRACKED = 50;

const DIFF = ['diff', '--no-ext-diff', '--no-textconv', '--find-renames', '--ignore-submodules=dirty'];

/** How the worktree stands against the commit that its branch began at. */
export async function readContents(worktree: string, start: string, signal: AbortSignal): Promise<FixContents> {
  const git = async (...args: string[]) => {
    const answer = await runFixGit(worktree, ['--no-optional-locks', ...args], { signal });
    if (answer.exitCode !== 0) throw fixFolderGone(worktree, new Error(answer.complaint));
    return answer.stdout;
  };
  const head = (await git('rev-parse', 'HEAD')).trim();
  const [names, patch, unmerged, others, status] = await Promise.all([
    git(...DIFF, '--name-status', '-z', start, '--'),
    git(...DIFF, '--binary', '--full-index', start, '--'),
    git('ls-files', '--unmerged', '-z'),
    git('ls-files', '--others', '--exclude-standard', '-z'),
    git('status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=dirty'),
  ]);
  return {
    files: readFiles(names),
    conflicts: await readConflicts(worktree, unmerged),
    untracked: others.split('\0', MAX_UNTRACKED).filter((path) => path !== ''),
    fingerprint: createHash('sha256').update(patch).update('\0').update(unmerged).digest('hex').slice(0, 20),
    commit: head === start ? null : head,
    isDirty: status !== '',
  };
}

const STATUSES: Readonly<Record<string, FixFile['status']>> = { A: 'added', D: 'deleted', M: 'modified', T: 'modified', R: 'renamed' };

/** `status NUL path NUL`, with two paths for a rename; files that are not merged are named a second time, as `U`. */
function readFiles(text: string): FixFile[] {
  const fields = text.split('\0');
  const files = new Map<string, FixFile>();
  for (let at = 0; at + 1 < fields.length; ) {
    const status = STATUSES[fields[at]?.charAt(0) ?? ''];
    const isRename = status === 'renamed';
    const path = fields[isRename ? at + 2 : at + 1] ?? '';
    if (path !== '' && (status !== undefined || !files.has(path)))
      files.set(path, { path, previousPath: isRename ? (fields[at + 1] ?? null) : null, status: status ?? 'modified' });
    at += isRename ? 3 : 2;
  }
  return [...files.values()];
}

/** `mode sha stage TAB path NUL`: stage 2 is the file as it was, stage 3 as the fix wants it. */
async function readConflicts(worktree: string, text: string): Promise<FixConflict[]> {
  const stages = new Map<string, string>();
  for (const entry of text.split('\0')) {
    const tab = entry.indexOf('\t');
    if (tab === -1) continue;
    const path = entry.slice(tab + 1);
    stages.set(path, (stages.get(path) ?? '') + entry.charAt(tab - 1));
  }
  return Promise.all(
    [...stages].map(async ([path, seen]): Promise<FixConflict> => {
      const hasBoth = seen.includes('2') && seen.includes('3');
      return { path, kind: hasBoth && !(await isBinary(join(worktree, path))) ? 'markers' : 'choice' };
    }),
  );
}

/** A link, a folder and a file with a zero byte have no lines that could be merged; a file that is gone was decided upon. */
async function isBinary(file: string): Promise<boolean> {
  try {
    if (!(await lstat(file)).isFile()) return true;
    return (await readFile(file)).includes(0);
  } catch {
    return false;
  }
}

/**
 * Takes over what was decided about the conflicts, and rejects when something is undecided or markers are left; then nothing
 * is changed.
 */
export async function resolveConflicts(
  worktree: string,
  start: string,
  choices: readonly ConflictChoice[],
  signal: AbortSignal,
): Promise<FixContents> {
  const { conflicts } = await readContents(worktree, start, signal);
  const sideOf = (path: string) => choices.find((choice) => choice.path === path)?.side ?? null;
  const open = conflicts.filter(({ path, kind }) => kind === 'choice' && sideOf(path) === null);
  if (open.length > 0) throw conflictsUndecided(open.map(({ path }) => path));
  const marked: string[] = [];
  for (const { path, kind } of conflicts) if (kind === 'markers' && (await hasMarkers(worktree, path, signal))) marked.push(path);
  if (marked.length > 0) throw markersLeft(marked);
  for (const { path, kind } of conflicts) await takeOver(worktree, path, kind === 'choice' ? sideOf(path) : null, signal);
  return readContents(worktree, start, signal);
}

/** A line of `=======` alone may be a heading; it is a marker when neither version had one. */
async function hasMarkers(worktree: string, path: string, signal: AbortSignal): Promise<boolean> {
  const text = await readWorkingTreeFile(worktree, path);
  if (text === null) return false;
  if (/^(?:<{7}|>{7}|\|{7})(?: |\r?$)/m.test(text)) return true;
  const isRuled = (version: string) => /^={7}\r?$/m.test(version);
  if (!isRuled(text)) return false;
  const versions = await Promise.all(['2', '3'].map((stage) => runFixGit(worktree, ['cat-file', 'blob', `:${stage}:${path}`], { signal })));
  return !versions.some(({ stdout }) => isRuled(stdout));
}

/** Stages the file as it stands, or the version of one side; a side without a version deletes it. */
async function takeOver(worktree: string, path: string, side: ConflictChoice['side'] | null, signal: AbortSignal): Promise<void> {
  const git = async (...args: string[]) => {
    const answer = await runFixGit(worktree, args, { signal });
    if (answer.exitCode !== 0) throw fixGitFailed(`take over ${path}`, answer.complaint);
  };
  if (side === null) return git('add', '--all', '--', path);
  const stage = side === 'before' ? '2' : '3';
  const version = await runFixGit(worktree, ['rev-parse', '--verify', '--quiet', `:${stage}:${path}`], { signal });
  if (version.exitCode !== 0) return git('rm', '--quiet', '--force', '--', path);
  await git('checkout', side === 'before' ? '--ours' : '--theirs', '--', path);
  await git('add', '--all', '--', path);
}
