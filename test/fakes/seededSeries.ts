/** Numbers that look random and are the same in every run (mulberry32). */
export function seededRandom(seed: number): { readonly next: () => number; readonly gaussian: () => number } {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return { next, gaussian };
}

/** Half a minute before Monday, 2 March 2026, UTC, so that no bin edge is met by chance. */
export const SERIES_START_SEC = Date.UTC(2026, 2, 2) / 1000 - 30;

export interface DailyOptions {
  readonly days: number;
  readonly stepSec?: number;
  readonly noise?: number;
  readonly seed?: number;
}

/** A load that swings around 100 by 40 a day, with noise. */
export function dailySeries({ days, stepSec = 300, noise = 3, seed = 1 }: DailyOptions): (readonly [number, number])[] {
  const { gaussian } = seededRandom(seed);
  const count = Math.floor((days * 86_400) / stepSec);
  return Array.from({ length: count }, (_, at) => {
    const sec = SERIES_START_SEC + at * stepSec;
    return [sec, 100 + 40 * Math.sin((2 * Math.PI * sec) / 86_400) + noise * gaussian()] as const;
  });
}
