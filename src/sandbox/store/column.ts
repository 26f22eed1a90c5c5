import { lowerBound } from './timeline';

/** Values at seconds, in ascending time, one a second at most. */
export interface Column<T> {
  readonly size: number;
  lastSec(): number | null;
  get(sec: number): T | undefined;
  set(sec: number, value: T): void;
  /** Entries with `fromSec <= sec < toSec`. */
  between(fromSec: number, toSec: number): Iterable<readonly [sec: number, value: T]>;
  /** Forgets what is before and says how many entries that were. */
  dropBefore(sec: number): number;
}

/** Two parallel arrays: appending at the end, the usual case, is cheap. */
export function createColumn<T>(): Column<T> {
  return new ArrayColumn();
}

/** A class, since a large incident has ten thousands of columns: methods are shared, where closures would be made for each. */
class ArrayColumn<T> implements Column<T> {
  readonly #secs: number[] = [];
  readonly #values: T[] = [];

  get size(): number {
    return this.#secs.length;
  }

  lastSec(): number | null {
    return this.#secs.at(-1) ?? null;
  }

  get(sec: number): T | undefined {
    const at = this.#indexOf(sec);
    return this.#secs[at] === sec ? this.#values[at] : undefined;
  }

  set(sec: number, value: T): void {
    const last = this.#secs.at(-1);
    if (last === undefined || sec > last) {
      this.#secs.push(sec);
      this.#values.push(value);
      return;
    }
    const at = this.#indexOf(sec);
    const isNew = this.#secs[at] !== sec;
    this.#secs.splice(at, isNew ? 0 : 1, sec);
    this.#values.splice(at, isNew ? 0 : 1, value);
  }

  *between(fromSec: number, toSec: number): Iterable<readonly [sec: number, value: T]> {
    for (let at = lowerBound(this.#secs, fromSec); at < this.#secs.length; at += 1) {
      const sec = this.#secs[at] ?? 0;
      if (sec >= toSec) return;
      yield [sec, this.#values[at] as T];
    }
  }

  dropBefore(sec: number): number {
    const count = lowerBound(this.#secs, sec);
    this.#secs.splice(0, count);
    this.#values.splice(0, count);
    return count;
  }

  #indexOf(sec: number): number {
    return sec === this.#secs.at(-1) ? this.#secs.length - 1 : lowerBound(this.#secs, sec);
  }
}
