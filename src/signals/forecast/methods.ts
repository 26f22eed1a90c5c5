import { mean, median } from '../statistics';
import { detectPeriod } from './season';

/** A way to continue a series: given what is known, `steps` values more. */
export interface Method {
  readonly name: string;
  /** Fewest known values it can work from. */
  readonly needs: number;
  predict(known: readonly number[], steps: number): number[];
}

const constant = (value: number, steps: number) => new Array<number>(steps).fill(value);

const naive: Method = {
  name: 'last value',
  needs: 1,
  predict: (known, steps) => constant(known.at(-1) ?? 0, steps),
};

const recentMedian: Method = {
  name: 'median of the last 60',
  needs: 1,
  predict: (known, steps) => constant(median(known.slice(-60)), steps),
};

const recentMean: Method = {
  name: 'mean of the last 12',
  needs: 1,
  predict: (known, steps) => constant(mean(known.slice(-12)), steps),
};

/** Repeats the last cycle. */
const seasonalCopy = (period: number): Method => ({
  name: `seasonal naive (period ${period})`,
  needs: period,
  predict: (known, steps) => Array.from({ length: steps }, (_, step) => copied(known, period, step)),
});

/** Repeats the last cycle, moved by how far the latest values lie from those one cycle before. */
const levelledCopy = (period: number): Method => ({
  name: `seasonal naive at today's level (period ${period})`,
  needs: 2 * period,
  predict: (known, steps) => {
    const recent = Math.min(12, period);
    const shift = mean(known.slice(-recent)) - mean(known.slice(-recent - period, -period));
    return Array.from({ length: steps }, (_, step) => copied(known, period, step) + shift);
  },
});

/** The mean of all full cycles. */
const cycleMean = (period: number): Method => ({
  name: `mean of cycles (period ${period})`,
  needs: 2 * period,
  predict: (known, steps) => {
    const cycles = Math.floor(known.length / period);
    return Array.from({ length: steps }, (_, step) => {
      const offset = step % period;
      const values = Array.from({ length: cycles }, (_, cycle) => known[known.length - period * (cycle + 1) + offset] ?? 0);
      return mean(values);
    });
  },
});

function copied(known: readonly number[], period: number, step: number): number {
  return known[known.length - period + (step % period)] ?? 0;
}

/** The ways to try: plain levels, and copies at the known and at the detected period. */
export function candidateMethods(known: readonly number[], season: number | null): readonly Method[] {
  const detected = detectPeriod(known);
  const periods = new Set([season, detected].filter((period) => period !== null && period > 1 && period < known.length));
  const seasonal = [...periods].flatMap((period) =>
    period === null ? [] : [seasonalCopy(period), levelledCopy(period), cycleMean(period)],
  );
  return [naive, recentMedian, recentMean, ...seasonal];
}
