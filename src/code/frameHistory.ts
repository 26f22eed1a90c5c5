import type { Repository } from '../domain/ports';
import type { TimeWindow } from '../domain/timeSeries';
import { linesOf } from './drift';
import { functionRange } from './functionRange';
import type { FailingFrame } from './suspectInput';

/** What Git says about a failing line and the function around it, as of the commit that ran. */
export interface FrameHistory {
  readonly frame: FailingFrame;
  /** The commit that last touched the line, whenever that was. */
  readonly wroteLine: string | null;
  /** Commits of the window that changed the function, also while it had another place or its file another name. */
  readonly changedFunction: readonly string[];
}

/** Further frames only led there. */
const MAX_FRAMES = 4;

/** Asks Git about the innermost failing frames. */
export async function frameHistories(
  repository: Repository,
  commit: string,
  frames: readonly FailingFrame[],
  window: TimeWindow,
  signal: AbortSignal,
): Promise<FrameHistory[]> {
  const asked = frames.slice(0, MAX_FRAMES);
  return Promise.all(
    asked.map(async (frame) => ({
      frame,
      wroteLine: (await repository.blame(commit, frame.path, [frame.line], signal))[0] ?? null,
      changedFunction: await functionHistory(repository, commit, frame, window, signal),
    })),
  );
}

async function functionHistory(
  repository: Repository,
  commit: string,
  { path, line, function: name }: FailingFrame,
  window: TimeWindow,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const text = name === null ? null : await repository.fileAt(commit, path, signal);
  const range = text === null || name === null ? null : functionRange(linesOf(text), line, name);
  return range === null ? [] : repository.lineHistory(commit, path, range, window, signal);
}
