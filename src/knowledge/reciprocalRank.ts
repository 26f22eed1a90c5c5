/** Cormack, Clarke & Buettcher (SIGIR 2009) found 60 to serve well over many collections. */
const K = 60;

/**
 * Merges rankings of the same things by the sum of `weight / (60 + rank)`, so that scores of different kinds need not be compared.
 * Things are told apart by identity; best first, ties in the order in which they were first met.
 */
export function reciprocalRankFusion<T>(rankings: readonly (readonly T[])[], weights: readonly number[] = []): readonly T[] {
  const scores = new Map<T, number>();
  rankings.forEach((ranking, list) => {
    ranking.forEach((item, rank) => {
      scores.set(item, (scores.get(item) ?? 0) + (weights[list] ?? 1) / (K + rank + 1));
    });
  });
  return [...scores].sort(([, a], [, b]) => b - a).map(([item]) => item);
}
