import { HashTable, mix, spread } from './hash';
import { mergeRows, squashRows } from './mergeRows';
import { hashNamed } from './namedToken';
import { ownCopy } from './ownCopy';
import { MAX_EXAMPLE, type Row, shapeOf, templateText } from './row';
import { LineScanner } from './scanner';
import { MAX_MESSAGE, NAMED, Tokens, VALUE } from './tokens';

/** A shape that many log messages share; `<*>` stands where they differ. */
export interface LogTemplate {
  readonly id: number;
  readonly template: string;
  /** How many messages have it. */
  readonly count: number;
  readonly example: string;
}

/** What mining came to. */
export interface MinedTemplates {
  /** In order of first appearance; ids count from 0. */
  readonly templates: readonly LogTemplate[];
  /** The template's id for what {@link TemplateMiner.add} returned. */
  readonly templateOf: (provisional: number) => number;
}

export interface MinerOptions {
  /** Told when what was counted for one provisional id belongs to another from now on. */
  readonly onMerge?: (from: number, into: number) => void;
  /** Shapes that are held at once; beyond, the rarest are thrown together. */
  readonly maxShapes?: number;
}

const MAX_SHAPES = 20_000;
const MAX_SIGNATURES = 400_000;

/**
 * Groups messages by shape in a stream and within bounded memory. Each message is reduced to a signature by general masks
 * (numbers, ids, times, addresses, paths); signatures are shapes, one look-up a message. Which of the words that are left vary is
 * decided from all shapes together, as IPLoM (Makanju et al., KDD 2009) and Brain (Yu et al., TSC 2023) do it: a place where
 * otherwise equal shapes hold many different words is a variable, one with few is not. There is one configuration for every system.
 */
export class TemplateMiner {
  readonly #scanner = new LineScanner();
  readonly #signatures = new HashTable();
  readonly #rowsByKey = new Map<string, Row>();
  readonly #rows = new Map<number, Row>();
  /** Where each provisional id went: itself, or the one that it was merged into. */
  readonly #parents: number[] = [];
  readonly #options: MinerOptions;
  #tokens: Tokens = new Tokens();
  #first = 0;
  #second = 0;

  constructor(options: MinerOptions = {}) {
    this.#options = options;
  }

  /** Takes a message; what it returns names its template once {@link finish} was called. */
  add(message: string): number {
    this.#scan(message);
    const first = this.#first;
    const second = this.#second;
    const known = this.#signatures.get(first, second);
    const id = known < 0 ? this.#place(message) : this.#root(known);
    if (known < 0) {
      if (this.#signatures.size > MAX_SIGNATURES) this.#signatures.clear();
      this.#signatures.set(first, second, id);
    }
    const row = this.#rows.get(id);
    if (row) row.count++;
    if (this.#rows.size > (this.#options.maxShapes ?? MAX_SHAPES)) this.#condense();
    return id;
  }

  /** Settles which words vary. More messages may be added afterwards, and the result asked for again. */
  finish(): MinedTemplates {
    this.#keep(mergeRows([...this.#rows.values()], this.#merge));
    const rows = [...this.#rows.values()].sort((a, b) => a.id - b.id);
    const ids = new Map(rows.map((row, id) => [row.id, id]));
    const templateIds = Int32Array.from(this.#parents, (_, provisional) => ids.get(this.#root(provisional)) ?? -1);
    const templates = rows.map((row, id) => ({ id, template: templateText(row), count: row.count, example: row.example }));
    return { templates, templateOf: (provisional) => templateIds[provisional] ?? -1 };
  }

  /** Scans the message and hashes what is left of it without values. */
  #scan(message: string): void {
    const tokens = this.#scanner.scan(message);
    const { kinds, starts, ends, codes, count } = tokens;
    let first = count;
    let second = 31;
    for (let at = 0; at < count; at++) {
      const kind = kinds[at] ?? VALUE;
      const start = starts[at] ?? 0;
      const end = ends[at] ?? 0;
      let token = kind;
      if (kind === NAMED) token = hashNamed(message, start, end);
      else if (kind !== VALUE) for (let index = start; index < end; index++) token = Math.imul(token ^ (codes[index] ?? 0), 0x01000193);
      first = mix(first, token);
      second = mix(second, ~token);
    }
    this.#tokens = tokens;
    this.#first = spread(first);
    this.#second = second;
  }

  #place(message: string): number {
    const own = ownCopy(message, MAX_MESSAGE);
    const shape = shapeOf(this.#tokens, own);
    const key = shape.tokens.join('\u0000');
    const held = this.#rowsByKey.get(key);
    if (held) return held.id;
    const id = this.#parents.length;
    const row: Row = { id, ...shape, count: 0, example: own.slice(0, MAX_EXAMPLE) };
    this.#parents.push(id);
    this.#rowsByKey.set(key, row);
    this.#rows.set(id, row);
    return id;
  }

  /** Too many shapes: settle what varies now, and where that does not free half of the room, throw the rarest together. */
  #condense(): void {
    const most = (this.#options.maxShapes ?? MAX_SHAPES) / 2;
    const merged = mergeRows([...this.#rows.values()], this.#merge);
    this.#keep(squashRows(merged, most, this.#merge));
  }

  readonly #merge = (from: Row, into: Row): void => {
    this.#parents[from.id] = into.id;
    this.#options.onMerge?.(from.id, into.id);
  };

  #keep(rows: readonly Row[]): void {
    this.#rows.clear();
    this.#rowsByKey.clear();
    for (const row of rows) {
      this.#rows.set(row.id, row);
      this.#rowsByKey.set(row.tokens.join('\u0000'), row);
    }
  }

  #root(id: number): number {
    let root = id;
    while (this.#parents[root] !== root) root = this.#parents[root] ?? root;
    for (let at = id; at !== root; ) {
      const next = this.#parents[at] ?? root;
      this.#parents[at] = root;
      at = next;
    }
    return root;
  }
}
