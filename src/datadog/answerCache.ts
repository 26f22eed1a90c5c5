import { LRUCache } from 'lru-cache';

interface Loading {
  readonly answer: Promise<unknown>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Answers by key for a short while. Who asks for what is already being fetched shares that fetch; it is aborted only when
 * nobody waits for it any more. Failures are not kept.
 */
export class AnswerCache {
  readonly #answers: LRUCache<string, { readonly value: unknown }>;
  readonly #loading = new Map<string, Loading>();

  constructor(options: { readonly ttlMs: number; readonly maxEntries: number }) {
    this.#answers = new LRUCache({ max: options.maxEntries, ttl: options.ttlMs });
  }

  /** `isKept: false` shares what is in flight but does not keep the answer. */
  async get<T>(key: string, isKept: boolean, signal: AbortSignal, load: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const known = this.#answers.get(key);
    if (known) return known.value as T;
    const loading = this.#loading.get(key) ?? this.#start(key, isKept, load);
    loading.waiting += 1;
    try {
      return (await untilAborted(loading.answer, signal)) as T;
    } finally {
      loading.waiting -= 1;
      if (loading.waiting === 0 && this.#loading.get(key) === loading) {
        this.#loading.delete(key);
        loading.controller.abort(signal.reason);
      }
    }
  }

  #start<T>(key: string, isKept: boolean, load: (signal: AbortSignal) => Promise<T>): Loading {
    const controller = new AbortController();
    const answer = load(controller.signal).then(
      (value) => {
        this.#loading.delete(key);
        if (isKept) this.#answers.set(key, { value });
        return value;
      },
      (error: unknown) => {
        if (this.#loading.get(key)?.controller === controller) this.#loading.delete(key);
        throw error;
      },
    );
    const loading = { answer, controller, waiting: 0 };
    this.#loading.set(key, loading);
    return loading;
  }
}

/** The promise's result, or a rejection with the signal's reason as soon as it is aborted. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
