/** Numbers in 0..1 that a seed determines: mulberry32, a 32-bit generator of one multiplication chain. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same items in an order that the generator determines (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** Makes span and trace ids: 63 bits, never 0. */
export function createNewId(random: () => number): () => bigint {
  return () => (BigInt(Math.floor(random() * 0x7fff_ffff)) << 32n) | BigInt(1 + Math.floor(random() * 0xffff_fffe));
}
