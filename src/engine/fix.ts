import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FixRemote, TestCommand } from '../domain/fix';
import { deedOf } from '../fix/commitMessage';
import type { engineContract } from '../protocol/engineApi';
import type { fixRequests } from '../protocol/fixApi';
import type { Handlers } from '../protocol/message';

type FixHandlers = Pick<Handlers<typeof engineContract>['requests'], keyof typeof fixRequests>;

/** What the engine answers about drafting a fix. Git and GitHub are loaded by the first request that needs them. */
export function createFixHandlers(untilEnd: (signal: AbortSignal) => AbortSignal): FixHandlers {
  return {
    async prepareFix({ repositories, commit, incident, dir }, signal) {
      const [{ findSuspect }, { createRevertPatch }, { prepareWorktree }, { fixBranch, freeName }] = await Promise.all([
        import('../git/fixRepository'),
        import('../git/fixRevert'),
        import('../git/fixWorktree'),
        import('../fix/branchName'),
      ]);
      const suspect = await findSuspect(repositories, commit, untilEnd(signal));
      const branch = (isTaken: (name: string) => boolean) => freeName(fixBranch(incident, deedOf(suspect.commit)), isTaken);
      const { repository } = suspect;
      return prepareWorktree({ repository, source: createRevertPatch(suspect), branch, dir }, untilEnd(signal));
    },
    async readFix({ worktree, start }, signal) {
      const { readContents } = await import('../git/fixContents');
      return readContents(worktree, start, untilEnd(signal));
    },
    async readFixStart({ worktree, commit, path }, signal) {
      const { openRepository } = await import('../git/repository');
      return (await openRepository(worktree, untilEnd(signal))).fileAt(commit, path, untilEnd(signal));
    },
    async resolveFix({ worktree, start, choices }, signal) {
      const { resolveConflicts } = await import('../git/fixContents');
      return resolveConflicts(worktree, start, choices, untilEnd(signal));
    },
    suggestTests: ({ worktree, paths }) => suggestTests(worktree, paths),
    async commitFix({ repository, worktree, message }, signal) {
      const { commitFix } = await import('../git/fixCommit');
      return commitFix({ repository, worktree }, message, untilEnd(signal));
    },
    listFixRemotes: ({ repository }, signal) => listRemotes(repository, untilEnd(signal)),
    async pushFix({ remote, ...fix }, signal) {
      const { pushFix } = await import('../git/fixPush');
      return pushFix(fix, remote, untilEnd(signal));
    },
    async openPullRequest({ connection, order }, signal) {
      const { openDraft } = await import('../github/pullRequests');
      return openDraft(connection, order, untilEnd(signal));
    },
    async discardFix(fix, signal) {
      const { discardWorktree } = await import('../git/fixWorktree');
      await discardWorktree(fix, untilEnd(signal));
      return null;
    },
  };
}

/** Looks in the folder of the changed files first, then in those around it. */
async function suggestTests(worktree: string, paths: readonly string[]): Promise<TestCommand | null> {
  const [{ PROJECT_FILES, testCommand, testFolders }, { readWorkingTreeFile }] = await Promise.all([
    import('../fix/testCommand'),
    import('../git/workingTreeFile'),
  ]);
  for (const directory of testFolders(paths)) {
    const names = await readdir(join(worktree, directory)).catch((): string[] => []);
    const telling = names.filter((name) => PROJECT_FILES.includes(name) || /\.(?:sln|csproj|fsproj)$/.test(name));
    const texts = await Promise.all(
      telling.map(async (name) => {
        const path = directory === '' ? name : `${directory}/${name}`;
        return [name, (await readWorkingTreeFile(worktree, path)) ?? ''] as const;
      }),
    );
    const command = testCommand(new Map(texts));
    if (command !== null) return { command, directory };
  }
  return null;
}

/** Where a push goes decides which repository a remote is; a folder says nothing, then the address for fetching does. */
async function listRemotes(repository: string, signal: AbortSignal): Promise<FixRemote[]> {
  const [{ readRemotes, withoutCredentials }, { parseRemoteUrl }] = await Promise.all([
    import('../git/fixPush'),
    import('../github/remoteUrl'),
  ]);
  return (await readRemotes(repository, signal)).map(({ name, fetchUrl, pushUrl }) => ({
    name,
    url: withoutCredentials(pushUrl),
    github: parseRemoteUrl(pushUrl) ?? parseRemoteUrl(fetchUrl),
  }));
}
