/** One step of a 32-bit hash (murmur3's mixing of a word into the state). */
export function mix(hash: number, value: number): number {
  let word = Math.imul(value, 0xcc9e2d51);
  word = (word << 15) | (word >>> 17);
  const state = hash ^ Math.imul(word, 0x1b873593);
  return (Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64) | 0;
}

/** Spreads the bits of a finished hash (murmur3's finaliser). */
export function spread(hash: number): number {
  let state = hash ^ (hash >>> 16);
  state = Math.imul(state, 0x85ebca6b);
  state ^= state >>> 13;
  state = Math.imul(state, 0xc2b2ae35);
  return state ^ (state >>> 16);
}

export function hashText(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at++) hash = mix(hash, text.charCodeAt(at));
  return spread(hash);
}

/**
 * Maps pairs of 32-bit hashes to whole numbers >= 0. Open addressing over typed arrays: a million look-ups a second make no garbage.
 */
export class HashTable {
  #keys: Int32Array;
  #values: Int32Array;
  #mask: number;
  size = 0;

  constructor(capacity = 1024) {
    const slots = 2 ** Math.ceil(Math.log2(capacity * 2));
    this.#keys = new Int32Array(slots * 2);
    this.#values = new Int32Array(slots);
    this.#mask = slots - 1;
  }

  /** The value, or -1. */
  get(first: number, second: number): number {
    const slot = this.#slot(first, second);
    return (this.#values[slot] ?? 0) - 1;
  }

  set(first: number, second: number, value: number): void {
    if (this.size * 2 > this.#mask) this.#grow();
    const slot = this.#slot(first, second);
    if (this.#values[slot] === 0) this.size++;
    this.#keys[slot * 2] = first;
    this.#keys[slot * 2 + 1] = second;
    this.#values[slot] = value + 1;
  }

  clear(): void {
    this.#values.fill(0);
    this.size = 0;
  }

  #slot(first: number, second: number): number {
    let slot = (first ^ Math.imul(second, 0x9e3779b1)) & this.#mask;
    while (this.#values[slot] !== 0 && (this.#keys[slot * 2] !== first || this.#keys[slot * 2 + 1] !== second))
      slot = (slot + 1) & this.#mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const values = this.#values;
    const slots = values.length * 2;
    this.#keys = new Int32Array(slots * 2);
    this.#values = new Int32Array(slots);
    this.#mask = slots - 1;
    this.size = 0;
    values.forEach((value, slot) => {
      if (value !== 0) this.set(keys[slot * 2] ?? 0, keys[slot * 2 + 1] ?? 0, value - 1);
    });
  }
}
