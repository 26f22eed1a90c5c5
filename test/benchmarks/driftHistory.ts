/** A line of the generated program: what it says may change, who it is does not. */
export interface Line {
  readonly id: number;
  text: string;
}

export type Files = ReadonlyMap<string, readonly Line[]>;

export interface HistoryOptions {
  readonly seed: number;
  readonly commits: number;
  readonly files: number;
  /** Functions in each file at the beginning. */
  readonly functions: number;
}

/** Lines that every program has many of. */
const BOILERPLATE = [
  '}',
  '',
  'return null;',
  'break;',
  '});',
  '} else {',
  'return result;',
  'continue;',
  "log.info('done');",
  '// TODO',
  'i += 1;',
  'next();',
];
const WORDS =
  'cart order price total coupon stock user token basket invoice refund quote amount rate city parcel label route batch queue'.split(' ');

/** Uniform numbers in [0, 1) that a seed determines (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A program whose history is known line by line. A change edits, inserts, deletes, re-indents, carries away (within a file
 * and to another), copies, and puts twins next to each other; files are added, renamed, deleted, and replaced in their old place. Within one
 * commit no line is touched twice and nothing is put where something was removed: text that is the same before and
 * after is the same line to everyone.
 */
export class GeneratedHistory {
  readonly files = new Map<string, Line[]>();
  readonly #random: () => number;
  #nextId = 1;
  #nextFile = 1;
  /** Lines that the commit in the making touched, or that lie where it removed something. */
  #touched = new Set<number>();

  constructor({ seed, files, functions }: HistoryOptions) {
    this.#random = createRandom(seed);
    for (let at = 0; at < files; at += 1) this.files.set(this.#freshPath(), this.#module(functions));
  }

  /** The state as of now, to compare with later. */
  snapshot(): Files {
    return new Map([...this.files].map(([path, lines]) => [path, lines.map((line) => ({ ...line }))]));
  }

  /** Makes the changes of one commit. */
  change(): void {
    this.#touched = new Set();
    const count = 1 + this.#below(5);
    for (let at = 0; at < count; at += 1) this.#changeOnce();
  }

  below(limit: number): number {
    return this.#below(limit);
  }

  #changeOnce(): void {
    const kind = this.#random();
    if (kind < 0.3) this.#edit();
    else if (kind < 0.46) this.#insert();
    else if (kind < 0.6) this.#delete();
    else if (kind < 0.67) this.#twin();
    else if (kind < 0.73) this.#reindent();
    else if (kind < 0.81) this.#carry(true);
    else if (kind < 0.87) this.#carry(false);
    else if (kind < 0.93) this.#copy();
    else if (kind < 0.96) this.#rename();
    else if (kind < 0.975) this.#replaceFile();
    else if (kind < 0.99) this.files.set(this.#freshPath(), this.#module(2 + this.#below(5)));
    else this.#deleteFile();
  }

  #edit(): void {
    const block = this.#block(1 + this.#below(2));
    if (block === null) return;
    for (const line of block.lines) {
      const number = this.#below(10_000);
      if (!/[a-z]/.test(line.text)) line.text = this.#statement(line.text);
      else if (this.#random() < 0.5) line.text = line.text.replace(/[a-z]+(?=[^a-z]*$)/, `${this.#word()}${number}`);
      else line.text = `${line.text} // ${this.#word()} ${number}`;
      this.#touched.add(line.id);
    }
  }

  #insert(): void {
    const place = this.#gap();
    if (place === null) return;
    const lines = Array.from({ length: 1 + this.#below(5) }, () =>
      this.#line(this.#random() < 0.4 ? this.#boilerplate() : this.#statement('  ')),
    );
    place.file.splice(place.at, 0, ...lines);
  }

  #delete(): void {
    const block = this.#block(1 + this.#below(6));
    if (block !== null) this.#cut(block);
  }

  /** Puts a line that says the same next to, or near, one that is there. */
  #twin(): void {
    const place = this.#gap();
    if (place === null) return;
    const model = place.file[place.at + this.#below(5) - 2];
    if (model === undefined) return;
    this.#touched.add(model.id);
    place.file.splice(place.at, 0, this.#line(model.text));
  }

  #reindent(): void {
    const block = this.#block(2 + this.#below(12));
    if (block === null) return;
    const isDeeper = this.#random() < 0.6;
    for (const line of block.lines) {
      line.text = isDeeper ? `  ${line.text}` : line.text.replace(/^ {2}/, '');
      this.#touched.add(line.id);
    }
  }

