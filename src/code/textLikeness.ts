/** Share of lines with words that two texts have in common, of the longer one; order does not count. 0..1. */
export function likenessOfTexts(left: readonly string[], right: readonly string[]): number {
  const ofLeft = countsOf(left);
  const ofRight = countsOf(right);
  let shared = 0;
  for (const [text, count] of ofLeft.counts) shared += Math.min(count, ofRight.counts.get(text) ?? 0);
  const all = Math.max(ofLeft.total, ofRight.total);
  return all === 0 ? 0 : shared / all;
}

function countsOf(lines: readonly string[]): { readonly counts: ReadonlyMap<string, number>; readonly total: number } {
  const counts = new Map<string, number>();
  let total = 0;
  for (const line of lines) {
    const text = line.trim();
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    counts.set(text, (counts.get(text) ?? 0) + 1);
    total += 1;
  }
  return { counts, total };
}
