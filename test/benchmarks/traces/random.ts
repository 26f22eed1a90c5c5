/** Draws that repeat for a seed. */
export interface Random {
  /** Uniform in 0..1. */
  next(): number;
  chance(share: number): boolean;
  whole(least: number, most: number): number;
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  /** About `middle`, as durations are: skewed to the right. */
  duration(middle: number): number;
}

/** mulberry32 by Tommy Ettinger: 32 bits of state, good enough to draw test cases. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + next() * (most - least);
  const whole = (least: number, most: number) => Math.floor(between(least, most + 1));
  return {
    next,
    between,
    whole,
    chance: (share) => next() < share,
    pick: (from) => {
      const picked = from[whole(0, from.length - 1)];
      if (picked === undefined) throw new Error('There is nothing to pick from.');
      return picked;
    },
    duration: (middle) => middle * Math.exp(0.4 * (next() + next() + next() - 1.5)),
  };
}
