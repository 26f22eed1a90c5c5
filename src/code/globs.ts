/**
 * Whether a path matches a glob: `*` is any part of a segment, `?` one character of it, `**` any number of segments. A glob
 * without a slash at its beginning may begin at any segment, one that ends with a slash means all below. Takes time bounded by
 * the product of both lengths.
 */
export function matchesGlob(glob: string, segments: readonly string[]): boolean {
  const trimmed = glob.startsWith('/') ? glob.slice(1) : `**/${glob}`;
  const parts = (trimmed.endsWith('/') ? `${trimmed}**` : trimmed).split('/').filter((part) => part !== '' && part !== '.');
  return matchesParts(parts, segments);
}

/** Reachable positions in the glob, segment by segment; `**` may stay where it is or be passed at once. */
function matchesParts(parts: readonly string[], segments: readonly string[]): boolean {
  let reached = closure(parts, new Set([0]));
  for (const segment of segments) {
    const next = new Set<number>();
    for (const at of reached) {
      const part = parts[at];
      if (part === undefined) continue;
      if (part === '**') next.add(at);
      else if (matchesSegment(part, segment)) next.add(at + 1);
    }
    reached = closure(parts, next);
  }
  return reached.has(parts.length);
}

function closure(parts: readonly string[], positions: ReadonlySet<number>): Set<number> {
  const all = new Set(positions);
  for (const at of all) if (parts[at] === '**') all.add(at + 1);
  return all;
}

/** The greedy wildcard match that falls back to the last `*` only. */
function matchesSegment(pattern: string, text: string): boolean {
  let [at, from] = [0, 0];
  let [star, marked] = [-1, 0];
  while (from < text.length) {
    if (at < pattern.length && pattern[at] !== '*' && (pattern[at] === '?' || pattern[at] === text[from])) {
      at += 1;
      from += 1;
    } else if (pattern[at] === '*') {
      star = at;
      marked = from;
      at += 1;
    } else if (star !== -1) {
      at = star + 1;
      marked += 1;
      from = marked;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
