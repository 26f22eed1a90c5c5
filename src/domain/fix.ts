import type { Forecast } from './forecast';
import type { Verdict } from './incident';

/** What is done to draft a fix, in this order. */
export const FIX_STEPS = ['branch', 'files', 'conflicts', 'tests', 'commit', 'push', 'pullRequest'] as const;
export type FixStep = (typeof FIX_STEPS)[number];

/** Where the branch of a fix begins. */
export interface FixStart {
  readonly commit: string;
  /** As a person knows it: `origin/main`, `HEAD (main)`, `HEAD (detached)`. */
  readonly name: string;
  /** The branch on the remote that it is, for a pull request to go to; null when it begins at HEAD. */
  readonly remoteBranch: string | null;
}

/** How the files of a fix came about. */
export interface RevertPatch {
  readonly kind: 'revert';
  readonly commit: string;
  /** First line of the reverted commit's message. */
  readonly title: string;
  /** Whether a merge was reverted; then all that it brought to its first parent is undone. */
  readonly isMerge: boolean;
}

export type FixPatch = RevertPatch;

/** A linked worktree on a branch of its own, with a patch applied and nothing committed. */
export interface PreparedFix {
  /** Root of the repository that the worktree belongs to. */
  readonly repository: string;
  /** Folder of the linked worktree; the working tree of the repository is never touched. */
  readonly worktree: string;
  readonly branch: string;
  readonly start: FixStart;
  readonly patch: FixPatch;
  /** Whether the working tree of the repository has changes of its own, which are no part of the fix. */
  readonly isWorkingTreeDirty: boolean;
}

/** A file that differs from the start of the fix; paths are relative to the worktree, with `/`. */
export interface FixFile {
  readonly path: string;
  /** What it was called at the start, where it was renamed. */
  readonly previousPath: string | null;
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed';
}

/** A file that Git could not merge. `markers`: both versions stand in it; `choice`: one of two versions must be chosen. */
export interface FixConflict {
  readonly path: string;
  readonly kind: 'markers' | 'choice';
}

/** What becomes of a conflict without markers: the file as it was before the fix, or as the fix wants it. */
export interface ConflictChoice {
  readonly path: string;
  readonly side: 'before' | 'fix';
}

/** How the worktree of a fix stands now. */
export interface FixContents {
  readonly files: readonly FixFile[];
  readonly conflicts: readonly FixConflict[];
  /** New files that Git does not know; they are no part of the fix until someone adds them. */
  readonly untracked: readonly string[];
  /** Names the exact text of all changed files; equal texts have equal names. */
  readonly fingerprint: string;
  /** The last commit of the branch; null while it has none of its own. */
  readonly commit: string | null;
  /** Whether there are changes that are in no commit. */
  readonly isDirty: boolean;
}

/** How the project's tests ended. */
export interface FixTests {
  readonly command: string;
  /** null when the run ended without an exit code, as when its terminal was closed. */
  readonly exitCode: number | null;
  /** What was tested; see {@link FixContents.fingerprint}. */
  readonly fingerprint: string;
}

export interface FixRemote {
  readonly name: string;
  /** Where a push goes, without credentials. */
  readonly url: string;
  /** The repository on GitHub that it is, as its address says; null when the address does not. */
  readonly github: GitHubRepository | null;
}

export interface GitHubRepository {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

export interface FixPush {
  readonly remote: FixRemote;
  readonly commit: string;
}

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly isDraft: boolean;
}

/** Why a step did not succeed. */
export interface FixFailure {
  readonly step: FixStep;
  readonly message: string;
  /** What a hook, or the other side, printed; empty when nothing. */
  readonly output: string;
}

/** A fact of the investigation that the pull request repeats. */
export interface FixEvidence {
  readonly id: string;
  readonly summary: string;
  readonly source: string;
  readonly query: string;
  readonly link: string | null;
}

/** What the investigation said when the fix was drafted; kept with the fix, which may outlive the investigation. */
export interface FixReason {
  readonly incident: string;
  readonly service: string | null;
  readonly verdict: Verdict;
  /** Page of the alert; null when there is none. */
  readonly link: string | null;
  /** ISO 8601 UTC. */
  readonly startedAt: string | null;
  readonly hypothesis: string;
  /** 0..1. */
  readonly confidence: number;
  readonly place: string | null;
  readonly evidenceFor: readonly FixEvidence[];
  readonly evidenceAgainst: readonly FixEvidence[];
  readonly unchecked: readonly string[];
  readonly forecasts: readonly FixForecast[];
}

export type FixForecast = Pick<Forecast, 'title' | 'unit' | 'threshold' | 'breachInSec'> & {
  /** Median and band at the horizon. */
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly horizonSec: number;
};

/** A fix on its way from a hypothesis to a draft pull request. Everything in it can be shown and saved. */
export interface FixDraft extends PreparedFix {
  readonly id: string;
  readonly reason: FixReason;
  /** null until the worktree was looked at. */
  readonly contents: FixContents | null;
  readonly tests: FixTests | null;
  readonly push: FixPush | null;
  readonly pullRequest: PullRequest | null;
  readonly failure: FixFailure | null;
}

/** What makes the files of a fix: reverting a commit, or someone who writes a patch. */
export interface PatchSource {
  /** Commits that must be in the history of the branch for the patch to make sense. */
  readonly builtOn: readonly string[];
  /** Changes files in the worktree and its index; commits nothing. Conflicts are left in the index for a person. */
  apply(worktree: string, signal: AbortSignal): Promise<FixPatch>;
}

/** What came of a commit or a push. `refused`: a hook or the other side said no; its output is for a person, and nothing is lost. */
export type FixWrite =
  | { readonly kind: 'done'; readonly commit: string }
  | { readonly kind: 'refused'; readonly message: string; readonly output: string };

export interface PullRequestOrder {
  /** The repository that shall take the change. */
  readonly target: GitHubRepository;
  /** Owner of the repository that the branch was pushed to; the target's own, or a fork's. */
  readonly headOwner: string;
  readonly branch: string;
  /** The branch to merge into; null for the default branch of the target. */
  readonly base: string | null;
  readonly title: string;
  /** GitHub's Markdown. */
  readonly body: string;
}

/** `found`: the branch had an open pull request already. `no_drafts`: the plan of the repository has no drafts; nothing was opened. */
export type PullRequestResult =
  | { readonly kind: 'opened' | 'found'; readonly pullRequest: PullRequest }
  | { readonly kind: 'no_drafts'; readonly compareUrl: string };

/** How to reach GitHub. The token travels only into the engine and from there to this address. */
export interface GitHubConnection {
  /** Address of the API without a slash at its end: `https://api.github.com`, `https://host/api/v3`. */
  readonly baseUrl: string;
  readonly token: string;
  /** Longest that one answer may take. */
  readonly timeoutMs: number;
}

/** How a project is tested, as far as its files say. */
export interface TestCommand {
  /** A line for a shell. */
  readonly command: string;
  /** Folder to run it in, relative to the root of the worktree, with `/`; empty for the root. */
  readonly directory: string;
}
