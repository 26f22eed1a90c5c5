/** Three quantiles of each step ahead; p10 ≤ median ≤ p90. */
export interface Band {
  readonly p10: readonly number[];
  readonly median: readonly number[];
  readonly p90: readonly number[];
}

/** A band for each step with its quantiles in order. */
export function bandOf(steps: number, at: (step: number) => readonly [p10: number, median: number, p90: number]): Band {
  const p10: number[] = [];
  const median: number[] = [];
  const p90: number[] = [];
  for (let step = 0; step < steps; step++) {
    const [low, middle, high] = at(step);
    p10.push(Math.min(low, middle));
    median.push(middle);
    p90.push(Math.max(high, middle));
  }
  return { p10, median, p90 };
}

/** The same band with every value put through a rising function. */
export function mapBand({ p10, median, p90 }: Band, change: (value: number) => number): Band {
  return { p10: p10.map(change), median: median.map(change), p90: p90.map(change) };
}

/** Weighted means of two bands' quantiles (Vincent averaging): `share` of the first, 0..1. */
export function blendBands(first: Band, second: Band, share: number): Band {
  const blend = (a: readonly number[], b: readonly number[]) => a.map((value, step) => share * value + (1 - share) * (b[step] ?? value));
  return { p10: blend(first.p10, second.p10), median: blend(first.median, second.median), p90: blend(first.p90, second.p90) };
}