  #carry(isWithin: boolean): void {
    const block = this.#block(1 + this.#below(12));
    if (block === null) return;
    const to = this.#gap(isWithin ? block.path : null);
    if (to === null || (to.file === block.file && to.at >= block.at && to.at <= block.at + block.lines.length)) return;
    const mark = to.file[to.at];
    this.#cut(block);
    to.file.splice(mark === undefined ? to.file.length : to.file.indexOf(mark), 0, ...block.lines);
    for (const line of block.lines) this.#touched.add(line.id);
  }

  #copy(): void {
    const block = this.#block(2 + this.#below(10));
    const to = this.#gap(this.#random() < 0.7 ? (block?.path ?? null) : null);
    if (block === null || to === null) return;
    for (const line of block.lines) this.#touched.add(line.id);
    to.file.splice(to.at, 0, ...block.lines.map((line) => this.#line(line.text)));
  }

  #rename(): void {
    const path = this.#path();
    const lines = this.files.get(path);
    if (lines === undefined) return;
    this.files.delete(path);
    this.files.set(this.#freshPath(), lines);
  }

  /** Moves a file and writes a new one in its place. */
  #replaceFile(): void {
    const path = this.#path();
    this.files.set(this.#freshPath(), this.files.get(path) ?? []);
    this.files.set(path, this.#module(3));
  }

  #deleteFile(): void {
    if (this.files.size > 4) this.files.delete(this.#path());
  }

  /** Takes lines out; what is left next to the place is not touched again in this commit. */
  #cut({ file, at, lines }: Block): void {
    file.splice(at, lines.length);
    for (const near of file.slice(Math.max(0, at - 1), at + 1)) this.#touched.add(near.id);
  }

  /** Some lines in a row that the commit has not touched yet. */
  #block(length: number): Block | null {
    const path = this.#path();
    const file = this.files.get(path) ?? [];
    const at = this.#below(file.length);
    const lines = file.slice(at, at + length);
    return lines.length === 0 || lines.some(({ id }) => this.#touched.has(id)) ? null : { path, file, at, lines };
  }

  /** A place between lines that the commit has not touched yet. */
  #gap(path: string | null = null): { file: Line[]; at: number } | null {
    const file = this.files.get(path ?? this.#path());
    if (file === undefined) return null;
    const at = this.#below(file.length + 1);
    return file.slice(Math.max(0, at - 1), at + 1).some(({ id }) => this.#touched.has(id)) ? null : { file, at };
  }

  #module(functions: number): Line[] {
    const texts: string[] = ["'use strict';", ''];
    for (let at = 0; at < functions; at += 1) {
      texts.push(`function ${this.#word()}Of${this.#nextId + at}(${this.#word()}) {`);
      for (let count = 3 + this.#below(10); count > 0; count -= 1)
        texts.push(this.#random() < 0.3 ? this.#boilerplate() : this.#statement('  '));
      texts.push('}', '');
    }
    return texts.map((text) => this.#line(text));
  }

  #statement(indent: string): string {
    const [left, right] = [this.#word(), this.#word()];
    const kind = this.#below(4);
    if (kind === 0) return `${indent}const ${left} = ${right}.${this.#word()};`;
    if (kind === 1) return `${indent}if (${left}.${right} > ${this.#below(1_000)}) {`;
    if (kind === 2) return `${indent}${left}.${right}(${this.#word()}, ${this.#below(100)});`;
    return `${indent}return ${left}.${right};`;
  }

  #line(text: string): Line {
    const line = { id: this.#nextId, text };
    this.#nextId += 1;
    this.#touched.add(line.id);
    return line;
  }

  #boilerplate(): string {
    return `${' '.repeat(2 * this.#below(3))}${BOILERPLATE[this.#below(BOILERPLATE.length)]}`;
  }

  #word(): string {
    return WORDS[this.#below(WORDS.length)] ?? '';
  }

  #path(): string {
    return [...this.files.keys()][this.#below(this.files.size)] ?? '';
  }

  #freshPath(): string {
    this.#nextFile += 1;
    return `src/${this.#word()}/${this.#word()}${this.#nextFile}.js`;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

interface Block {
  readonly path: string;
  readonly file: Line[];
  readonly at: number;
  readonly lines: readonly Line[];
}

export const textOf = (lines: readonly Line[]): string => lines.map(({ text }) => `${text}\n`).join('');
