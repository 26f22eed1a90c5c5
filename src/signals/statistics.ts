/** Order statistics and robust spread over plain numbers. Empty input gives NaN-free zeros; callers check counts. */

/** Linear-interpolated quantile, `q` in 0..1; 0 for no values. */
export function quantile(values: readonly number[], q: number): number {
  return quantileOfSorted(sortedFinite(values), q);
}

/** Several quantiles of the same values, in the order of `shares`. */
export function quantiles<T extends readonly number[]>(values: readonly number[], shares: T): { [K in keyof T]: number } {
  const sorted = sortedFinite(values);
  return shares.map((q) => quantileOfSorted(sorted, q)) as { [K in keyof T]: number };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation estimated from the median absolute deviation (factor 1.4826 for a normal distribution). */
export function robustDeviation(values: readonly number[]): number {
  const centre = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - centre)));
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Values are sorted here: quantiles are taken of thousands of short series, for which an array of their own each costs most. */
let scratch = new Float64Array(1024);
/** Up to so many values, sorting by insertion beats the call of the built-in sort. */
const FEW = 40;

/** The finite values in ascending order, until the next call. */
function sortedFinite(values: readonly number[]): Float64Array {
  if (values.length > scratch.length) scratch = new Float64Array(2 * values.length);
  let count = 0;
  for (const value of values) if (Number.isFinite(value)) scratch[count++] = value;
  const finite = scratch.subarray(0, count);
  return count > FEW ? finite.sort() : sortFew(finite);
}

function sortFew(values: Float64Array): Float64Array {
  for (let end = 1; end < values.length; end++) {
    const value = values[end] as number;
    let at = end;
    for (; at > 0 && (values[at - 1] as number) > value; at--) values[at] = values[at - 1] as number;
    values[at] = value;
  }
  return values;
}

function quantileOfSorted(sorted: Float64Array, q: number): number {
  if (sorted.length === 0) return 0;
  const position = clamp(q, 0, 1) * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}
