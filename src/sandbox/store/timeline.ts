import type { TimeWindow } from '../../domain/timeSeries';

/** Things ordered by time, of which the oldest go when there are too many. */
export interface Timeline<T> {
  readonly size: number;
  add(item: T): void;
  /** Items of the window in ascending time. */
  within(window: TimeWindow): Iterable<T>;
  /** Forgets what is older, or so much of the oldest that at most `maxItems` stay. */
  prune(oldestMs: number): void;
}

export interface TimelineOptions<T> {
  readonly timeMs: (item: T) => number;
  readonly maxItems: number;
  readonly onEvict?: (item: T) => void;
}

interface Bucket<T> {
  readonly items: T[];
  isSorted: boolean;
}

const BUCKET_MS = 10_000;

/** Keeps items in buckets of ten seconds that are sorted when they are read, so that adding is cheap. */
export function createTimeline<T>(options: TimelineOptions<T>): Timeline<T> {
  return new BucketedTimeline(options);
}

class BucketedTimeline<T> implements Timeline<T> {
  size = 0;
  /** Bucket numbers in ascending order. */
  #numbers: number[] = [];
  #buckets = new Map<number, Bucket<T>>();

  constructor(private readonly options: TimelineOptions<T>) {}

  add(item: T): void {
    const timeMs = this.options.timeMs(item);
    const bucket = this.#bucket(Math.floor(timeMs / BUCKET_MS));
    const last = bucket.items.at(-1);
    if (last !== undefined && this.options.timeMs(last) > timeMs) bucket.isSorted = false;
    bucket.items.push(item);
    this.size += 1;
  }

  *within({ fromMs, toMs }: TimeWindow): Iterable<T> {
    const from = lowerBound(this.#numbers, Math.floor(fromMs / BUCKET_MS));
    const to = lowerBound(this.#numbers, Math.ceil(toMs / BUCKET_MS));
    for (const number of this.#numbers.slice(from, to)) {
      for (const item of this.#sorted(number)) {
        const timeMs = this.options.timeMs(item);
        if (timeMs >= fromMs && timeMs < toMs) yield item;
      }
    }
  }

  prune(oldestMs: number): void {
    while (this.#numbers.length > 0) {
      const number = this.#numbers[0] ?? 0;
      const tooMany = this.size - this.options.maxItems;
      const isTooOld = (number + 1) * BUCKET_MS <= oldestMs;
      if (tooMany <= 0 && !isTooOld) return;
      const items = this.#sorted(number);
      this.#evict(number, isTooOld ? items.length : Math.min(tooMany, items.length));
    }
  }

  #evict(number: number, count: number): void {
    const items = this.#sorted(number);
    const gone = items.splice(0, count);
    this.size -= gone.length;
    if (items.length === 0) {
      this.#buckets.delete(number);
      this.#numbers.shift();
    }
    if (this.options.onEvict !== undefined) for (const item of gone) this.options.onEvict(item);
  }

  #bucket(number: number): Bucket<T> {
    const found = this.#buckets.get(number);
    if (found !== undefined) return found;
    const bucket: Bucket<T> = { items: [], isSorted: true };
    this.#buckets.set(number, bucket);
    this.#numbers.splice(lowerBound(this.#numbers, number), 0, number);
    return bucket;
  }

  #sorted(number: number): T[] {
    const bucket = this.#bucket(number);
    if (!bucket.isSorted) bucket.items.sort((a, b) => this.options.timeMs(a) - this.options.timeMs(b));
    bucket.isSorted = true;
    return bucket.items;
  }
}

/** Index of the first element that is not below `value`; the first `length` are sorted. */
export function lowerBound(sorted: ArrayLike<number>, value: number, length = sorted.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
