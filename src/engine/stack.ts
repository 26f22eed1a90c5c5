import type { Repository } from '../domain/ports';
import type { engineContract } from '../protocol/engineApi';
import type { Handlers } from '../protocol/message';
import type { Workspaces } from './workspaces';

type StackHandlers = Pick<Handlers<typeof engineContract>['requests'], 'resolveStack' | 'findFrames' | 'readAtCommit' | 'fetchCommit'>;

/** What the engine answers about stack traces that somebody has at hand. */
export function createStackHandlers(workspaces: Workspaces, untilEnd: (signal: AbortSignal) => AbortSignal): StackHandlers {
  return {
    async resolveStack({ repositories: dirs, ...stack }, signal) {
      const { resolveStackIn } = await import('./resolveStackIn');
      return resolveStackIn({ ...stack, dirs }, workspaces, untilEnd(signal));
    },
    async findFrames({ text, repositories: dirs }, signal) {
      const { fileNames, frameLinks, framesIn } = await import('../code/frameLinks');
      const frames = framesIn(text);
      if (frames.length === 0) return [];
      const { repositories } = await workspaces.open(dirs, untilEnd(signal));
      const files = await Promise.all(repositories.map((repository) => repository.listFiles(untilEnd(signal))));
      return frameLinks(frames, fileNames(files.flat()));
    },
    async readAtCommit({ repository: dir, commit, path }, signal) {
      const { repositories } = await workspaces.open([dir], untilEnd(signal));
      return (await repositories[0]?.fileAt(commit, path, untilEnd(signal))) ?? null;
    },
    async fetchCommit({ commit, repositories: dirs }, signal) {
      const { repositories } = await workspaces.open(dirs, untilEnd(signal));
      return { repositories: await fetchInto(repositories, commit, untilEnd(signal)) };
    },
  };
}

/** Roots of the repositories that have the commit in the end. Rejects with the first reason when none has it. */
async function fetchInto(repositories: readonly Repository[], commit: string, signal: AbortSignal): Promise<string[]> {
  const outcomes = await Promise.allSettled(
    repositories.map(async (repository) => {
      const isThere = (await repository.hasCommit(commit, signal)) || (await repository.fetchCommit(commit, signal));
      return isThere && repository.root !== null ? [repository.root] : [];
    }),
  );
  signal.throwIfAborted();
  const roots = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (roots.length === 0 && failure !== undefined) throw failure.reason;
  return roots;
}
