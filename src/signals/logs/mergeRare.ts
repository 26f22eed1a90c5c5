import { WILDCARD } from './namedToken';
import type { Row } from './row';
import { MARK, VALUE } from './tokens';

/** So many rows must agree in everything but rare words. */
const ENOUGH = 6;
/** A word is rare in its place when so few rows hold it for each that holds the row's most frequent word. */
const RARE = 0.1;
const LEAST_KEPT = 2;

/**
 * Merges rows that differ in several places at once, each of which holds words that hardly any other row has there: names, titles and
 * other words without end. `merge` is told of each row that goes.
 */
export function mergeRare(rows: readonly Row[], merge: (from: Row, into: Row) => void): readonly Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = skeletonOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const gone = new Set<Row>();
  for (const group of groups.values()) {
    if (group.length < ENOUGH) continue;
    for (const { alike, places } of patternsOf(group)) {
      const [into, ...others] = alike;
      if (!into) continue;
      into.tokens = into.tokens.map((token, at) => (places.includes(at) ? WILDCARD : token));
      into.kinds = into.kinds.map((kind, at) => (places.includes(at) ? VALUE : kind));
      for (const row of others) {
        into.count += row.count;
        gone.add(row);
        merge(row, into);
      }
    }
  }
  return gone.size === 0 ? rows : rows.filter((row) => !gone.has(row));
}

/** The marks in their places, and that there is something in the others. */
function skeletonOf({ tokens, kinds }: Row): string {
  return tokens.map((token, at) => (kinds[at] === MARK ? token : 'w')).join('');
}

interface Pattern {
  readonly alike: Row[];
  /** Where the rare words stand. */
  readonly places: readonly number[];
}

function patternsOf(group: readonly Row[]): readonly Pattern[] {
  const frequencies = new Map<string, number>();
  for (const { tokens } of group)
    for (const [at, token] of tokens.entries()) frequencies.set(`${at} ${token}`, (frequencies.get(`${at} ${token}`) ?? 0) + 1);
  const patterns = new Map<string, Pattern>();
  for (const row of group) {
    const places = rarePlaces(row, frequencies);
    if (places.length === 0) continue;
    const key = row.tokens.map((token, at) => (places.includes(at) ? WILDCARD : token)).join('\u0000');
    const pattern = patterns.get(key);
    if (pattern) pattern.alike.push(row);
    else patterns.set(key, { alike: [row], places });
  }
  return [...patterns.values()].filter(({ alike, places }) => alike.length >= ENOUGH && places.every((at) => isVaried(alike, at)));
}

/** Places of words that are rare among the rows; empty where fewer words would be left than taken. */
function rarePlaces({ tokens, kinds }: Row, frequencies: ReadonlyMap<string, number>): readonly number[] {
  const words = tokens.flatMap((token, at) =>
    kinds[at] === MARK || kinds[at] === VALUE ? [] : [{ at, rows: frequencies.get(`${at} ${token}`) ?? 0 }],
  );
  const most = words.reduce((highest, { rows }) => Math.max(highest, rows), 0);
  const rare = words.filter(({ rows }) => rows <= Math.max(1, most * RARE));
  const kept = words.length - rare.length;
  return kept < LEAST_KEPT || kept < rare.length ? [] : rare.map(({ at }) => at);
}

const isVaried = (rows: readonly Row[], at: number) => new Set(rows.map(({ tokens }) => tokens[at])).size >= ENOUGH / 2;
