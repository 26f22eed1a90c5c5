/** Gives equal texts one copy in memory. Remembers between `size` and twice `size` texts, the recently used ones. */
export interface TextPool {
  intern(text: string): string;
}

/** Texts come in two generations: when the young one is full it becomes the old one, and the old one is forgotten. */
export function createTextPool(size = 50_000): TextPool {
  let young = new Map<string, string>();
  let old = new Map<string, string>();
  return {
    intern(text) {
      const found = young.get(text);
      if (found !== undefined) return found;
      const kept = old.get(text) ?? text;
      if (young.size >= size) {
        old = young;
        young = new Map();
      }
      young.set(kept, kept);
      return kept;
    },
  };
}
