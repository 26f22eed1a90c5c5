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
  const secs: number[] = [];
  const values: T[] = [];
  const indexOf = (sec: number) => (sec === secs.at(-1) ? secs.length - 1 : lowerBound(secs, sec));
  return {
    get size() {
      return secs.length;
    },
    lastSec: () => secs.at(-1) ?? null,
    get(sec) {
      const at = indexOf(sec);
      return secs[at] === sec ? values[at] : undefined;
    },
    set(sec, value) {
      const last = secs.at(-1);
      if (last === undefined || sec > last) {
        secs.push(sec);
        values.push(value);
        return;
      }
      const at = indexOf(sec);
      const isNew = secs[at] !== sec;
      secs.splice(at, isNew ? 0 : 1, sec);
      values.splice(at, isNew ? 0 : 1, value);
    },
    *between(fromSec, toSec) {
      for (let at = lowerBound(secs, fromSec); at < secs.length; at += 1) {
        const sec = secs[at] ?? 0;
        if (sec >= toSec) return;
        yield [sec, values[at] as T];
      }
    },
    dropBefore(sec) {
      const count = lowerBound(secs, sec);
      secs.splice(0, count);
      values.splice(0, count);
      return count;
    },
  };
}
