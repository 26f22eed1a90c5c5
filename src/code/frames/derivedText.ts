/** A text made from another one, which remembers where each of its parts came from. */
export class DerivedText {
  readonly #source: string;
  readonly #pieces: string[] = [];
  /** Where each piece begins in the derived text, and in the source. */
  readonly #starts: number[] = [];
  readonly #origins: number[] = [];
  #length = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Takes over the source from one offset up to another. */
  copy(from: number, to: number): void {
    if (to > from) this.#add(this.#source.slice(from, to), from);
  }

  /** Puts `text` where the source has something else at `origin`. */
  put(text: string, origin: number): void {
    this.#add(text, origin);
  }

  text(): string {
    return this.#pieces.join('');
  }

  /** Where a character of the derived text stands in the source. */
  originOf(offset: number): number {
    if (offset >= this.#length) return this.#source.length;
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return (this.#origins[low] ?? 0) + offset - (this.#starts[low] ?? 0);
  }

  #add(text: string, origin: number): void {
    this.#pieces.push(text);
    this.#starts.push(this.#length);
    this.#origins.push(origin);
    this.#length += text.length;
  }
}
