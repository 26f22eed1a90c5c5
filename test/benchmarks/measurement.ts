/** One measured figure, beside what it must stay under (or over) and a named baseline of the same run. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'kB' | 'MB' | 'calls' | 'spans/s' | 'frames/s' | 'lines/s' | 'rows/s';
  readonly limit?: { readonly at: 'most' | 'least'; readonly value: number };
  readonly baseline?: { readonly name: string; readonly value: number };
}

/** How often the baseline fits into the value; below 1 the value is the smaller. */
export const ratioToBaseline = ({ value, baseline }: Measurement): number | null => (baseline ? value / baseline.value : null);

export const isWithinLimit = ({ value, limit }: Measurement): boolean =>
  limit === undefined || (limit.at === 'most' ? value <= limit.value : value >= limit.value);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
