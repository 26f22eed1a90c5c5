/** Remembers what a pure function made of the texts it was last given, `size` of them at most. */
export function createTextCache<T>(compute: (text: string) => T, size = 1000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = compute(text);
    if (known.size >= size) known.clear();
    known.set(text, value);
    return value;
  };
}
