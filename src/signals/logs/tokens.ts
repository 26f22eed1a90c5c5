/** Kinds of tokens. */
export const WORD = 0;
/** Stands for anything: a number, an address, a path, a time. */
export const VALUE = 1;
export const MARK = 2;
/** A word that carries a number, such as `blk_4711`; its letters are kept. */
export const NAMED = 3;

/** Longer messages are read up to here. */
export const MAX_MESSAGE = 4000;
export const MAX_TOKENS = 256;

/** The tokens of one message, in arrays that are used again for the next. Beyond its end `codes` holds zeros. */
export class Tokens {
  text = '';
  length = 0;
  readonly codes = new Uint16Array(MAX_MESSAGE + 4);
  readonly starts = new Int32Array(MAX_TOKENS);
  readonly ends = new Int32Array(MAX_TOKENS);
  readonly kinds = new Uint8Array(MAX_TOKENS);
  count = 0;

  load(text: string): void {
    const { codes } = this;
    const length = Math.min(text.length, MAX_MESSAGE);
    for (let at = 0; at < length; at++) codes[at] = text.charCodeAt(at);
    codes.fill(0, length, length + 4);
    this.text = text;
    this.length = length;
    this.count = 0;
  }

  push(start: number, end: number, kind: number): void {
    const at = this.count++;
    this.starts[at] = start;
    this.ends[at] = end;
    this.kinds[at] = kind;
  }

  wordAt(token: number): string {
    return this.text.slice(this.starts[token], this.ends[token]);
  }

  /** The first character of a token. */
  codeAt(token: number): number {
    return this.codes[this.starts[token] ?? 0] ?? 0;
  }
}
