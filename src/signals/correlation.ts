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
  return correlateWith(a, window)(b);
}

/** {@link correlate} with one series after the other, for which the reference is prepared once. */
export function correlateWith(reference: TimeSeries, window: TimeWindow): (series: TimeSeries) => Correlation {
  const prepared = new Map<number, Binned>();
  return (series) => {
    const stepSec = Math.max(reference.intervalSec, series.intervalSec, 1);
    const left = prepared.get(stepSec) ?? binned(reference, window, stepSec);
    prepared.set(stepSec, left);
    const [xs, ys] = pairs(left, binned(series, window, stepSec));
    return { r: pearson(xs, ys), count: xs.length };
  };
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

/** Means of the intervals that have values, in ascending time. */
interface Binned {
  readonly bins: readonly number[];
  readonly means: readonly number[];
}

function binned(series: TimeSeries, window: TimeWindow, stepSec: number): Binned {
  const bins: number[] = [];
  const means: number[] = [];
  let sum = 0;
  let count = 0;
  for (const [epochSec, value] of series.points) {
    if (value === null || !Number.isFinite(value) || epochSec * 1000 < window.fromMs || epochSec * 1000 >= window.toMs) continue;
    const bin = Math.floor(epochSec / stepSec);
    if (bin !== bins.at(-1)) {
      bins.push(bin);
      sum = 0;
      count = 0;
    }
    sum += value;
    count += 1;
    means[bins.length - 1] = sum / count;
  }
  return { bins, means };
}

/** The means of the intervals that both have. */
function pairs(left: Binned, right: Binned): readonly [xs: readonly number[], ys: readonly number[]] {
  const xs: number[] = [];
  const ys: number[] = [];
  let at = 0;
  left.bins.forEach((bin, index) => {
    while ((right.bins[at] ?? Number.POSITIVE_INFINITY) < bin) at += 1;
    if (right.bins[at] !== bin) return;
    xs.push(left.means[index] ?? 0);
    ys.push(right.means[at] ?? 0);
  });
  return [xs, ys];
}
