/** How long one request may take, in milliseconds. */
export interface Patience {
  /** Until the answer begins. */
  readonly firstMs: number;
  /** Between two pieces of it. */
  readonly idleMs: number;
  /** In all. */
  readonly totalMs: number;
}

/** The same, with no wait longer than `ms`. */
export const atMost = (ms: number, { firstMs, idleMs, totalMs }: Patience): Patience => ({
  firstMs: Math.min(ms, firstMs),
  idleMs: Math.min(ms, idleMs),
  totalMs: Math.min(ms, totalMs),
});

/** Node's timers hold no more, and fire at once instead. */
const MAX_TIMER_MS = 2_147_483_647;

export type Impatience = 'silent' | 'stalled' | 'slow';

/** A server was given up on. */
export class OutOfPatience extends Error {
  constructor(
    readonly why: Impatience,
    readonly afterMs: number,
  ) {
    super(`${why} after ${afterMs} ms`);
  }
}

/**
 * Holds one request to its limits. Its signal aborts, with the reason, when the caller aborts or patience runs out; {@link until}
 * gives up on a promise at that moment, whether or not what is behind it listens to the signal.
 */
export class Watch {
  readonly #ending = new AbortController();
  readonly #outer: AbortSignal;
  readonly #total: NodeJS.Timeout;
  #next: NodeJS.Timeout;
  readonly signal = this.#ending.signal;

  constructor(
    private readonly patience: Patience,
    outer: AbortSignal,
  ) {
    this.#outer = outer;
    this.#total = this.#after(patience.totalMs, 'slow');
    this.#next = this.#after(patience.firstMs, 'silent');
    if (outer.aborted) this.#endWithCaller();
    else outer.addEventListener('abort', this.#endWithCaller);
  }

  /** Something came; the next piece has its own time. */
  heard(): void {
    clearTimeout(this.#next);
    if (!this.signal.aborted) this.#next = this.#after(this.patience.idleMs, 'stalled');
  }

  until<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const give = () => reject(this.signal.reason);
      if (this.signal.aborted) give();
      this.signal.addEventListener('abort', give, { once: true });
      work.then(resolve, reject).finally(() => this.signal.removeEventListener('abort', give));
    });
  }

  /** The request is over: what is left of its connection is let go of. */
  dispose(): void {
    this.#end(new Error('The request is over.'));
  }

  readonly #endWithCaller = () => this.#end(this.#outer.reason);

  #end(reason: unknown): void {
    clearTimeout(this.#total);
    clearTimeout(this.#next);
    this.#outer.removeEventListener('abort', this.#endWithCaller);
    this.#ending.abort(reason);
  }

  #after(ms: number, why: Impatience): NodeJS.Timeout {
    return setTimeout(() => this.#end(new OutOfPatience(why, ms)), Math.min(ms, MAX_TIMER_MS));
  }
}
