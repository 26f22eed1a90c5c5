/** A longest part of the items, in their order, whose values ascend (patience sorting). */
export function longestAscent<T>(items: readonly T[], rankOf: (item: T) => number): T[] {
  /** Of the ascents of each length so far, the item that ends one lowest. */
  const ends: number[] = [];
  const before = new Int32Array(items.length).fill(-1);
  const values = items.map(rankOf);
  for (const [at, value] of values.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? -1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = at;
  }
  const ascent: T[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) ascent.push(items[at] as T);
  return ascent.reverse();
}
