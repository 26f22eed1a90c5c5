import { mean } from '../statistics';

/** How many of the latest values are judged, and left out of the forecast that they are judged by. */
export const JUDGED_STEPS = 5;

export interface AnomalyBand {
  readonly median: readonly number[];
  readonly p90: readonly number[];
}

/** A band narrower than this share of the usual deviation is not believed. */
const WIDTH_FLOOR_SHARE = 0.02;

/**
 * 0..100: how far values lie above the 90 % line, in half-widths of the band, averaged and squashed:
 * 100·(1 − exp(−mean(max(0, y − p90) / (p90 − p50)))). Over 70 means 1.2 half-widths on average.
 */
export function anomalyScore(judged: readonly number[], band: AnomalyBand, context: readonly number[]): number {
  const centre = mean(context);
  const deviation = Math.sqrt(mean(context.map((value) => (value - centre) ** 2)));
  const floor = Math.max(WIDTH_FLOOR_SHARE * deviation, 1e-9 * Math.max(1, Math.abs(centre)));
  const excess = judged.map((value, step) => {
    const high = band.p90[step] ?? value;
    return Math.max(0, value - high) / Math.max(high - (band.median[step] ?? high), floor);
  });
  return Math.round(100 * (1 - Math.exp(-mean(excess))));
}
