import { type TimeSeries, type TimeWindow, valuesWithin } from '../domain/timeSeries';
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
/** A level that so few values show is half known: a step soon after the beginning may be the level itself. */
const HALF_KNOWN = 5;
/** Fewer are no level at all. */
export const MIN_KNOWN = 4;
/** Less than one plain change is chance. */
const MIN_WEIGHT = 0.3;

/**
 * When most of what got worse got worse: each series votes for the time of its own step for the worse, with the weight
 * score / (score + 1) of the change that it makes there, less where few values show the level that it leaves; votes that lie together count as one time, the strongest of each
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
  const quiet = { fromMs: window.fromMs, toMs: onset.atMs };
  const change = changeOf(series, quiet, { fromMs: onset.atMs, toMs: window.toMs });
  const known = valuesWithin(series, quiet).length;
  if (!change?.isHarmful || known < MIN_KNOWN) return [];
  const weight = (change.score / (change.score + 1)) * (known / (known + HALF_KNOWN));
  return [{ owner, atMs: onset.atMs, weight }];
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
