import type { Band } from './band';

/** A band that was predicted from earlier values, and what came then. */
export interface Outcome {
  readonly band: Band;
  readonly actual: readonly number[];
}

const LEVEL = 0.9;
/** The outcomes of a few origins are correlated and say little: the correction is taken to this power. */
const SHRINKAGE = 0.3;
const MOST = 1.6;

/**
 * By how much a series' bands are to be widened, 1 … 1.6: conformalised quantile regression (Romano, Patterson, Candès 2019) with
 * the distance from the median in half-widths as the score. A band that was too wide is left as it is, since a quiet stretch is no
 * reason to trust the next one.
 */
export function conformalFactor(outcomes: readonly Outcome[]): number {
  const above: number[] = [];
  const below: number[] = [];
  for (const { band, actual } of outcomes) {
    actual.forEach((value, step) => {
      const middle = band.median[step] ?? value;
      above.push(inHalfWidths(value - middle, (band.p90[step] ?? middle) - middle));
      below.push(inHalfWidths(middle - value, middle - (band.p10[step] ?? middle)));
    });
  }
  if (above.length === 0) return 1;
  const score = (quantileWithSpare(above) + quantileWithSpare(below)) / 2;
  return Math.min(MOST, Math.max(1, Math.max(0, score) ** SHRINKAGE));
}

/** The band with its edges that many times as far from the median. */
export function widened({ p10, median, p90 }: Band, factor: number): Band {
  if (factor === 1) return { p10, median, p90 };
  const moved = (edge: readonly number[]) => edge.map((value, step) => value + (factor - 1) * (value - (median[step] ?? value)));
  return { p10: moved(p10), median, p90: moved(p90) };
}

/** Finite also where the band has no width. */
function inHalfWidths(distance: number, halfWidth: number): number {
  if (distance <= 0) return halfWidth > 0 ? Math.max(-1e6, distance / halfWidth) : 0;
  return Math.min(1e6, distance / Math.max(halfWidth, Number.MIN_VALUE));
}

/** The ⌈(n + 1)·level⌉-th smallest, which a further value stays under with that probability. */
function quantileWithSpare(scores: number[]): number {
  scores.sort((a, b) => a - b);
  return scores[Math.min(scores.length, Math.ceil((scores.length + 1) * LEVEL)) - 1] ?? 1;
}
