/** A part of a series as a plot shows it. */
export interface SketchPart {
  readonly low: number;
  readonly high: number;
  readonly isMarked: boolean;
}

const MAX_PARTS = 1024;

interface Part {
  low: number;
  high: number;
  isMarked: boolean;
}

/** What a plot needs of a series of any length: ranges of up to 1,024 parts of equal numbers of rows. Bounded memory. */
export class SeriesSketch {
  #parts: Part[] = [];
  #rowsAPart = 1;
  #rowsInLast = 0;
  fromSec = Number.NaN;
  toSec = Number.NaN;

  add(atSec: number, value: number | null, isMarked: boolean): void {
    if (Number.isNaN(this.fromSec)) this.fromSec = atSec;
    this.toSec = atSec;
    if (this.#parts.length === 0 || this.#rowsInLast === this.#rowsAPart) this.#open();
    this.#rowsInLast++;
    const last = this.#parts.at(-1);
    if (!last || value === null) return;
    last.low = Math.min(last.low, value);
    last.high = Math.max(last.high, value);
    last.isMarked ||= isMarked;
  }

  /** The series in at most `columns` parts; a part without values has low > high. */
  parts(columns: number): SketchPart[] {
    const count = Math.min(Math.max(1, columns), this.#parts.length);
    return Array.from({ length: count }, (_, column) => {
      const from = Math.floor((column * this.#parts.length) / count);
      const to = Math.floor(((column + 1) * this.#parts.length) / count);
      return this.#parts.slice(from, to).reduce(joined, emptyPart());
    });
  }

  #open(): void {
    if (this.#parts.length === MAX_PARTS) {
      this.#parts = Array.from({ length: MAX_PARTS / 2 }, (_, index) =>
        joined(this.#parts[2 * index] ?? emptyPart(), this.#parts[2 * index + 1] ?? emptyPart()),
      );
      this.#rowsAPart *= 2;
    }
    this.#parts.push(emptyPart());
    this.#rowsInLast = 0;
  }
}

const emptyPart = (): Part => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY, isMarked: false });

const joined = (a: Part, b: Part): Part => ({
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
  isMarked: a.isMarked || b.isMarked,
});
