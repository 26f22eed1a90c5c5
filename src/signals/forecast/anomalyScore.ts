import { mean } from '../statistics';
import type { Band } from './band';

/** Over this score the latest values are anomalous. */
export const ANOMALOUS = 70;

/** A band narrower than this share of the usual deviation is not believed. */
const WIDTH_FLOOR_SHARE = 0.02;

/** How the latest values lie to the band that earlier values predict. */
export interface Judgement {
  /** 0..100, see {@link anomalyScore}. */
  readonly score: number;
  /** They lie as far below the band as anomalous ones lie above it. */
  readonly isDrop: boolean;
}

/** Judges values by the band for their steps; null where none was observed. `context` are the values that the band was made from. */
export function judge(judged: readonly (number | null)[], band: Band, context: readonly number[]): Judgement {
  const isLow = anomalyScore(judged.map(negated), { median: band.median.map(negate), p90: band.p10.map(negate) }, context) > ANOMALOUS;
  return { score: anomalyScore(judged, band, context), isDrop: isLow };
}

const negate = (value: number) => -value;
const negated = (value: number | null) => (value === null ? null : -value);

/**
 * 0..100: how far values lie above the 90 % line, in half-widths of the band, averaged and squashed:
 * 100·(1 − exp(−mean(max(0, y − p90) / (p90 − p50)))). Over 70 means 1.2 half-widths on average.
 */
export function anomalyScore(judged: readonly (number | null)[], band: Pick<Band, 'median' | 'p90'>, context: readonly number[]): number {
  const centre = mean(context);
  const deviation = Math.sqrt(mean(context.map((value) => (value - centre) ** 2)));
  const floor = Math.max(WIDTH_FLOOR_SHARE * deviation, 1e-9 * Math.max(1, Math.abs(centre)));
  const excess = judged.flatMap((value, step) => {
    if (value === null) return [];
    const high = band.p90[step] ?? value;
    return [Math.max(0, value - high) / Math.max(high - (band.median[step] ?? high), floor)];
  });
  return Math.round(100 * (1 - Math.exp(-mean(excess))));
}
