import { BLOCK_STRENGTH, lineStrength, MOVES_ALONE, STANDS_ALONE, STANDS_WITH_NEIGHBOUR } from './lineStrength';
import { longestAscent } from './longestAscent';

/** Which line of one text is which line of another: line − 1 → line, 0 where that is not certain. */
export interface LineMatching {
  readonly toNew: Int32Array;
  readonly toOld: Int32Array;
}

/**
 * Matches the lines of two versions of a text, only where the texts leave no doubt; indentation does not count. A line that
 * occurs once in both is the same line if it says enough. What lies between two such lines is matched where it did not
 * change, or stands right next to them with no twin in the part that did. A twin is never guessed: a match that
 * is not there costs a shrug, a wrong one costs trust. Near-linear.
 */
export function matchLines(oldLines: readonly string[], newLines: readonly string[]): LineMatching {
  return new Matcher(oldLines, newLines).match();
}

interface Gap {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
  /** How often it was cut down; 0 for the whole text. */
  readonly depth: number;
}

/** Deeper cuts find next to nothing, and hostile text could make them many. */
const MAX_DEPTH = 30;
/** Texts that share less of their telling lines are two files rather than two versions of one. */
const ALIKE = 0.5;

interface Pair {
  readonly old: number;
  readonly new: number;
}

/** Indexes count from 0 in here, and ends are exclusive. */
class Matcher {
  readonly #old: Int32Array;
  readonly #new: Int32Array;
  readonly #strengths: number[] = [];
  readonly #toNew: Int32Array;
  readonly #toOld: Int32Array;
  /** Whether the texts can be two versions of one file. */
  readonly #isAlike: boolean;

  constructor(oldLines: readonly string[], newLines: readonly string[]) {
    const ids = new Map<string, number>();
    const idOf = (line: string) => {
      const text = line.trim();
      const known = ids.get(text);
      if (known !== undefined) return known;
      this.#strengths.push(lineStrength(text));
      ids.set(text, ids.size);
      return ids.size - 1;
    };
    this.#old = Int32Array.from(oldLines, idOf);
    this.#new = Int32Array.from(newLines, idOf);
    this.#toNew = new Int32Array(oldLines.length);
    this.#toOld = new Int32Array(newLines.length);
    this.#isAlike = this.#sharedPart() >= ALIKE;
  }

