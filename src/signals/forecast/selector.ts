import { type Backtest, backtestAll } from './backtest';
import { type Band, bandOf } from './band';
import { bandWidths } from './bandWidths';
import { candidateMethods, type Method } from './methods';
import { repeatsItself } from './repeats';
import { detectPeriods } from './season';

/** Share of exact repeats over which single methods are better than means of several: a mean is a value that never occurred. */
const MOSTLY_REPEATS = 0.5;

export interface Selected {
  readonly band: Band;
  /** The best method, in words. */
  readonly method: string;
  /** Its period in steps; null for none. */
  readonly period: number | null;
  /** How many times larger the error of the best method without a period is in the backtest; 1 when that is the best. */
  readonly seasonalGain: number;
}

/** So many of the best methods are averaged. */
const COMBINED = 3;
/** Weights fall with this power of the backtest error. */
const SHARPNESS = 8;
const INFLATION = 1.15;
const MOVEMENT_SHARE = 0.4;

/**
 * Continues a series by what did best in it before: backtests levels, trends and copies at the declared and the detected periods,
 * averages the best three by their errors, and draws the band from the errors of that average. Of a series that repeats itself it
 * takes the one best method that gives values as they were, since a mean of values is never one that comes. Deterministic; one
 * method without any backtest is left of fewer than six values.
 */
export function selectForecast(known: readonly number[], steps: number, season: number | null): Selected {
  const isRepeating = repeatsItself(known, MOSTLY_REPEATS);
  const values = Float64Array.from(known);
  const methods = candidateMethods(values, periodsOf(known, season)).filter(
    ({ needs, keepsValues }) => needs <= Math.max(1, known.length) && (keepsValues || !isRepeating),
  );
  const tried = backtestAll(methods, values, steps).sort((a, b) => a.score - b.score);
  const best = tried.slice(0, isRepeating ? 1 : COMBINED);
  const shares = sharesOf(best);
  const middle = averaged(
    best.map(({ method }) => method.predict(values, values.length, steps)),
    shares,
  );
  const errors = Array.from({ length: Math.min(...best.map((each) => each.errors.length)) }, (_, origin) =>
    averaged(
      best.map((each) => each.errors[origin]),
      shares,
    ),
  );
  // A repeating series that changed just now may go on changing; else its errors say all.
  const isStill = isRepeating && known.at(-1) === known.at(-2);
  const movementShare = isStill ? 0 : MOVEMENT_SHARE;
  const widths = bandWidths(errors, known, { steps, inflation: isRepeating ? 1 : INFLATION, movementShare });
  const band = bandOf(steps, (step) => {
    const value = middle[step] ?? 0;
    return [value - widths.down(step), value, value + widths.up(step)];
  });
  return { band, ...described(tried) };
}

/** The declared period, which may be wrong, and those that are detected. */
export function periodsOf(known: readonly number[], season: number | null): readonly number[] {
  const declared = season !== null && Number.isInteger(season) && season > 1 ? [season] : [];
  return [...new Set([...declared, ...detectPeriods(known)])].filter((period) => period < known.length);
}

function sharesOf(best: readonly Backtest[]): readonly number[] {
  const least = best[0]?.score ?? 0;
  const weights = best.map(({ score }) => (score <= least ? 1 : (least / score) ** SHARPNESS));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function averaged(rows: readonly (Float64Array | undefined)[], shares: readonly number[]): Float64Array {
  const sums = new Float64Array(rows[0]?.length ?? 0);
  rows.forEach((row, index) => {
    for (let step = 0; step < sums.length; step++) sums[step] = (sums[step] ?? 0) + (shares[index] ?? 0) * (row?.[step] ?? 0);
  });
  return sums;
}

function described(tried: readonly Backtest[]): Pick<Selected, 'method' | 'period' | 'seasonalGain'> {
  const best: Backtest | undefined = tried[0];
  const plain = tried.find(({ method }) => method.period === null);
  const method: Method | undefined = best?.method;
  const seasonalGain = !best || !plain || best === plain ? 1 : plain.score / Math.max(best.score, Number.MIN_VALUE);
  return { method: method?.name ?? 'nothing', period: method?.period ?? null, seasonalGain };
}
