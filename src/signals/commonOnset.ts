import type { TimeSeries, TimeWindow } from '../domain/timeSeries';
import { worseningOf } from './onset';
import { changeOf } from './seriesChange';

/** A series and whose it is; what one service's series say counts once. */
export interface OwnedSeries {
  readonly owner: string;
  readonly series: TimeSeries;
}

interface Vote {
  readonly owner: string;
  readonly atMs: number;
  readonly weight: number;
}

/** Series are sampled at their own seconds and feel an event within an interval or two of each other. */
const TOGETHER_INTERVALS = 1.5;
/** Less than one plain change is chance. */
const MIN_WEIGHT = 0.5;

/**
 * When most of what got worse got worse: each series votes for the time of its own step for the worse, with the weight
 * score / (score + 1) of the change that it makes there; votes that lie together count as one time, the strongest of each
 * owner. Only steps within `plausible` are heard, since an alert follows its cause by minutes and an older step is an older
 * story. null when nothing plain got worse.
 */
export function commonOnset(all: readonly OwnedSeries[], window: TimeWindow, plausible: TimeWindow): number | null {
  const votes = all.flatMap((one) => voteOf(one, window, plausible));
  const togetherMs = TOGETHER_INTERVALS * 1000 * Math.max(1, ...all.map(({ series }) => Math.min(series.intervalSec, 300)));
  let best: number | null = null;
  let most = MIN_WEIGHT;
  for (const { atMs } of votes) {
    const strongest = new Map<string, Vote>();
    for (const vote of votes) {
      const isTogether = vote.atMs >= atMs && vote.atMs - atMs <= togetherMs;
      if (isTogether && vote.weight > (strongest.get(vote.owner)?.weight ?? 0)) strongest.set(vote.owner, vote);
    }
    const weight = [...strongest.values()].reduce((sum, vote) => sum + vote.weight, 0);
    if (weight <= most) continue;
    most = weight;
    best = middleOf([...strongest.values()]);
  }
  return best;
}

function voteOf({ owner, series }: OwnedSeries, window: TimeWindow, plausible: TimeWindow): Vote[] {
  const onset = worseningOf(series, window);
  if (onset === null || onset.atMs < plausible.fromMs || onset.atMs >= plausible.toMs) return [];
  const change = changeOf(series, { fromMs: window.fromMs, toMs: onset.atMs }, { fromMs: onset.atMs, toMs: window.toMs });
  return change?.isHarmful ? [{ owner, atMs: onset.atMs, weight: change.score / (change.score + 1) }] : [];
}

/** The weighted median of the votes' times. */
function middleOf(votes: readonly Vote[]): number {
  const sorted = [...votes].sort((a, b) => a.atMs - b.atMs);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const { atMs, weight } of sorted) {
    sum += weight;
    if (sum >= half) return atMs;
  }
  return sorted.at(-1)?.atMs ?? 0;
}
