/** The array, or where it has no place `at` a copy of twice its size, `most` at most: most series are short, and many are looked at. */
export function roomFor(at: number, values: Float64Array, most: number): Float64Array {
  if (at < values.length) return values;
  const grown = new Float64Array(Math.min(2 * values.length, most));
  grown.set(values);
  return grown;
}
