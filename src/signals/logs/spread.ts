/** Median, and the median distance from it scaled to a standard deviation. */
export function medianAndSpread(values: readonly number[]): { readonly median: number; readonly spread: number } {
  const median = middle(values);
  return { median, spread: 1.4826 * middle(values.map((value) => Math.abs(value - median))) };
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
