import { nameOf, WILDCARD } from './namedToken';
import { MARK, NAMED, type Tokens, VALUE } from './tokens';

/** A shape of messages in the making: what several have in common once numbers and ids are taken out. */
export interface Row {
  readonly id: number;
  tokens: readonly string[];
  kinds: Uint8Array;
  /** Whether white space comes before each token. */
  readonly gaps: Uint8Array;
  count: number;
  readonly example: string;
}

/** What is kept of a message to show it. */
export const MAX_EXAMPLE = 1000;
const LONGEST_REPEAT = 8;

export type Shape = Pick<Row, 'tokens' | 'kinds' | 'gaps'>;

export function shapeOf(scanned: Tokens, text: string): Shape {
  const tokens: string[] = [];
  const kinds = new Uint8Array(scanned.count);
  const gaps = new Uint8Array(scanned.count);
  let last = 0;
  for (let at = 0; at < scanned.count; at++) {
    const start = scanned.starts[at] ?? 0;
    const end = scanned.ends[at] ?? 0;
    const kind = scanned.kinds[at] ?? VALUE;
    const token = kind === VALUE ? WILDCARD : kind === NAMED ? nameOf(text, start, end) : text.slice(start, end);
    gaps[at] = at > 0 && start > last && /\s/.test(text.slice(last, start)) ? 1 : 0;
    kinds[at] = kind;
    tokens.push(token);
    last = end;
  }
  return withoutRepeats({ tokens, kinds, gaps });
}

/** Lists whose items look alike are as long as chance has it: `a1 ok a2 ok a3 ok` counts as `a<*> ok`. */
function withoutRepeats(shape: Shape): Shape {
  const keep: number[] = [];
  for (let at = 0; at < shape.tokens.length; at++) {
    keep.push(at);
    for (let length = 1; length <= LONGEST_REPEAT && length * 2 <= keep.length; length++) if (dropRepeat(shape, keep, length)) break;
  }
  if (keep.length === shape.tokens.length) return shape;
  return {
    tokens: keep.map((at) => shape.tokens[at] ?? ''),
    kinds: Uint8Array.from(keep, (at) => shape.kinds[at] ?? 0),
    gaps: Uint8Array.from(keep, (at) => shape.gaps[at] ?? 0),
  };
}

/** Drops the last `length` tokens where they repeat those before and hold a value. A separator alone between items is part of the item. */
function dropRepeat(shape: Shape, keep: number[], length: number): boolean {
  const end = keep.length;
  let hasValue = false;
  for (let back = 1; back <= length; back++) {
    const one = keep[end - back] ?? 0;
    const other = keep[end - back - length] ?? 0;
    if (shape.tokens[one] !== shape.tokens[other]) return false;
    hasValue ||= shape.kinds[one] === VALUE || shape.kinds[one] === NAMED;
  }
  if (!hasValue) return false;
  keep.length = end - length;
  return true;
}

/** The tokens as a line of text. */
export function templateText({ tokens, gaps }: Pick<Row, 'tokens' | 'gaps'>): string {
  return tokens.map((token, at) => (gaps[at] ? ` ${token}` : token)).join('');
}

/** The words of a row, which hold what the message says. */
export function wordsIn({ kinds }: Pick<Row, 'kinds'>): number {
  let words = 0;
  for (const kind of kinds) if (kind !== MARK && kind !== VALUE) words++;
  return words;
}
