import type { TimeSeries, TimeWindow } from '../domain/timeSeries';
import { clamp, mean } from './statistics';

export interface Correlation {
  /** Pearson's r, -1..1; 0 where a side does not vary. */
  readonly r: number;
  /** How many moments both series cover. */
  readonly count: number;
}

/**
 * How much two series move together: Pearson's r over the moments that both cover. Each point of `b` is matched to the
 * point of `a` in the same interval (the coarser of the two), so that series that report at different seconds compare.
 */
export function correlate(a: TimeSeries, b: TimeSeries, window: TimeWindow): Correlation {
  const stepSec = Math.max(a.intervalSec, b.intervalSec, 1);
  const left = binned(a, window, stepSec);
  const right = binned(b, window, stepSec);
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [bin, x] of left) {
    const y = right.get(bin);
    if (y === undefined) continue;
    xs.push(x);
    ys.push(y);
  }
  return { r: pearson(xs, ys), count: xs.length };
}

/** Pearson's r; 0 for fewer than three pairs or no variance. */
export function pearson(xs: readonly number[], ys: readonly number[]): number {
  if (xs.length < 3 || xs.length !== ys.length) return 0;
  const meanX = mean(xs);
  const meanY = mean(ys);
  let products = 0;
  let squaresX = 0;
  let squaresY = 0;
  xs.forEach((x, index) => {
    const dx = x - meanX;
    const dy = (ys[index] ?? 0) - meanY;
    products += dx * dy;
    squaresX += dx * dx;
    squaresY += dy * dy;
  });
  const scale = Math.sqrt(squaresX) * Math.sqrt(squaresY);
  return scale > 0 && Number.isFinite(scale) ? clamp(products / scale, -1, 1) : 0;
}

function binned(series: TimeSeries, window: TimeWindow, stepSec: number): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [epochSec, value] of series.points) {
    if (value === null || !Number.isFinite(value) || epochSec * 1000 < window.fromMs || epochSec * 1000 >= window.toMs) continue;
    const bin = Math.floor(epochSec / stepSec);
    const entry = sums.get(bin) ?? { sum: 0, count: 0 };
    sums.set(bin, { sum: entry.sum + value, count: entry.count + 1 });
  }
  return new Map([...sums].map(([bin, { sum, count }]) => [bin, sum / count]));
}
