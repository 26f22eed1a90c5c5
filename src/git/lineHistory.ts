import type { LineRange } from '../domain/ports';
import type { TimeWindow } from '../domain/timeSeries';
import { EARLIEST_SEC } from './commitLog';
import { runGit } from './runGit';

const MAX_COMMITS = 50;
/** A longer stretch is no function. */
const MAX_LINES = 2_000;

/** Commits of the window that changed the lines of a file as it is at a (resolved) commit, newest first. */
export async function lineHistory(
  root: string,
  commit: string,
  path: string,
  range: LineRange,
  window: TimeWindow,
  signal: AbortSignal,
): Promise<string[]> {
  const to = Math.min(range.to, range.from + MAX_LINES);
  const during = [`--since=@${Math.max(EARLIEST_SEC, Math.floor(window.fromMs / 1000))}`, `--until=@${Math.ceil(window.toMs / 1000)}`];
  const args = ['log', '-s', '--no-merges', `--max-count=${MAX_COMMITS}`, ...during, '--format=%H', '--no-ext-diff', '--no-textconv', '-M'];
  const answer = await runGit(root, [...args, `-L${range.from},${to}:${path}`, commit, '--'], { signal });
  return answer.exitCode === 0 ? answer.text.split('\n').filter((line) => /^[0-9a-f]{40,64}$/.test(line)) : [];
}
