/** Relative error of the values that quantiles answer. */
export const SKETCH_ACCURACY = 0.01;

const GAMMA = (1 + SKETCH_ACCURACY) / (1 - SKETCH_ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);

/** Values nearer to zero than this count as zero. */
const SMALLEST = 1e-9;

/**
 * A mergeable summary of a distribution with quantiles of bounded relative error: DDSketch (Masson, Rim, Lee: "DDSketch: a fast
 * and fully-mergeable quantile sketch with relative-error guarantees", VLDB 2019). Values are counted in bins whose borders
 * are powers of gamma = (1 + a) / (1 - a); bins are kept sorted, as most sketches hold few of them.
 */
export class Sketch {
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  #bins: number[] = [];
  #counts: number[] = [];

  /** Adds a finite value, as often as `weight` says. */
  add(value: number, weight = 1): void {
    this.count += weight;
    this.sum += value * weight;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.#addToBin(binOf(value), weight);
  }

  merge(other: Sketch): void {
    this.count += other.count;
    this.sum += other.sum;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    other.#bins.forEach((bin, at) => {
      this.#addToBin(bin, other.#counts[at] ?? 0);
    });
  }

  /** The value at rank `floor(q * (count - 1))`, q in 0..1, within {@link SKETCH_ACCURACY}; null without values. */
  quantile(q: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.floor(q * (this.count - 1));
    let seen = 0;
    for (let at = 0; at < this.#bins.length; at += 1) {
      seen += this.#counts[at] ?? 0;
      if (seen > rank) return Math.min(this.max, Math.max(this.min, valueOfBin(this.#bins[at] ?? 0)));
    }
    return this.max;
  }

  #addToBin(bin: number, count: number): void {
    let low = 0;
    let high = this.#bins.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#bins[middle] ?? 0) < bin) low = middle + 1;
      else high = middle;
    }
    if (this.#bins[low] === bin) {
      this.#counts[low] = (this.#counts[low] ?? 0) + count;
      return;
    }
    this.#bins.splice(low, 0, bin);
    this.#counts.splice(low, 0, count);
  }
}

/** Bins of positive values lie above this offset, those of negative ones below its negative; zero is bin 0. */
const OFFSET = 1e6;

function binOf(value: number): number {
  if (Math.abs(value) < SMALLEST) return 0;
  const index = Math.ceil(Math.log(Math.abs(value)) / LOG_GAMMA);
  return value > 0 ? OFFSET + index : -OFFSET - index;
}

function valueOfBin(bin: number): number {
  if (bin === 0) return 0;
  const index = bin > 0 ? bin - OFFSET : -bin - OFFSET;
  const magnitude = (2 * GAMMA ** index) / (GAMMA + 1);
  return bin > 0 ? magnitude : -magnitude;
}
