import { cancelled, commitNotFetched } from '../domain/errors';
import { remoteNames } from './remotes';
import { runGit } from './runGit';

const TIMEOUT_MS = 120_000;
const WHOLE_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

export interface FetchPlace {
  readonly root: string;
  readonly isShallow: boolean;
}

/**
 * Fetches one commit into the object store, from the remotes in order, and nothing else: no branch, tag, `FETCH_HEAD` or file
 * changes, no hook runs, and nobody is asked for a password. False without a remote; rejects with `commitNotFetched`.
 */
export async function fetchCommit({ root, isShallow }: FetchPlace, sha: string, signal: AbortSignal): Promise<boolean> {
  if (!WHOLE_ID.test(sha))
    throw commitNotFetched(sha, 'a server gives a commit only by its whole id of 40 characters, and this is a part of one.');
  const remotes = await remoteNames(root, signal);
  const whys: string[] = [];
  const env = await quietEnvironment(root, signal);
  for (const remote of remotes) {
    const complaint = await fetchFrom(root, remote, sha, { isShallow, env }, signal);
    if (complaint === null) return true;
    whys.push(whyNot(complaint, remote));
  }
  if (whys[0] === undefined) return false;
  throw commitNotFetched(sha, whys[0], whys.join('\n'));
}

interface FetchManner {
  readonly isShallow: boolean;
  readonly env: Readonly<Record<string, string>>;
}

/** Null when it worked, else what Git complained about. */
async function fetchFrom(
  root: string,
  remote: string,
  sha: string,
  { isShallow, env }: FetchManner,
  signal: AbortSignal,
): Promise<string | null> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  // In a shallow clone the commit comes alone: more would fetch all that the clone left out.
  const depth = isShallow ? ['--depth=1'] : [];
  const still = [
    '--quiet',
    '--upload-pack=git-upload-pack',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-recurse-submodules',
    '--no-auto-maintenance',
    '--refmap=',
  ];
  const config = ['fetch.writeCommitGraph=false', 'protocol.ext.allow=never'];
  try {
    const options = { signal: AbortSignal.any([signal, timeout]), config, env };
    const answer = await runGit(root, ['fetch', ...still, ...depth, '--', remote, sha], options);
    return answer.exitCode === 0 ? null : answer.complaint;
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (timeout.aborted) return 'timed out';
    throw error;
  }
}

/** Git asks nobody, and speaks English so that its complaints can be told apart. The user's own SSH command is kept. */
async function quietEnvironment(root: string, signal: AbortSignal): Promise<Record<string, string>> {
  const own = await runGit(root, ['config', '--global', '--includes', '--get', 'core.sshCommand'], { signal });
  const ssh = process.env.GIT_SSH_COMMAND ?? (own.text.trim() || 'ssh');
  const isOpenSsh = /(?:^|[\\/"'])ssh(?:\.exe)?["']?(?:\s|$)/.test(ssh);
  return {
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    GCM_INTERACTIVE: 'never',
    GIT_SSH_COMMAND: isOpenSsh ? `${ssh} -o BatchMode=yes` : ssh,
  };
}

const WHYS: readonly (readonly [RegExp, (remote: string) => string])[] = [
  [/timed out/i, (remote) => `the remote "${remote}" did not answer in time. Check the network and try again.`],
  [
    /could not resolve host|couldn't connect|failed to connect|connection refused|connection reset|network is unreachable|no route to host|unable to connect/i,
    (remote) => `the remote "${remote}" cannot be reached. Check the network, VPN or proxy and try again.`,
  ],
  [
    /authentication failed|could not read username|could not read password|permission denied|terminal prompts disabled|host key verification failed|error: 40[13]\b|access denied/i,
    (remote) => `the remote "${remote}" does not let you in. Sign in by running "git fetch ${remote}" in a terminal once.`,
  ],
  [
    /does not allow request for unadvertised object|unadvertised/i,
    (remote) => `the remote "${remote}" gives no single commits. Run "git fetch --all" and check that the commit is on a branch.`,
  ],
  [
    /not our ref|couldn't find remote ref|bad object|did not send all necessary objects/i,
    (remote) =>
      `the remote "${remote}" does not have it. Check that this is the repository that was deployed, and that the commit was pushed.`,
  ],
  [
    /not found|does not appear to be a git repository|does not exist|could not read from remote/i,
    (remote) => `the remote "${remote}" leads to no repository that you can read. Check its address with "git remote -v".`,
  ],
];

function whyNot(complaint: string, remote: string): string {
  const [, why] = WHYS.find(([pattern]) => pattern.test(complaint)) ?? [];
  return why?.(remote) ?? `Git could not fetch from "${remote}". Run "git fetch ${remote}" in a terminal to see why.`;
}
