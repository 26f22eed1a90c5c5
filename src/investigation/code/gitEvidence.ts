import { type FrameHistory, frameHistories } from '../../code/frameHistory';
import type { SuspectInput } from '../../code/suspectInput';
import { AppError } from '../../domain/errors';
import { formatPlural } from '../../domain/format';
import type { Repository } from '../../domain/ports';
import type { HeldCommit } from '../gathered';
import { holderOf } from './deployed';
import type { FailingPlaces } from './failingPlaces';

/** What Git itself says about the failing lines and the commits, whichever service is judged. */
export type GitEvidence = Required<Pick<SuspectInput, 'blamed' | 'histories' | 'unpushed'>>;

const DAY_MS = 86_400_000;
const SKEW_MS = 120_000;

/** Who wrote the failing lines and changed their functions before the onset, and which commits were never pushed. */
export async function gitEvidence(
  commits: readonly HeldCommit[],
  { frames, commit }: FailingPlaces,
  onsetMs: number,
  repositories: readonly Repository[],
  signal: AbortSignal,
): Promise<GitEvidence> {
  const oldestMs = Math.min(onsetMs - 14 * DAY_MS, ...commits.map((held) => held.commit.timestampMs));
  const window = { fromMs: oldestMs, toMs: onsetMs + SKEW_MS };
  const holder = commit === null || frames.length === 0 ? null : await holderOf(commit, repositories, signal);
  const [histories, unpushed] = await Promise.all([
    holder === null || commit === null ? [] : frameHistories(holder, commit, frames, window, signal),
    unpushedOf(commits, signal),
  ]);
  return { histories, unpushed, blamed: blamedBy(histories) };
}

const blamedBy = ([first]: readonly FrameHistory[]) => (first === undefined || first.wroteLine === null ? [] : [first.wroteLine]);

/** A repository that cannot tell counts as having pushed everything. */
async function unpushedOf(commits: readonly HeldCommit[], signal: AbortSignal): Promise<ReadonlySet<string>> {
  const unpushed = new Set<string>();
  for (const { commit, repository } of commits)
    try {
      if ((await repository.isPushed(commit.sha, signal)) === false) unpushed.add(commit.sha);
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error;
    }
  return unpushed;
}

/** Tells a person which commits of the time were not judged; null when all were. `judged` are the commits that were ranked. */
export function leftOut(unpushed: ReadonlySet<string>, judged: ReadonlySet<string>): string | null {
  const count = [...unpushed].filter((sha) => !judged.has(sha)).length;
  if (count === 0) return null;
  return `${formatPlural(count, 'commit')} that no remote branch has ${count === 1 ? 'was' : 'were'} left out: work that was never pushed cannot have run`;
}
