import { foreignRepository, notAGitRepository } from '../domain/errors';
import type { FixStart } from '../domain/fix';
import { fixCommitElsewhere, fixCommitMissing, fixHistoryTooShallow } from '../domain/fixErrors';
import { runFixGit } from './fixGit';

/** A commit that may be reverted, in the repository that has it. */
export interface SuspectFound {
  /** Root of the working tree. */
  readonly repository: string;
  readonly commit: string;
  readonly parents: readonly string[];
  readonly title: string;
}

const SHA = /^[0-9a-f]{7,64}$/;

/** Finds the commit in the first of the folders' repositories that has it with its parents. Rejects with why it cannot be used. */
export async function findSuspect(dirs: readonly string[], sha: string, signal: AbortSignal): Promise<SuspectFound> {
  for (const dir of dirs) {
    const root = await runFixGit(dir, ['rev-parse', '--show-toplevel'], { signal });
    if (root.complaint.includes('dubious ownership')) throw foreignRepository(dir);
    const repository = root.stdout.replace(/\n$/, '');
    if (root.exitCode !== 0 || repository === '') {
      if (dirs.length === 1) throw notAGitRepository(dir);
      continue;
    }
    const commit = SHA.test(sha) ? await resolveCommit(repository, sha, signal) : null;
    if (commit !== null) return { repository, commit, ...(await readCommit(repository, commit, signal)) };
  }
  throw fixCommitMissing(sha);
}

/** The full id of what a name stands for; null when it stands for no commit that is there. */
async function resolveCommit(repository: string, name: string, signal: AbortSignal): Promise<string | null> {
  const answer = await runFixGit(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], { signal });
  return answer.exitCode === 0 ? answer.stdout.trim() : null;
}

/** The commit object itself names its parents also where a shallow clone pretends that it has none. */
async function readCommit(repository: string, commit: string, signal: AbortSignal): Promise<{ parents: string[]; title: string }> {
  const { stdout } = await runFixGit(repository, ['cat-file', 'commit', commit], { signal });
  const end = stdout.indexOf('\n\n');
  const parents = [...stdout.slice(0, end).matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent]) => String(parent));
  for (const parent of parents) {
    const isThere = (await runFixGit(repository, ['cat-file', '-e', `${parent}^{commit}`], { signal })).exitCode === 0;
    if (!isThere) throw fixHistoryTooShallow(commit);
  }
  return {
    parents,
    title:
      stdout
        .slice(end + 2)
        .trimStart()
        .split('\n', 1)[0] ?? '',
  };
}

/**
 * Where the branch of a fix begins: the default branch of the upstream as it was last fetched, else HEAD; the first of the two
 * that has every commit the fix is built on.
 */
export async function chooseStart(repository: string, builtOn: readonly string[], signal: AbortSignal): Promise<FixStart> {
  const starts = [await upstreamDefault(repository, signal), await head(repository, signal)].filter((start) => start !== null);
  for (const start of starts) {
    const contained = await Promise.all(builtOn.map((commit) => isAncestor(repository, commit, start.commit, signal)));
    if (contained.every(Boolean)) return start;
  }
  throw fixCommitElsewhere(
    builtOn[0] ?? '',
    starts.map(({ name }) => name),
  );
}

async function isAncestor(repository: string, ancestor: string, commit: string, signal: AbortSignal): Promise<boolean> {
  return (await runFixGit(repository, ['merge-base', '--is-ancestor', ancestor, commit], { signal })).exitCode === 0;
}

/** `upstream`, where a fork names it so, then `origin`, then the other remotes; the branch that the remote's HEAD names, else `main` or `master`. */
async function upstreamDefault(repository: string, signal: AbortSignal): Promise<FixStart | null> {
  const { stdout } = await runFixGit(repository, ['remote'], { signal });
  const remotes = stdout.split('\n').filter((name) => name !== '');
  const ordered = ['upstream', 'origin', ...remotes].filter((name, at, all) => remotes.includes(name) && all.indexOf(name) === at);
  for (const remote of ordered) {
    const symbolic = await runFixGit(repository, ['symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`], { signal });
    for (const ref of [symbolic.stdout.trim(), `refs/remotes/${remote}/main`, `refs/remotes/${remote}/master`]) {
      const commit = ref === '' ? null : await resolveCommit(repository, ref, signal);
      if (commit === null) continue;
      const branch = ref.slice(`refs/remotes/${remote}/`.length);
      return { commit, name: `${remote}/${branch}`, remoteBranch: branch };
    }
  }
  return null;
}

async function head(repository: string, signal: AbortSignal): Promise<FixStart | null> {
  const commit = await resolveCommit(repository, 'HEAD', signal);
  if (commit === null) return null;
  const branch = (await runFixGit(repository, ['symbolic-ref', '--quiet', '--short', 'HEAD'], { signal })).stdout.trim();
  return { commit, name: branch === '' ? 'HEAD (detached)' : `HEAD (${branch})`, remoteBranch: null };
}
