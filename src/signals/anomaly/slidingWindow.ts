import { roomFor } from './room';
import { lowerBound } from './tailModel';

/** Room at first; it grows to the size. */
const FIRST_SIZE = 64;

/** The last values of a stream, in the order of time and in the order of size, with their mean. */
export class SlidingWindow {
  readonly #size: number;
  #ring: Float64Array;
  #sorted: Float64Array;
  #count = 0;
  #next = 0;

  constructor(size: number) {
    this.#size = size;
    this.#ring = new Float64Array(Math.min(size, FIRST_SIZE));
    this.#sorted = new Float64Array(Math.min(size, FIRST_SIZE));
  }

  get count(): number {
    return this.#count;
  }

  push(value: number): void {
    if (this.#count === this.#size) this.#remove(this.#ring[this.#next] ?? 0);
    this.#ring = roomFor(this.#next, this.#ring, this.#size);
    this.#sorted = roomFor(this.#count, this.#sorted, this.#size);
    this.#ring[this.#next] = value;
    this.#next = (this.#next + 1) % this.#size;
    const at = lowerBound(this.#sorted, this.#count, value);
    this.#sorted.copyWithin(at + 1, at, this.#count);
    this.#sorted[at] = value;
    this.#count++;
  }

  /** Nearest-rank quantile, `share` in 0..1; NaN for no values. */
  quantile(share: number): number {
    return this.#count === 0 ? Number.NaN : (this.#sorted[Math.round(share * (this.#count - 1))] ?? Number.NaN);
  }

  #remove(value: number): void {
    const at = lowerBound(this.#sorted, this.#count, value);
    this.#sorted.copyWithin(at, at + 1, this.#count);
    this.#count--;
  }
}
