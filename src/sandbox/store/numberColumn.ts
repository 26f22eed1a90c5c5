import type { Column } from './column';
import { lowerBound } from './timeline';

const LEAST_CAPACITY = 16;

/**
 * A column for numbers only, with room for so many at first. Typed arrays take eight bytes a number; a list would take 24 where
 * V8 boxes what is in it, which for a large incident are a hundred megabytes.
 */
export function createNumberColumn(capacity: number): Column<number> {
  return new NumberColumn(Math.max(LEAST_CAPACITY, capacity));
}

class NumberColumn implements Column<number> {
  #size = 0;
  #secs: Float64Array;
  #values: Float64Array;

  constructor(capacity: number) {
    this.#secs = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  lastSec(): number | null {
    return this.#size === 0 ? null : (this.#secs[this.#size - 1] ?? null);
  }

  get(sec: number): number | undefined {
    const at = this.#placeOf(sec);
    return this.#has(at, sec) ? this.#values[at] : undefined;
  }

  set(sec: number, value: number): void {
    const at = this.#placeOf(sec);
    if (!this.#has(at, sec)) this.#makeRoom(at);
    this.#secs[at] = sec;
    this.#values[at] = value;
  }

  *between(fromSec: number, toSec: number): Iterable<readonly [sec: number, value: number]> {
    for (let at = this.#placeOf(fromSec); at < this.#size; at += 1) {
      const sec = this.#secs[at] ?? 0;
      if (sec >= toSec) return;
      yield [sec, this.#values[at] ?? 0];
    }
  }

  dropBefore(sec: number): number {
    const count = this.#placeOf(sec);
    this.#move(count, 0);
    this.#size -= count;
    return count;
  }

  #has(at: number, sec: number): boolean {
    return at < this.#size && this.#secs[at] === sec;
  }

  /** Where the second is, or would go; the end, which is the usual place, without a search. */
  #placeOf(sec: number): number {
    const last = this.#secs[this.#size - 1];
    return last === undefined || sec > last ? this.#size : lowerBound(this.#secs, sec, this.#size);
  }

  #makeRoom(at: number): void {
    if (this.#size === this.#secs.length) {
      this.#secs = enlarged(this.#secs);
      this.#values = enlarged(this.#values);
    }
    if (at < this.#size) this.#move(at, at + 1);
    this.#size += 1;
  }

  /** Moves what begins at one place to another. */
  #move(from: number, to: number): void {
    this.#secs.copyWithin(to, from, this.#size);
    this.#values.copyWithin(to, from, this.#size);
  }
}

function enlarged(numbers: Float64Array): Float64Array {
  const larger = new Float64Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
