import type { TimeSeries, TimeWindow } from '../domain/timeSeries';
import { clamp, median, robustDeviation } from './statistics';

export interface CorrelationOptions {
  /** Points outside are left out; all count without it. */
  readonly window?: TimeWindow;
  /** How far series may lag each other; 10 minutes, or ten intervals if that is more, unless told otherwise. */
  readonly maxLagSec?: number;
  /** Weaker agreement is not looked at further; 0 unless told otherwise. */
  readonly leastCorrelation?: number;
  /** Chance of naming even one unrelated lag of a series; 0.01 unless told otherwise. */
  readonly alpha?: number;
}

/** How a series moves with the reference at the lag where they agree most. */
export interface LaggedCorrelation {
  readonly series: TimeSeries;
  /** Pearson's r, -1..1, of the deviations from the level of the moment. */
  readonly correlation: number;
  /** Seconds by which the series moves before the reference; negative when it follows. */
  readonly leadSec: number;
  /** Moments compared, and how many independent ones they are worth. */
  readonly count: number;
  readonly effectiveCount: number;
  /** Chance of so strong an agreement at any of the lags between unrelated series. */
  readonly pValue: number;
}

const DEFAULT_MAX_LAG_SEC = 600;
const MIN_LAGS = 10;
const MAX_LAGS = 60;
const MAX_BINS = 4096;
/** Fewer common moments say nothing. */
const MIN_COUNT = 20;
const MIN_SHARE = 0.5;
/** Bins before the present one that make the level of the moment. */
const LEVEL_BINS = 30;
const MAX_DEVIATION = 8;
/** Normal values that agree perfectly are made of a third of their products. */
const NORMAL_PARTICIPATION = 3;

/**
 * The series that move with the reference, strongest first, each with its lead or lag. Compared are deviations from the median of
 * the thirty bins before, robustly scaled and clipped, so that neither a common trend or daily rhythm nor one huge value makes
 * series alike. Neighbouring values resemble each other, so r is judged by the effective number of values (Bartlett, 1946):
 * n / (1 + 2·Σ ρa(k)·ρb(k)), with Fisher's transform, and for all lags tried (Bonferroni). Series without variance never win.
 */
export function correlateSeries(
  reference: TimeSeries,
  others: readonly TimeSeries[],
  { window, maxLagSec, alpha = 0.01, leastCorrelation = 0 }: CorrelationOptions = {},
): LaggedCorrelation[] {
  const found: LaggedCorrelation[] = [];
  const referenceOn = remembered((grid: Grid) => deviations(binned(reference, grid)));
  for (const series of others) {
    const grid = gridOf(reference, series, window);
    if (grid === null) continue;
    const left = referenceOn(grid);
    const right = deviations(binned(series, grid));
    if (left === null || right === null) continue;
    const lags = clamp(Math.round((maxLagSec ?? DEFAULT_MAX_LAG_SEC) / grid.stepSec), maxLagSec === undefined ? MIN_LAGS : 0, MAX_LAGS);
    const best = bestLag(left, right, Math.min(lags, Math.floor(grid.count / 4)), leastCorrelation);
    if (best === null || best.pValue > alpha) continue;
    const { lag, correlation, count, effectiveCount, pValue } = best;
    found.push({ series, correlation, leadSec: lag * grid.stepSec, count, effectiveCount, pValue });
  }
  return found.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
}

interface Grid {
  readonly fromSec: number;
  readonly stepSec: number;
  readonly count: number;
}

/** Series of one source share a grid; the reference is prepared once for each. */
function remembered<T>(compute: (grid: Grid) => T): (grid: Grid) => T {
  const known = new Map<string, T>();
  return (grid) => {
    const key = `${grid.fromSec} ${grid.stepSec} ${grid.count}`;
    const value = known.get(key) ?? compute(grid);
    known.set(key, value);
    return value;
  };
}

/** The stretch that both cover, in bins of the coarser interval; null where there is none. */
function gridOf(a: TimeSeries, b: TimeSeries, window: TimeWindow | undefined): Grid | null {
  const [from, to] = [spanOf(a), spanOf(b)].reduce(([start, end], [first, last]) => [Math.max(start, first), Math.min(end, last)], [
    window === undefined ? Number.NEGATIVE_INFINITY : window.fromMs / 1000,
    window === undefined ? Number.POSITIVE_INFINITY : window.toMs / 1000,
  ] as const);
  if (!(to > from)) return null;
  const stepSec = Math.max(1, a.intervalSec || 0, b.intervalSec || 0, Math.ceil((to - from) / MAX_BINS));
  const fromSec = Math.floor(from / stepSec) * stepSec;
  return { fromSec, stepSec, count: Math.floor((to - fromSec) / stepSec) + 1 };
}

function spanOf({ points }: TimeSeries): readonly [number, number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const [sec, value] of points) {
    if (value === null || !Number.isFinite(value) || !Number.isFinite(sec)) continue;
    if (sec < first) first = sec;
    if (sec > last) last = sec;
  }
  return [first, last];
}

