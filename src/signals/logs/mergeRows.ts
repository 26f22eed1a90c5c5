import { HashTable, hashText, mix, spread } from './hash';
import { mergeRare } from './mergeRare';
import { WILDCARD } from './namedToken';
import type { Row } from './row';
import { wordsIn } from './row';
import { MARK, NAMED, VALUE, WORD } from './tokens';
import { NAMING_WORDS } from './vocabulary';

/** So many different words in one place are values. */
const ENOUGH = 4;
const MAX_PASSES = 8;

type Merge = (from: Row, into: Row) => void;

/**
 * Finds out which words vary and merges the rows that differ only there; see also {@link mergeRare}. `merge` is told of each; the rows that are left come
 * back in their order. Linear in the number of tokens for each pass.
 */
export function mergeRows(rows: readonly Row[], merge: Merge): readonly Row[] {
  let left = rows;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const bySlots = mergeBySlots(left, merge);
    const next = bySlots.length === left.length ? mergeRare(bySlots, merge) : bySlots;
    if (next.length === left.length) return next;
    left = next;
  }
  return left;
}

interface Slot {
  readonly position: number;
  readonly rows: Row[];
}

/** Rows that are equal but for one place share a slot; the fullest slots are judged first. */
function mergeBySlots(rows: readonly Row[], merge: Merge): readonly Row[] {
  const slots = slotsOf(rows)
    .filter(({ rows: held, position }) => held.length > 1 && isVariable(held, position))
    .sort((a, b) => b.rows.length - a.rows.length || (a.rows[0]?.id ?? 0) - (b.rows[0]?.id ?? 0));
  const gone = new Set<Row>();
  const changed = new Set<Row>();
  for (const { rows: held, position } of slots) {
    const free = held.filter((row) => !gone.has(row) && !changed.has(row));
    const [into, ...others] = free;
    if (!into || others.length === 0) continue;
    into.tokens = into.tokens.with(position, WILDCARD);
    into.kinds = into.kinds.with(position, VALUE);
    changed.add(into);
    for (const row of others) {
      into.count += row.count;
      gone.add(row);
      merge(row, into);
    }
  }
  return gone.size === 0 ? rows : rows.filter((row) => !gone.has(row));
}

function slotsOf(rows: readonly Row[]): Slot[] {
  const slots: Slot[] = [];
  const table = new HashTable(rows.length * 8);
  for (const row of rows) {
    const { tokens, kinds } = row;
    const hashes = tokens.map((token, at) => spread(mix(hashText(token), at)));
    const total = hashes.reduce((sum, hash) => (sum + hash) | 0, tokens.length);
    const mixed = hashes.reduce((sum, hash) => (sum + spread(~hash)) | 0, 0);
    for (let position = 0; position < tokens.length; position++) {
      if (kinds[position] === MARK) continue;
      const hash = hashes[position] ?? 0;
      const first = spread(mix(total - hash, position));
      const second = (mixed - spread(~hash)) | 0;
      const known = table.get(first, second);
      if (known < 0) table.set(first, second, slots.push({ position, rows: [row] }) - 1);
      else slots[known]?.rows.push(row);
    }
  }
  return slots;
}

function isVariable(rows: readonly Row[], position: number): boolean {
  const [first] = rows;
  if (!first) return false;
  const words = wordsIn({ kinds: first.kinds.with(position, MARK) });
  if (words === 0) return false;
  const weight = rows.reduce((sum, row) => sum + weightOf(row.tokens[position] ?? '', row.kinds[position] ?? WORD), 0);
  const isNamed = NAMING_WORDS.has(first.tokens[position - 1] ?? '');
  return weight >= (isNamed ? ENOUGH - 1 : ENOUGH) * (words === 1 ? 2 : 1);
}

/** How much a token speaks for a place of values: ids and names with dots more than words, words in capitals less, which enumerate states. */
function weightOf(token: string, kind: number): number {
  if (kind === VALUE) return 3;
  if (kind === NAMED) return 1.5;
  if (/^[A-Z][A-Z_]+$/.test(token)) return 0.6;
  if (/\..*\.|[@/\\$]/.test(token)) return 1.4;
  return /[._-]/.test(token) ? 1.2 : 1;
}

/**
 * Where there are more than `most` rows that have nothing in common, throws the rarest of equal length together, whatever they say:
 * input without templates must not take all memory.
 */
export function squashRows(rows: readonly Row[], most: number, merge: Merge): readonly Row[] {
  if (rows.length <= most) return rows;
  const ranked = [...rows].sort((a, b) => b.count - a.count || a.id - b.id);
  const kept = ranked.slice(0, most / 2);
  const byLength = new Map<number, Row>();
  for (const row of ranked.slice(most / 2)) {
    const into = byLength.get(row.tokens.length);
    if (into) {
      into.tokens = into.tokens.map((token, at) => (token === row.tokens[at] ? token : WILDCARD));
      into.kinds = into.kinds.map((kind, at) => (into.tokens[at] === WILDCARD ? VALUE : kind));
      into.count += row.count;
      merge(row, into);
    } else byLength.set(row.tokens.length, row);
  }
  return [...kept, ...byLength.values()];
}
