import { access } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { FixWrite, PreparedFix } from '../domain/fix';
import { fixGitFailed, gitIdentityMissing, markersLeft, nothingToCommit } from '../domain/fixErrors';
import { runFixGit } from './fixGit';

/** Commits every change of tracked files in the worktree, as the person that Git knows, with the repository's hooks. */
export async function commitFix(
  { repository, worktree }: Pick<PreparedFix, 'repository' | 'worktree'>,
  message: string,
  signal: AbortSignal,
): Promise<FixWrite> {
  const git = async (args: string[], config: readonly string[] = []) => runFixGit(worktree, args, { signal, config });
  for (const role of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) if ((await git(['var', role])).exitCode !== 0) throw gitIdentityMissing();
  // Staging a file would call its conflict resolved.
  const open = (await git(['diff', '--name-only', '--diff-filter=U', '-z'])).stdout.split('\0').filter((path) => path !== '');
  if (open.length > 0) throw markersLeft([...new Set(open)]);
  const added = await git(['add', '--update']);
  if (added.exitCode !== 0) throw fixGitFailed('stage the changes', added.complaint);
  if ((await git(['diff', '--cached', '--quiet', '--no-ext-diff'])).exitCode === 0) throw nothingToCommit();
  const hooks = await hookConfig(repository, worktree, signal);
  const made = await git(['commit', '--quiet', '--cleanup=whitespace', `--message=${message}`], hooks);
  if (made.exitCode === 0) return { kind: 'done', commit: (await git(['rev-parse', 'HEAD'])).stdout.trim() };
  if (/^(?:fatal|error):/m.test(made.complaint)) throw fixGitFailed('commit', made.complaint);
  const output = `${made.stdout}${made.complaint}`.trim();
  const said = output.split('\n').findLast((line) => line.trim() !== '');
  return {
    kind: 'refused',
    message: `A hook of the repository refused the commit${said ? ` (${said.trim()})` : ''}. The changes are kept in the worktree.`,
    output,
  };
}

/**
 * Hooks in a folder that is not part of the repository's files, as some tools generate them, exist in the working tree only; a
 * worktree uses the same ones.
 */
export async function hookConfig(repository: string, worktree: string, signal: AbortSignal): Promise<string[]> {
  const path = (await runFixGit(worktree, ['config', '--path', '--get', 'core.hooksPath'], { signal })).stdout.trim();
  if (path === '' || isAbsolute(path) || (await exists(join(worktree, path)))) return [];
  return (await exists(join(repository, path))) ? [`core.hooksPath=${join(repository, path)}`] : [];
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
