import { mean, quantile } from '../statistics';

/** How far the band reaches above and below the median, by step ahead (0 is the first). */
export interface BandWidths {
  up(step: number): number;
  down(step: number): number;
}

/** Changes from value to value that tell how much a series moves now. */
const RECENT_CHANGES = 12;
/** The 90 % quantile of the normal distribution. */
const Z90 = 1.2816;

/**
 * Widths from backtest errors by step ahead: the 10 % and 90 % quantiles over the nearer and over the farther half of the
 * steps, joined by a straight line that never narrows, since five origins are too few for a quantile of each step. They are
 * at least what the series moves now, which the origins may be too old to have seen: Z90 · σ · √(1 + 3·step/steps) with
 * σ = RMS of the last twelve changes / √2, the deviation of independent values that change so; it doubles over the horizon.
 */
export function bandWidths(residuals: readonly (readonly number[])[], known: readonly number[]): BandWidths {
  const steps = residuals.length;
  const half = Math.ceil(steps / 2);
  const all = residuals.flat();
  const farErrors = residuals.slice(half).flat();
  const near = residuals.slice(0, half).flat();
  const far = farErrors.length > 0 ? farErrors : all;
  const moving = recentDeviation(known);
  const width = (q: number, sign: 1 | -1) => {
    const start = Math.max(0, sign * quantile(near, q));
    const end = Math.max(start, sign * quantile(far, q));
    return (step: number) => {
      const share = steps > 1 ? step / (steps - 1) : 0;
      return Math.max(start + (end - start) * share, Z90 * moving * Math.sqrt(1 + 3 * share));
    };
  };
  return { up: width(0.9, 1), down: width(0.1, -1) };
}

function recentDeviation(known: readonly number[]): number {
  const recent = known.slice(-RECENT_CHANGES - 1);
  const changes = recent.slice(1).map((value, index) => value - (recent[index] ?? value));
  return Math.sqrt(mean(changes.map((change) => change ** 2)) / 2);
}
