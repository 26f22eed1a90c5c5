import type { Rule } from './rule';
import { SlidingWindow } from './slidingWindow';

const CHANGE_WINDOW = 96;
const FLAT_WINDOW = 48;
const FLAT_MEMORY = 1000;
/** A spread counts as collapsed from a third less than the usual one on. */
const FLAT_FLOOR = 0.3;
const FLAT_GRAIN = 0.1;

/** The mean of the last values against the mean of as many before them: the two-sample statistic of change-point detection. */
export function createChangeRule(): Rule {
  const recent = new RollingMoments(CHANGE_WINDOW);
  const before = new RollingMoments(CHANGE_WINDOW);
  return {
    name: 'change',
    memory: CHANGE_WINDOW,
    read(_atSec, value, history) {
      const left = recent.push(value);
      if (left !== null) before.push(left);
      if (!before.isFull) return null;
      const step = recent.mean - before.mean;
      const { floor: grain } = history;
      const deviation = Math.max(0, Math.abs(step) - grain);
      return {
        deviation: Number.isFinite(deviation) ? deviation : 0,
        grain,
        isMinor: false,
        direction: step >= 0 ? 'above' : 'below',
        expected: before.mean,
      };
    },
  };
}

/** How much calmer the last values are than the series usually is: a feed that froze, a service nobody calls. */
export function createFlatRule(): Rule {
  const recent = new RollingMoments(FLAT_WINDOW);
  const usual = new SlidingWindow(FLAT_MEMORY);
  return {
    name: 'flat',
    memory: FLAT_WINDOW,
    read(_atSec, value, history) {
      recent.push(value);
      if (!recent.isFull) return null;
      const spread = Math.log(recent.deviation + history.floor + Number.MIN_VALUE);
      if (!Number.isFinite(spread)) return null;
      const known = usual.quantile(0.5);
      usual.push(spread);
      return Number.isNaN(known)
        ? null
        : { deviation: Math.max(0, known - spread - FLAT_FLOOR), grain: FLAT_GRAIN, isMinor: false, direction: 'shape', expected: null };
    },
  };
}

/** Mean and standard deviation of the last `size` values, without drift over any number of them. */
class RollingMoments {
  readonly #ring: Float64Array;
  #seen = 0;
  #reference = 0;
  #sum = 0;
  #squares = 0;

  constructor(size: number) {
    this.#ring = new Float64Array(size);
  }

  get isFull(): boolean {
    return this.#seen >= this.#ring.length;
  }

  get mean(): number {
    return this.#reference + this.#sum / this.#ring.length;
  }

  get deviation(): number {
    const mean = this.#sum / this.#ring.length;
    return Math.sqrt(Math.max(0, this.#squares / this.#ring.length - mean * mean));
  }

  /** The value that left the window, or null while it fills. */
  push(value: number): number | null {
    const slot = this.#seen % this.#ring.length;
    const left = this.isFull ? (this.#ring[slot] ?? 0) : null;
    this.#ring[slot] = value;
    this.#seen++;
    if (slot === this.#ring.length - 1 || this.#seen === 1) this.#recount();
    else {
      const own = value - this.#reference;
      const gone = left === null ? 0 : left - this.#reference;
      this.#sum += own - gone;
      this.#squares += own * own - gone * gone;
    }
    return left;
  }

  #recount(): void {
    this.#reference = this.#ring[0] ?? 0;
    this.#sum = 0;
    this.#squares = 0;
    for (let index = 0; index < Math.min(this.#seen, this.#ring.length); index++) {
      const shifted = (this.#ring[index] ?? 0) - this.#reference;
      this.#sum += shifted;
      this.#squares += shifted * shifted;
    }
  }
}
