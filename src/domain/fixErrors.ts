import { AppError } from './errors';
import { formatSha } from './format';

/** Errors of drafting a fix; see `errors.ts` for what they have in common. */

export const fixNeedsTrust = () =>
  new AppError('workspace', 'In Restricted Mode AIDog writes nothing. Trust this workspace, then draft the fix again.');

export const nothingToRevert = () =>
  new AppError('workspace', 'No commit is suspected here, so there is nothing to revert. Choose a hypothesis that names a commit.');

export const fixCommitMissing = (sha: string) =>
  new AppError('workspace', `The commit ${formatSha(sha)} is in none of the open repositories. Run "git fetch", then draft the fix again.`);

export const fixCommitElsewhere = (sha: string, places: readonly string[]) =>
  new AppError(
    'workspace',
    `The commit ${formatSha(sha)} is no part of ${places.join(' or ')}, so there is nothing to revert there. Check out the branch that has it, then draft the fix again.`,
  );

export const fixHistoryTooShallow = (sha: string) =>
  new AppError(
    'workspace',
    `This clone is shallow and lacks what came before ${formatSha(sha)}. Run "git fetch --unshallow", then draft the fix again.`,
  );

export const alreadyReverted = (sha: string, start: string) =>
  new AppError('workspace', `Reverting ${formatSha(sha)} changes nothing: ${start} has none of its changes any more.`);

export const fixFolderGone = (dir: string, cause?: unknown) =>
  new AppError('workspace', `The folder of the fix, ${dir}, is gone. Discard the fix, then draft it again.`, { cause });

export const fixGitFailed = (what: string, complaint: string) =>
  new AppError('workspace', `Git could not ${what}: ${lastLine(complaint)}`, { cause: new Error(complaint) });

export const markersLeft = (paths: readonly string[]) =>
  new AppError(
    'workspace',
    `Conflict markers are left in ${named(paths)}. Decide what each place shall say, delete the markers, save, then continue.`,
  );

export const conflictsUndecided = (paths: readonly string[]) =>
  new AppError('workspace', `It is not decided what becomes of ${named(paths)}. Choose one of the two versions, then continue.`);

export const nothingToCommit = () =>
  new AppError('workspace', 'The worktree of the fix has no changes that are not committed. Edit a changed file first, or push.');

export const fixStepTooEarly = () =>
  new AppError('bad_input', 'This step of the fix has nothing to do now. Do the step that is marked in the view "Drafted Fix" first.');

export const gitIdentityMissing = () =>
  new AppError(
    'configuration',
    'Git does not know who commits. Run: git config --global user.name "Your Name" and git config --global user.email you@example.com',
  );

export const noFixRemote = () =>
  new AppError('workspace', 'The repository has no remote to push to. Add one with "git remote add origin <address>", then push again.');

export const noGitHubRemote = () =>
  new AppError(
    'workspace',
    'No remote of this repository is on GitHub as far as its address says. For GitHub Enterprise, set "aidog.github.baseUrl".',
  );

export const foreignWorktree = (dir: string) =>
  new AppError('workspace', `${dir} is not a worktree that AIDog made for a fix, so it is left alone.`);

export const noGitHubToken = (host: string, cause?: unknown) =>
  new AppError(
    'configuration',
    `There is no access to ${host}. Sign in when VS Code asks, or run "AIDog: Set GitHub Token…" with a token that may write pull requests.`,
    { cause },
  );

export const gitHubTokenRefused = (host: string, cause?: unknown) =>
  new AppError('forbidden', `${host} does not accept the token (401). It may have expired: run "AIDog: Set GitHub Token…".`, { cause });

export const gitHubForbidden = (host: string, repository: string, cause?: unknown) =>
  new AppError(
    'forbidden',
    `${host} does not let this token open pull requests in ${repository} (403). It needs the scope "repo", or "Pull requests: write", and the single sign-on of its organisation.`,
    { cause },
  );

export const gitHubNotFound = (host: string, repository: string, cause?: unknown) =>
  new AppError(
    'not_found',
    `${host} shows no repository ${repository} to this token (404). Check the remote, and what the token may see.`,
    {
      cause,
    },
  );

export const gitHubRefused = (host: string, reason: string, cause?: unknown) =>
  new AppError('bad_input', `${host} does not take the pull request (422): ${reason}`, { cause });

export const gitHubLimited = (host: string, retryInSec: number | null, cause?: unknown) =>
  new AppError('rate_limited', `${host} is limiting requests. Try again ${retryInSec === null ? 'in a minute' : `in ${retryInSec} s`}.`, {
    cause,
  });

export const gitHubFailed = (host: string, status: number, cause?: unknown) =>
  new AppError('server', `${host} failed with status ${status}. Try again; a pull request that was opened anyway will be found.`, {
    cause,
  });

export const gitHubUnreachable = (host: string, cause?: unknown) =>
  new AppError('unreachable', `${host} cannot be reached. Check the network, the proxy and the setting "aidog.github.baseUrl".`, { cause });

export const gitHubTimedOut = (host: string, seconds: number, cause?: unknown) =>
  new AppError(
    'unreachable',
    `${host} did not answer within ${seconds} s. Try again; a pull request that was opened anyway will be found.`,
    {
      cause,
    },
  );

export const gitHubUnreadable = (host: string, cause?: unknown) =>
  new AppError('bad_answer', `${host} sent an answer that is none of GitHub's. Check the setting "aidog.github.baseUrl".`, { cause });

/** Few names in full, many by their number. */
function named(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(', ');
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}

/** Git says what matters last, often after hints. */
function lastLine(complaint: string): string {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('hint:'));
  return lines.findLast((line) => /^(?:fatal|error):/.test(line)) ?? lines.at(-1) ?? 'it did not say why.';
}
