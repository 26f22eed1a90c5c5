/** Keeps a forecast where the metric can be: not below zero when it never was, not above the whole for a share that never was. */
export function naturalLimits(known: readonly number[], unit: string | null): (value: number) => number {
  const low = known.every((value) => value >= 0) ? 0 : Number.NEGATIVE_INFINITY;
  const whole = unit === 'percent' ? 100 : unit === 'fraction' ? 1 : Number.POSITIVE_INFINITY;
  const high = known.every((value) => value <= whole) ? whole : Number.POSITIVE_INFINITY;
  return (value) => Math.min(high, Math.max(low, value));
}

/**
 * Keeps a model's forecast within what a series may reach in so many steps: beyond the extremes of the values known by their range,
 * and by as much more as the steps are many beside them, which a steady trend needs. A jump unlike anything in its training can make
 * a model answer with edges far outside.
 */
export function reachLimits(known: readonly number[], steps: number): (value: number) => number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of known) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return (value) => value;
  const reach = (high - low) * (1 + steps / known.length);
  return (value) => Math.min(high + reach, Math.max(low - reach, value));
}
