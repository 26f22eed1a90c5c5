const MAX_WINDOWS = 512;
const MAX_KINDS = 500;
/** Kinds beyond the first 500 of a window are counted together. */
const OTHERS = -1;

/** How often each shape of messages occurred in one stretch. */
export interface ActivityWindow {
  readonly counts: Map<number, number>;
  isQuiet: boolean;
}

/**
 * Counts by windows along an axis (milliseconds, or line numbers). The windows widen as the log grows, so that there are at most 512.
 * Places before the first window or after a jump of the clock count in the nearest window.
 */
export class Activity {
  #start: number | null = null;
  width: number;
  readonly windows: ActivityWindow[] = [];

  constructor(width: number) {
    this.width = width;
  }

  get start(): number {
    return this.#start ?? 0;
  }

  add(place: number, id: number, isQuiet: boolean): void {
    this.#start ??= Math.floor(place / this.width) * this.width;
    let at = Math.max(0, Math.floor((place - this.#start) / this.width));
    while (at >= MAX_WINDOWS) {
      this.#widen();
      at = Math.floor((place - this.#start) / this.width);
    }
    while (this.windows.length <= at) this.windows.push({ counts: new Map(), isQuiet });
    const window = this.windows[at];
    if (!window) return;
    if (!isQuiet) window.isQuiet = false;
    const { counts } = window;
    const known = counts.get(id);
    if (known !== undefined || counts.size < MAX_KINDS) counts.set(id, (known ?? 0) + 1);
    else counts.set(OTHERS, (counts.get(OTHERS) ?? 0) + 1);
  }

  #widen(): void {
    const { windows } = this;
    for (let at = 0; at * 2 < windows.length; at++) {
      const first = windows[at * 2];
      const second = windows[at * 2 + 1];
      if (first && second) {
        for (const [id, count] of second.counts) first.counts.set(id, (first.counts.get(id) ?? 0) + count);
        first.isQuiet &&= second.isQuiet;
      }
      if (first) windows[at] = first;
    }
    windows.length = Math.ceil(windows.length / 2);
    this.width *= 2;
  }
}
