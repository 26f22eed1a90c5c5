/** Steps that tell whether a series repeats itself now. */
const RECENT_STEPS = 120;

/**
 * Whether more than this share of the latest steps repeat the value before exactly: a gauge that is set now and then, memory, a queue
 * that is empty. A network adds noise to a series that hardly ever moves; the last value, or a copy, does not.
 */
export function repeatsItself(values: readonly number[], share: number): boolean {
  const recent = values.slice(-RECENT_STEPS - 1);
  if (recent.length < 2) return true;
  const repeated = recent.slice(1).filter((value, index) => value === recent[index]).length;
  return repeated > share * (recent.length - 1);
}