  match(): LineMatching {
    const whole = { oldFrom: 0, oldTo: this.#old.length, newFrom: 0, newTo: this.#new.length, depth: 0 };
    const once = this.#onceInBoth(whole);
    const gaps = [whole];
    for (let gap = gaps.pop(); gap !== undefined; gap = gaps.pop()) gaps.push(...this.#matchGap(gap));
    this.#matchMoved(once.filter((pair) => this.#isFree(pair)));
    return { toNew: this.#toNew, toOld: this.#toOld };
  }

  /** Matches what is certain in a stretch between two matches, and gives the stretches that are left to look at. */
  #matchGap(gap: Gap): Gap[] {
    if (gap.oldFrom === gap.oldTo || gap.newFrom === gap.newTo) return [];
    // That two unlike files begin or end alike is no evidence.
    const isHeld = this.#isAlike || (gap.oldFrom > 0 && gap.newFrom > 0 && gap.oldTo < this.#old.length && gap.newTo < this.#new.length);
    if (isHeld && this.#isSame(gap)) {
      for (let at = 0; at < gap.oldTo - gap.oldFrom; at += 1) this.#take({ old: gap.oldFrom + at, new: gap.newFrom + at });
      return [];
    }
    const anchors = gap.depth > MAX_DEPTH ? [] : this.#anchorsOf(gap);
    if (anchors.length === 0) {
      if (isHeld) this.#matchEdges(gap);
      return [];
    }
    for (const anchor of anchors) this.#take(anchor);
    return gapsBetween(gap, anchors);
  }

  /** How much of the shorter text's telling lines the other has; 1 where neither has any. */
  #sharedPart(): number {
    const tells = (id: number) => (this.#strengths[id] ?? 0) >= STANDS_WITH_NEIGHBOUR;
    const [old, now] = [this.#old.filter(tells), this.#new.filter(tells)];
    const counts = new Map<number, number>();
    for (const id of old) counts.set(id, (counts.get(id) ?? 0) + 1);
    let shared = 0;
    for (const id of now) {
      const left = counts.get(id) ?? 0;
      if (left > 0) shared += 1;
      counts.set(id, left - 1);
    }
    const all = Math.min(old.length, now.length);
    return all === 0 ? 1 : shared / all;
  }

  #anchorsOf(gap: Gap): Pair[] {
    const once = this.#onceInBoth(gap);
    return longestAscent(once, (pair) => pair.new).filter((pair) => this.#isAnchor(pair, gap.depth === 0));
  }

  #isSame({ oldFrom, oldTo, newFrom, newTo }: Omit<Gap, 'depth'>): boolean {
    if (oldTo - oldFrom !== newTo - newFrom) return false;
    for (let at = 0; at < oldTo - oldFrom; at += 1) if (this.#old[oldFrom + at] !== this.#new[newFrom + at]) return false;
    return true;
  }

  /** Lines whose text occurs once on each side of the stretch, in the order of the old side. */
  #onceInBoth({ oldFrom, oldTo, newFrom, newTo }: Gap): Pair[] {
    const inOld = onceOnly(this.#old, oldFrom, oldTo);
    const inNew = onceOnly(this.#new, newFrom, newTo);
    const pairs: Pair[] = [];
    for (const [id, old] of inOld) {
      const there = inNew.get(id) ?? -1;
      if (old >= 0 && there >= 0) pairs.push({ old, new: there });
    }
    return pairs.sort((left, right) => left.old - right.old);
  }

  /** A text that other parts of the file repeat needs a neighbour that stayed, whatever it says. */
  #isAnchor(pair: Pair, isOnceInFile: boolean): boolean {
    const strength = this.#strengthAt(pair);
    if (!this.#isAlike) return this.#isBlock(pair);
    if (isOnceInFile && strength >= STANDS_ALONE) return true;
    return strength >= STANDS_WITH_NEIGHBOUR && this.#neighbours(pair).length > 0;
  }

  #strengthAt({ old }: Pair): number {
    return this.#strengths[this.#old[old] ?? -1] ?? 0;
  }

  /** The lines right before and after, where they have words and are the same on both sides. */
  #neighbours(pair: Pair): Pair[] {
    return [-1, 1].flatMap((step) => {
      const next = { old: pair.old + step, new: pair.new + step };
      const id = this.#old[next.old];
      return id !== undefined && id === this.#new[next.new] && this.#strengthAt(next) > 0 ? [next] : [];
    });
  }

  /** The unchanged lines at both ends of a stretch, but for those that have a twin in what changed between them. */
  #matchEdges({ oldFrom, oldTo, newFrom, newTo }: Gap): void {
    const most = Math.min(oldTo - oldFrom, newTo - newFrom);
    let head = 0;
    while (head < most && this.#old[oldFrom + head] === this.#new[newFrom + head]) head += 1;
    let tail = 0;
    while (tail < most - head && this.#old[oldTo - 1 - tail] === this.#new[newTo - 1 - tail]) tail += 1;
    const changed = new Set([...this.#old.subarray(oldFrom + head, oldTo - tail), ...this.#new.subarray(newFrom + head, newTo - tail)]);
    const takeUnlessTwin = (pair: Pair) => {
      if (!changed.has(this.#old[pair.old] ?? -1)) this.#take(pair);
    };
    for (let at = 0; at < head; at += 1) takeUnlessTwin({ old: oldFrom + at, new: newFrom + at });
    for (let at = 1; at <= tail; at += 1) takeUnlessTwin({ old: oldTo - at, new: newTo - at });
  }

  /** Lines that occur once in both texts and were carried elsewhere, with what lay between them when they went together. */
  #matchMoved(pairs: readonly Pair[]): void {
    const isTelling = (pair: Pair) => this.#strengthAt(pair) + this.#neighbourStrength(pair) >= MOVES_ALONE;
    const moved = pairs.filter((pair) => (this.#isAlike ? isTelling(pair) : this.#isBlock(pair)));
    for (const pair of moved) this.#take(pair);
    for (const [at, pair] of moved.entries()) {
      const next = moved[at + 1];
      if (next === undefined || next.new - next.old !== pair.new - pair.old) continue;
      const between = { oldFrom: pair.old + 1, oldTo: next.old, newFrom: pair.new + 1, newTo: next.new };
      if (this.#isSame(between)) for (let to = between.oldFrom; to < between.oldTo; to += 1) this.#takeIfFree(to, to + pair.new - pair.old);
    }
  }

  /** What two files that are not versions of each other must share to speak of the same lines. */
  #isBlock(pair: Pair): boolean {
    const beside = this.#neighbourStrength(pair);
    return beside > 0 && this.#strengthAt(pair) + beside >= BLOCK_STRENGTH;
  }

  #neighbourStrength(pair: Pair): number {
    return Math.max(0, ...this.#neighbours(pair).map((next) => this.#strengthAt(next)));
  }

  #isFree(pair: Pair): boolean {
    return this.#toNew[pair.old] === 0 && this.#toOld[pair.new] === 0;
  }

  #takeIfFree(old: number, there: number): void {
    if (this.#isFree({ old, new: there })) this.#take({ old, new: there });
  }

  #take(pair: Pair): void {
    this.#toNew[pair.old] = pair.new + 1;
    this.#toOld[pair.new] = pair.old + 1;
  }
}

/** Id → where it occurs; −1 for what occurs more than once. */
function onceOnly(ids: Int32Array, from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let at = from; at < to; at += 1) {
    const id = ids[at] ?? -1;
    places.set(id, places.has(id) ? -1 : at);
  }
  return places;
}

function gapsBetween(gap: Gap, anchors: readonly Pair[]): Gap[] {
  const gaps: Gap[] = [];
  let [oldFrom, newFrom] = [gap.oldFrom, gap.newFrom];
  const depth = gap.depth + 1;
  for (const anchor of anchors) {
    gaps.push({ oldFrom, oldTo: anchor.old, newFrom, newTo: anchor.new, depth });
    [oldFrom, newFrom] = [anchor.old + 1, anchor.new + 1];
  }
  return [...gaps, { oldFrom, oldTo: gap.oldTo, newFrom, newTo: gap.newTo, depth }];
}
