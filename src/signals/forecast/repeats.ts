/** Steps that tell whether a series repeats itself now. */
const RECENT_STEPS = 120;
const MOSTLY = 0.5;

/**
 * More than half of the latest steps repeat the value before exactly: a gauge that is set now and then, memory, a queue that is
 * empty. A network adds noise to such a series; the last value, or a copy, does not.
 */
export function repeatsItself(values: readonly number[]): boolean {
  const recent = values.slice(-RECENT_STEPS - 1);
  if (recent.length < 2) return true;
  const repeated = recent.slice(1).filter((value, index) => value === recent[index]).length;
  return repeated > MOSTLY * (recent.length - 1);
}