/** Means of the bins; NaN where a bin has no value. */
function binned({ points }: TimeSeries, { fromSec, stepSec, count }: Grid): number[] {
  const sums = new Float64Array(count);
  const counts = new Uint32Array(count);
  for (const [sec, value] of points) {
    const bin = Math.floor((sec - fromSec) / stepSec);
    if (value === null || !Number.isFinite(value) || !(bin >= 0 && bin < count)) continue;
    sums[bin] = (sums[bin] ?? 0) + value;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return Array.from(sums, (sum, bin) => sum / (counts[bin] ?? 0));
}

/** How far each value is from the level just before, in robust deviations, clipped; null for a series without variance. */
function deviations(values: readonly number[]): number[] | null {
  let before = 0;
  const isKnown = (at: number) => Number.isFinite(values[at]);
  const raw = values.map((value, at) => {
    if (isKnown(at - 1)) before += 1;
    if (isKnown(at - LEVEL_BINS - 1)) before -= 1;
    return before < LEVEL_BINS / 3 ? Number.NaN : value - median(values.slice(Math.max(0, at - LEVEL_BINS), at));
  });
  const known = raw.filter(Number.isFinite);
  const spread = robustDeviation(known);
  const scale = spread > 0 ? spread : known.reduce((sum, value) => sum + Math.abs(value) / known.length, 0);
  const level = Math.max(...values.filter(Number.isFinite).map(Math.abs), 0);
  return scale > 1e-9 * level && Number.isFinite(scale) ? raw.map((value) => clamp(value / scale, -MAX_DEVIATION, MAX_DEVIATION)) : null;
}

interface BestLag {
  readonly lag: number;
  readonly correlation: number;
  readonly count: number;
  readonly effectiveCount: number;
  readonly pValue: number;
}

/** A positive lag: `right` does now what `left` does later. null too where agreement still grows at the last lag tried: no lead was found. */
function bestLag(left: readonly number[], right: readonly number[], lags: number, least: number): BestLag | null {
  let best: (PairedValues & { readonly lag: number; readonly strength: number }) | null = null;
  for (let size = 0; size <= lags; size++) {
    for (const lag of size === 0 ? [0] : [size, -size]) {
      const pairs = correlationAt(left, right, lag);
      const { r, count } = pairs;
      const strength = Math.abs(r) * Math.sqrt(count / left.length);
      if (count >= Math.max(MIN_COUNT, MIN_SHARE * (left.length - size)) && (best === null || strength > best.strength + 1e-9))
        best = { ...pairs, lag, strength };
    }
  }
  if (best === null || best.r === 0 || Math.abs(best.r) < least || (lags > 0 && Math.abs(best.lag) === lags)) return null;
  const effectiveCount = Math.min(best.count / inflation(left, right), NORMAL_PARTICIPATION * best.participation);
  if (effectiveCount <= 4) return null;
  const z = Math.atanh(Math.min(Math.abs(best.r), 1 - 1e-12)) * Math.sqrt(effectiveCount - 3);
  const pValue = Math.min(1, twoSidedTail(z) * (2 * lags + 1));
  return { lag: best.lag, correlation: best.r, count: best.count, effectiveCount, pValue };
}

interface PairedValues {
  readonly r: number;
  readonly count: number;
  /** How many pairs the sum of products is made of: (Σxy)² / Σ(xy)². One coincidence of two spikes is one. */
  readonly participation: number;
}

/** In one pass: the values are deviations, clipped and near zero, so that sums of squares lose nothing. */
function correlationAt(left: readonly number[], right: readonly number[], lag: number): PairedValues {
  let [count, sumX, sumY, squareX, squareY, product, squares] = [0, 0, 0, 0, 0, 0, 0];
  for (let at = Math.max(0, -lag); at < Math.min(right.length, left.length - lag); at++) {
    const x = left[at + lag] as number;
    const y = right[at] as number;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    count += 1;
    sumX += x;
    sumY += y;
    squareX += x * x;
    squareY += y * y;
    product += x * y;
    squares += (x * y) ** 2;
  }
  const spread = (squareX - sumX ** 2 / count) * (squareY - sumY ** 2 / count);
  const r = count > 0 && spread > 1e-18 * count ** 2 ? clamp((product - (sumX * sumY) / count) / Math.sqrt(spread), -1, 1) : 0;
  return { r, count, participation: squares > 0 ? product ** 2 / squares : 0 };
}

/** By how much two series that resemble themselves overstate their number of values; never below 1. */
function inflation(left: readonly number[], right: readonly number[]): number {
  const depth = Math.min(2 * LEVEL_BINS, Math.floor(left.length / 4));
  let sum = 0;
  for (let lag = 1; lag <= depth; lag++)
    sum += (1 - lag / left.length) * correlationAt(left, left, lag).r * correlationAt(right, right, lag).r;
  return Math.max(1, 1 + 2 * sum);
}

/** Chance of a standard normal value beyond ±z (Abramowitz and Stegun, 7.1.26; error below 1.5e-7). */
function twoSidedTail(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return series * Math.exp(-x * x);
}
