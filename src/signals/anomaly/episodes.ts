/** While and so long after something unusual only what is more unusual still is news: a share of the rows seen, within bounds. */
const QUIET_SHARE = 0.05;
const MIN_QUIET = 30;
const MAX_QUIET = 300;
/** Unusual enough to belong to an episode, in decades. */
const EPISODE_DECADES = 1.5;
const EPISODE_GAP = 100;
/** Peaks that are remembered, and how alike a deviation must be to be one of them again. */
const MAX_PEAKS = 256;
const ALIKE = 0.85;
const HABITUATION = 0.5;

/**
 * Turns how unusual each row is into how new that is: what was as unusual a moment ago says nothing more, and what came again and
 * again is expected in the end (half a decade less for each tenfold repetition). Constant time and memory.
 */
export class Episodes {
  #row = 0;
  #lastRow = Number.NEGATIVE_INFINITY;
  #peak = 0;
  readonly #peaks: number[] = [];
  /** Rows of the recent past that nothing later exceeded, oldest first, with decades. */
  #recent: { readonly row: number; readonly decades: number }[] = [];

  /** Decades that are left; `deviation` is the size of what was seen, comparable within a series. */
  news(decades: number, deviation: number): number {
    const row = this.#row++;
    if (decades < EPISODE_DECADES) return this.#fresh(row, decades);
    if (row - this.#lastRow > EPISODE_GAP) this.#close();
    this.#lastRow = row;
    this.#peak = Math.max(this.#peak, deviation);
    let alike = 0;
    for (const peak of this.#peaks) if (peak >= ALIKE * deviation) alike++;
    return this.#fresh(row, Math.max(0, decades - HABITUATION * Math.log10(1 + alike)));
  }

  #close(): void {
    if (this.#peak > 0) this.#peaks.push(this.#peak);
    if (this.#peaks.length > MAX_PEAKS) this.#peaks.shift();
    this.#peak = 0;
  }

  #fresh(row: number, decades: number): number {
    const oldest = row - Math.min(MAX_QUIET, Math.max(MIN_QUIET, QUIET_SHARE * row));
    while (this.#recent[0] !== undefined && this.#recent[0].row < oldest) this.#recent.shift();
    const isNew = this.#recent[0] === undefined || this.#recent[0].decades < decades;
    while (this.#recent.length > 0 && (this.#recent.at(-1)?.decades ?? 0) <= decades) this.#recent.pop();
    if (decades > 0) this.#recent.push({ row, decades });
    return isNew ? decades : 0;
  }
}
