import * as z from 'zod/mini';
import type {
  ConflictChoice,
  FixContents,
  FixRemote,
  FixWrite,
  GitHubConnection,
  PreparedFix,
  PullRequestOrder,
  PullRequestResult,
  TestCommand,
} from '../domain/fix';
import { defineRequest, trusted } from './message';

const place = { repository: z.string(), worktree: z.string() };
const branched = { ...place, branch: z.string() };
const choice = z.object({ path: z.string(), side: z.enum(['before', 'fix']) });

/** What the extension host asks of the engine to draft a fix; each that writes is asked because a person pressed a button. */
export const fixRequests = {
  /** Reverts the commit in a new worktree below `dir`, in the first of the repositories that has it; `incident` names the branch. */
  prepareFix: defineRequest<{ repositories: string[]; commit: string; incident: string; dir: string }, PreparedFix>(
    z.object({ repositories: z.array(z.string()), commit: z.string(), incident: z.string(), dir: z.string() }),
  ),
  readFix: defineRequest<{ worktree: string; start: string }, FixContents>(z.object({ worktree: z.string(), start: z.string() })),
  /** The text of a file as it was when the branch began; null when it was not there or is no text. */
  readFixStart: defineRequest<{ worktree: string; commit: string; path: string }, string | null>(
    z.object({ worktree: z.string(), commit: z.string(), path: z.string() }),
  ),
  resolveFix: defineRequest<{ worktree: string; start: string; choices: ConflictChoice[] }, FixContents>(
    z.object({ worktree: z.string(), start: z.string(), choices: z.array(choice) }),
  ),
  /** How the project of the changed files is tested; null when nothing says. */
  suggestTests: defineRequest<{ worktree: string; paths: string[] }, TestCommand | null>(
    z.object({ worktree: z.string(), paths: z.array(z.string()) }),
  ),
  commitFix: defineRequest<{ repository: string; worktree: string; message: string }, FixWrite>(
    z.object({ ...place, message: z.string() }),
  ),
  listFixRemotes: defineRequest<{ repository: string }, FixRemote[]>(z.object({ repository: z.string() })),
  pushFix: defineRequest<{ repository: string; worktree: string; branch: string; remote: string }, FixWrite>(
    z.object({ ...branched, remote: z.string() }),
  ),
  openPullRequest: defineRequest<{ connection: GitHubConnection; order: PullRequestOrder }, PullRequestResult>(
    z.object({ connection: trusted<GitHubConnection>(), order: trusted<PullRequestOrder>() }),
  ),
  /** Removes the worktree and its branch, whatever they hold, and nothing else. */
  discardFix: defineRequest<{ repository: string; worktree: string; branch: string }, null>(z.object(branched)),
} as const;
