export interface Disposable {
  dispose(): void;
}

/** Owns things that must be let go of, in reverse order. What arrives after the end is disposed at once. */
export class Owner implements Disposable {
  #owned: Disposable[] = [];
  #isDisposed = false;

  /** Returns its argument and disposes it with the owner. */
  readonly own = <T extends Disposable>(item: T): T => {
    if (this.#isDisposed) item.dispose();
    else this.#owned.push(item);
    return item;
  };

  dispose(): void {
    this.#isDisposed = true;
    for (const item of this.#owned.splice(0).reverse()) item.dispose();
  }
}
