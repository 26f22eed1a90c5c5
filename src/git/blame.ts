const HEADER = /^([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?$/;

/**
 * Reads `git blame --porcelain` into line → commit. In a shallow clone blame stops where history was cut off, which does
 * not make that commit the one that wrote the line: it is left out.
 */
export function parseBlame(text: string, isShallow: boolean): Map<number, string> {
  const shas = new Map<number, string>();
  const boundaries = new Set<string>();
  let current: string | null = null;
  for (const line of text.split('\n')) {
    if (line.startsWith('\t')) continue;
    const match = HEADER.exec(line);
    if (match !== null) {
      current = match[1] ?? null;
      if (current !== null) shas.set(Number(match[2]), current);
    } else if (line === 'boundary' && current !== null) boundaries.add(current);
  }
  if (!isShallow) return shas;
  for (const [line, sha] of shas) if (boundaries.has(sha)) shas.delete(line);
  return shas;
}
