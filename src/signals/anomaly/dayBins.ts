const DAY_SEC = 86_400;

/** Divides the day, UTC, into `count` bins and tells when one ends; any clock will do, also one that jumps. */
export class DayBins {
  readonly #count: number;
  #bin = -1;

  constructor(count: number) {
    this.#count = count;
  }

  /** The bin of a moment, and the bin that ended with it, or -1. */
  at(atSec: number): { readonly bin: number; readonly ended: number } {
    const phase = (((atSec % DAY_SEC) + DAY_SEC) % DAY_SEC) / DAY_SEC;
    const bin = Math.min(this.#count - 1, Math.floor(phase * this.#count));
    const ended = bin === this.#bin ? -1 : this.#bin;
    this.#bin = bin;
    return { bin, ended };
  }
}
