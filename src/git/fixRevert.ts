import type { PatchSource, RevertPatch } from '../domain/fix';
import { fixGitFailed } from '../domain/fixErrors';
import { runFixGit } from './fixGit';

export interface RevertOptions {
  /** Full id of a commit that is in the history of the worktree's branch. */
  readonly commit: string;
  /** Known parents; a merge is undone against the first, which is the branch that it was merged into. */
  readonly parents: readonly string[];
  readonly title: string;
}

/** The mechanical fix: undoes what one commit changed. Conflicts stay in the worktree for a person. */
export function createRevertPatch({ commit, parents, title }: RevertOptions): PatchSource {
  const isMerge = parents.length > 1;
  const patch: RevertPatch = { kind: 'revert', commit, title, isMerge };
  return {
    builtOn: [commit],
    async apply(worktree, signal) {
      const mainline = isMerge ? ['--mainline', '1'] : [];
      const result = await runFixGit(worktree, ['revert', '--no-commit', ...mainline, commit], { signal });
      const isMerged = result.exitCode === 0 || (await hasConflicts(worktree, signal));
      if (!isMerged) throw fixGitFailed(`revert ${commit.slice(0, 7)}`, result.complaint);
      return patch;
    },
  };
}

async function hasConflicts(worktree: string, signal: AbortSignal): Promise<boolean> {
  const { stdout } = await runFixGit(worktree, ['ls-files', '--unmerged', '-z'], { signal });
  return stdout !== '';
}
