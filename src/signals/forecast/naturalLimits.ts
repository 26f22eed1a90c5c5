/** Keeps a forecast where the metric can be: not below zero when it never was, not above the whole for a share that never was. */
export function naturalLimits(known: readonly number[], unit: string | null): (value: number) => number {
  const low = known.every((value) => value >= 0) ? 0 : Number.NEGATIVE_INFINITY;
  const whole = unit === 'percent' ? 100 : unit === 'fraction' ? 1 : Number.POSITIVE_INFINITY;
  const high = known.every((value) => value <= whole) ? whole : Number.POSITIVE_INFINITY;
  return (value) => Math.min(high, Math.max(low, value));
}
