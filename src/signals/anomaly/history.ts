import { roomFor } from './room';
import { SlidingWindow } from './slidingWindow';

const WINDOW = 1000;
/** Room at first; it grows to the window. */
const FIRST_SIZE = 64;
/** Deviations smaller than this share of the usual range are measurement, whatever the series. */
const FLOOR_SHARE = 0.02;
const RELATIVE_PRECISION = 1e-6;
const MIN_KNOWN = 10;
/** Standard deviations between the quartiles of a normal distribution. */
const NORMAL_QUARTILES = 1.349;

/** What all rules share of the values before the present one: their order statistics, mean and spread. Bounded memory. */
export class History {
  readonly #sorted = new SlidingWindow(WINDOW);
  #ring: Float64Array = new Float64Array(FIRST_SIZE);
  #reference = 0;
  #seen = 0;
  #sum = 0;
  #squares = 0;

  /** Values so far. */
  get seen(): number {
    return this.#seen;
  }

  /** Whether enough values are known to speak of what is usual. */
  get isKnown(): boolean {
    return this.#seen >= MIN_KNOWN;
  }

  quantile(share: number): number {
    return this.#sorted.quantile(share);
  }

  get mean(): number {
    return this.#reference + this.#sum / this.#count;
  }

  /** Standard deviation of the window; NaN where it cannot be computed. */
  get deviation(): number {
    const mean = this.#sum / this.#count;
    return Math.sqrt(Math.max(0, this.#squares / this.#count - mean * mean));
  }

  /** Standard deviation as the middle half of the values suggests it, which outliers do not move. */
  get robustDeviation(): number {
    return (this.quantile(0.75) - this.quantile(0.25)) / NORMAL_QUARTILES;
  }

  /** What is too small to be called a deviation: 2 % of the range that 90 % of the values lie in, and rounding. */
  get floor(): number {
    if (this.#seen === 0) return 0;
    const range = this.quantile(0.95) - this.quantile(0.05);
    return FLOOR_SHARE * range + RELATIVE_PRECISION * Math.abs(this.quantile(0.5));
  }

  push(value: number): void {
    if (this.#seen === 0) this.#reference = value;
    const slot = this.#seen % WINDOW;
    this.#sorted.push(value);
    const shifted = value - this.#reference;
    const gone = this.#seen >= WINDOW ? (this.#ring[slot] ?? 0) : 0;
    this.#ring = roomFor(slot, this.#ring, WINDOW);
    this.#ring[slot] = shifted;
    this.#seen++;
    this.#sum += shifted - gone;
    this.#squares += shifted * shifted - gone * gone;
    if (slot === WINDOW - 1) this.#recount();
  }

  get #count(): number {
    return Math.min(this.#seen, WINDOW);
  }

  /** Sums that are only ever updated drift away from the truth; once a window they are taken anew, around the present median. */
  #recount(): void {
    const reference = this.#reference;
    const median = this.quantile(0.5);
    this.#reference = median;
    this.#sum = 0;
    this.#squares = 0;
    for (let index = 0; index < WINDOW; index++) {
      const shifted = (this.#ring[index] ?? 0) + reference - median;
      this.#ring[index] = shifted;
      this.#sum += shifted;
      this.#squares += shifted * shifted;
    }
  }
}
