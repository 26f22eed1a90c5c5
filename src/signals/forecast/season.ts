import { mean } from '../statistics';

const MIN_PERIOD = 4;
const MIN_STRENGTH = 0.3;
/** Long lags rest on fewer pairs; they are tapered by this share towards the longest. */
const TAPER = 0.12;

/**
 * The period of a series in steps, or null: the strongest local maximum of the autocorrelation (unbiased, after removing
 * a straight line) at lags 4 … 7/8 of the length, past the first lag where it turns negative.
 */
export function detectPeriod(values: readonly number[]): number | null {
  const flat = detrended(values);
  const maxLag = Math.floor((flat.length * 7) / 8);
  const power = mean(flat.map((value) => value * value));
  if (power <= 0 || maxLag < MIN_PERIOD + 1) return null;
  const correlations = Array.from({ length: maxLag + 1 }, (_, lag) => autocovariance(flat, lag) / power);
  const firstNegative = correlations.findIndex((value) => value < 0);
  if (firstNegative < 0) return null;
  let best: number | null = null;
  let strongest = MIN_STRENGTH;
  for (let lag = Math.max(firstNegative, MIN_PERIOD); lag < maxLag; lag++) {
    const here = correlations[lag] ?? 0;
    if (here < (correlations[lag - 1] ?? 0) || here < (correlations[lag + 1] ?? 0)) continue;
    const strength = here * (1 - (TAPER * lag) / maxLag);
    if (strength <= strongest) continue;
    strongest = strength;
    best = lag;
  }
  return best;
}

function autocovariance(values: readonly number[], lag: number): number {
  let sum = 0;
  for (let index = lag; index < values.length; index++) sum += (values[index] ?? 0) * (values[index - lag] ?? 0);
  return sum / (values.length - lag);
}

function detrended(values: readonly number[]): number[] {
  const centre = (values.length - 1) / 2;
  const level = mean(values);
  let products = 0;
  let squares = 0;
  values.forEach((value, index) => {
    products += (index - centre) * (value - level);
    squares += (index - centre) ** 2;
  });
  const slope = squares > 0 ? products / squares : 0;
  return values.map((value, index) => value - level - slope * (index - centre));
}
