const BLOCK = 65_536;

/** A long list of whole numbers, four bytes each. */
export class LineIds implements Iterable<number> {
  readonly #blocks: Int32Array[] = [];
  length = 0;

  push(id: number): void {
    const at = this.length % BLOCK;
    if (at === 0) this.#blocks.push(new Int32Array(BLOCK));
    const block = this.#blocks.at(-1);
    if (block) block[at] = id;
    this.length++;
  }

  /** Replaces each number, in place. */
  replace(by: (id: number) => number): void {
    for (const block of this.#blocks) for (let at = 0; at < BLOCK; at++) block[at] = by(block[at] ?? 0);
  }

  *[Symbol.iterator](): Iterator<number> {
    let left = this.length;
    for (const block of this.#blocks) {
      for (let at = 0; at < Math.min(BLOCK, left); at++) yield block[at] ?? 0;
      left -= BLOCK;
    }
  }
}
