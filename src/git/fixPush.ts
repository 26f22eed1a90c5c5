import type { FixWrite, PreparedFix } from '../domain/fix';
import { hookConfig } from './fixCommit';
import { runFixGit } from './fixGit';

/** Addresses as Git resolves them, credentials included; for this machine only. */
export interface RemoteAddress {
  readonly name: string;
  readonly fetchUrl: string;
  readonly pushUrl: string;
}

/** The remotes, `origin` first. */
export async function readRemotes(repository: string, signal: AbortSignal): Promise<RemoteAddress[]> {
  const git = async (...args: string[]) => (await runFixGit(repository, args, { signal })).stdout.trim();
  const names = (await git('remote')).split('\n').filter((name) => name !== '');
  const remotes = names.map(async (name) => ({
    name,
    fetchUrl: await git('remote', 'get-url', '--', name),
    pushUrl: await git('remote', 'get-url', '--push', '--', name),
  }));
  return (await Promise.all(remotes)).toSorted((a, b) => Number(b.name === 'origin') - Number(a.name === 'origin'));
}

/** Pushes the branch under its own name; never forces, never touches another ref. */
export async function pushFix(
  { repository, worktree, branch }: Pick<PreparedFix, 'repository' | 'worktree' | 'branch'>,
  remote: string,
  signal: AbortSignal,
): Promise<FixWrite> {
  const config = [...(await hookConfig(repository, worktree, signal)), 'push.followTags=false', 'push.recurseSubmodules=no'];
  const ref = `refs/heads/${branch}`;
  const { stdout: commit } = await runFixGit(worktree, ['rev-parse', 'HEAD'], { signal });
  const pushed = await runFixGit(worktree, ['push', '--porcelain', '--', remote, `${ref}:${ref}`], { signal, config });
  if (pushed.exitCode === 0) return { kind: 'done', commit: commit.trim() };
  const output = withoutCredentials(`${pushed.stdout}${pushed.complaint}`.trim());
  return { kind: 'refused', message: whyRefused(output, remote), output };
}

type Reason = readonly [pattern: RegExp, sentence: (remote: string) => string];

/** What Git and the servers say, and what a person should do. The first that matches counts. */
const REASONS: readonly Reason[] = [
  [
    /protected branch|GH006|GH013|rule violations|not allowed to (?:push|create)/i,
    (remote) => `${remote} protects branches of this name, so the push was refused. Ask who administers it to allow "aidog/*" branches.`,
  ],
  [
    /\[rejected\]|non-fast-forward|fetch first/i,
    (remote) =>
      `${remote} has a branch of this name with other commits, and AIDog never overwrites it. Draft the fix anew to get another name, or delete the branch there.`,
  ],
  [
    /\[remote rejected\]|hook declined/i,
    (remote) => `${remote} refused the push. What it said is shown; change the fix accordingly, commit, and push again.`,
  ],
  [
    /authentication failed|could not read (?:username|password)|terminal prompts disabled|permission denied|access denied|invalid username|error: 40[13]|denied to /i,
    (remote) =>
      `${remote} does not let you push: Git has no valid credentials for it. Run "git push --dry-run ${remote}" in a terminal, sign in, then push again.`,
  ],
  [
    /repository (?:.{0,300} )?not found|does not appear to be a git repository|error: 404/i,
    (remote) => `There is no repository at the address of ${remote}, or you may not see it. Check "git remote -v", then push again.`,
  ],
  [
    /could not resolve|connection (?:refused|timed out|reset)|network is unreachable|unable to access|could not connect/i,
    (remote) => `${remote} cannot be reached. Check the network and the proxy, then push again.`,
  ],
  [
    /host key verification failed/i,
    (remote) => `The host key of ${remote} is not known yet. Connect to it once in a terminal with ssh, then push again.`,
  ],
];

function whyRefused(output: string, remote: string): string {
  const known = REASONS.find(([pattern]) => pattern.test(output));
  return known ? known[1](remote) : `The push to ${remote} was refused, most likely by a pre-push hook; what it said is shown.`;
}

/** Addresses in Git's messages may carry a name and a password. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,500}@/gi, '$1');
}
