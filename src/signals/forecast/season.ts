const MIN_PERIOD = 4;
const MIN_STRENGTH = 0.3;
/** Long lags rest on fewer pairs; they are tapered by this share towards the longest. */
const TAPER = 0.12;
/** A second period is another one only when it differs by so much. */
const APART = 0.25;

/** The strongest period in steps, or null; see {@link detectPeriods}. */
export function detectPeriod(values: readonly number[]): number | null {
  return detectPeriods(values)[0] ?? null;
}

/**
 * The periods of a series in steps, the strongest first, at most two: local maxima of the autocorrelation (unbiased, after
 * removing a straight line) at lags 4 … 7/8 of the length, past the first lag where it turns negative.
 */
export function detectPeriods(values: readonly number[]): number[] {
  const flat = detrended(values);
  const maxLag = Math.floor((flat.length * 7) / 8);
  const power = autocovariance(flat, 0);
  if (!(power > 0) || maxLag < MIN_PERIOD + 1) return [];
  const correlations = new Float64Array(maxLag + 1);
  for (let lag = 0; lag <= maxLag; lag++) correlations[lag] = autocovariance(flat, lag) / power;
  const firstNegative = correlations.findIndex((value) => value < 0);
  if (firstNegative < 0) return [];
  const peaks: { readonly lag: number; readonly strength: number }[] = [];
  for (let lag = Math.max(firstNegative, MIN_PERIOD); lag < maxLag; lag++) {
    const here = correlations[lag] ?? 0;
    if (here < (correlations[lag - 1] ?? 0) || here < (correlations[lag + 1] ?? 0)) continue;
    const strength = here * (1 - (TAPER * lag) / maxLag);
    if (strength > MIN_STRENGTH) peaks.push({ lag, strength });
  }
  const [best, ...rest] = peaks.sort((a, b) => b.strength - a.strength);
  if (!best) return [];
  const others = rest.filter(({ lag }) => Math.abs(lag - best.lag) > APART * Math.max(lag, best.lag) && !isMultiple(lag, best.lag));
  // A longer one is mostly a multiple of the first, give or take a shorter one.
  const second = others.find(({ lag }) => lag < best.lag) ?? others[0];
  return second ? [best.lag, second.lag] : [best.lag];
}

/** Twice a period is no period of its own. */
function isMultiple(lag: number, period: number): boolean {
  const times = Math.round(lag / period);
  return times >= 2 && Math.abs(lag - times * period) <= Math.max(1, 0.03 * lag);
}

function autocovariance(values: Float64Array, lag: number): number {
  let sum = 0;
  for (let index = lag; index < values.length; index++) sum += (values[index] as number) * (values[index - lag] as number);
  return sum / (values.length - lag);
}

function detrended(values: readonly number[]): Float64Array {
  const centre = (values.length - 1) / 2;
  const level = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  let products = 0;
  let squares = 0;
  values.forEach((value, index) => {
    products += (index - centre) * (value - level);
    squares += (index - centre) ** 2;
  });
  const slope = squares > 0 ? products / squares : 0;
  return Float64Array.from(values, (value, index) => value - level - slope * (index - centre));
}
