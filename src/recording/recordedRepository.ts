import type { Commit } from '../domain/change';
import type { Repository } from '../domain/ports';
import type { Recording } from './recording';

/** How many characters of a commit's name are enough to name it. */
const SHORTEST_SHA = 7;

/**
 * The recorded commits in the place of a Git repository. There are no files and no parents: texts, blame and line mapping are
 * unknown, and of two recorded commits of one repository the earlier counts as contained in the later.
 */
export function createRecordedRepository(recording: Recording): Repository {
  const commits = recording.commits.toSorted((a, b) => b.timestampMs - a.timestampMs);
  const find = (sha: string): Commit | undefined =>
    commits.find((commit) => commit.sha === sha || (sha.length >= SHORTEST_SHA && commit.sha.startsWith(sha)));
  return {
    root: null,
    name: commits.find(({ repository }) => repository !== null)?.repository ?? recording.id,
    listFiles: async () => [],
    filesStamp: async () => recording.id,
    readFile: async () => null,
    commitsBetween: async ({ fromMs, toMs }) => {
      const untilMs = Math.min(toMs, recording.nowMs + 1);
      return commits.filter(({ timestampMs }) => timestampMs >= fromMs && timestampMs < untilMs);
    },
    hasCommit: async (sha) => find(sha) !== undefined,
    fileAt: async () => null,
    mapLine: async (_sha, path, line) => ({ path, line, status: 'unknown' }),
    mapLineBack: async (path, line) => ({ path, line, status: 'unknown' }),
    blame: async (_sha, _path, lines) => lines.map(() => null),
    isAncestor: async (ancestor, sha) => {
      const [older, newer] = [find(ancestor), find(sha)];
      if (older === undefined || newer === undefined) return false;
      return older.repository === newer.repository && older.timestampMs <= newer.timestampMs;
    },
    lineHistory: async () => [],
    fetchCommit: async () => false,
    resolveVersion: async (version) => find(version)?.sha ?? null,
    remotes: async () => [],
    isPushed: async () => null,
  };
}
