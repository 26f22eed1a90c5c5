/** Literal text and wildcards in their order: `check*` is `['check', {wildcard: '*'}]`. Never empty. */
export type Pattern = readonly (string | { readonly wildcard: '*' | '?' })[];

/** What a value of a field must satisfy. */
export type ValueTest =
  | { readonly kind: 'exists' }
  | { readonly kind: 'is'; readonly pattern: Pattern }
  | { readonly kind: 'range'; readonly min: Bound | null; readonly max: Bound | null };

/** A bound keeps its text: `5ms` is 5,000,000 ns for a duration. */
export interface Bound {
  readonly text: string;
  readonly isInclusive: boolean;
}

/**
 * A parsed search. `and` and `or` have at least two parts and never a part of their own kind; a `field` with
 * `isAttribute` was written with `@`.
 */
export type SearchNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'text'; readonly pattern: Pattern }
  | { readonly kind: 'field'; readonly key: string; readonly isAttribute: boolean; readonly test: ValueTest }
  | { readonly kind: 'not'; readonly of: SearchNode }
  | { readonly kind: 'and' | 'or'; readonly of: readonly SearchNode[] };

/** Joins nodes, flattening nested ones of the same kind. */
export function join(kind: 'and' | 'or', nodes: readonly SearchNode[]): SearchNode {
  const flat = nodes.flatMap((node) => (node.kind === kind ? node.of : [node]));
  const [first] = flat;
  return first !== undefined && flat.length === 1 ? first : { kind, of: flat };
}

/** The query text of a node; parsing it gives an equal node. */
export function printSearch(node: SearchNode): string {
  switch (node.kind) {
    case 'all':
      return '*';
    case 'text':
      return printPattern(node.pattern);
    case 'field':
      return `${node.isAttribute ? '@' : ''}${escapeWord(node.key)}:${printTest(node.test)}`;
    case 'not':
      return `NOT ${printPart(node.of)}`;
    default:
      return node.of.map(printPart).join(node.kind === 'and' ? ' AND ' : ' OR ');
  }
}

const printPart = (node: SearchNode) => (node.kind === 'and' || node.kind === 'or' ? `(${printSearch(node)})` : printSearch(node));

function printTest(test: ValueTest): string {
  if (test.kind === 'exists') return '*';
  if (test.kind === 'is') return printPattern(test.pattern);
  const { min, max } = test;
  return `${min?.isInclusive === false ? '{' : '['}${printBound(min)} TO ${printBound(max)}${max?.isInclusive === false ? '}' : ']'}`;
}

const printBound = (bound: Bound | null) => (bound === null ? '*' : escapeWord(bound.text));

function printPattern(pattern: Pattern): string {
  const [only] = pattern;
  if (pattern.length === 1 && typeof only === 'string') return `"${only.replace(/["\\]/g, '\\$&')}"`;
  return pattern.map((part) => (typeof part === 'string' ? escapeWord(part) : part.wildcard)).join('');
}

/** Backslashes before everything that is not plainly part of a word. */
export function escapeWord(text: string): string {
  return text.replace(/[^\p{L}\p{N}_./]/gu, '\\$&');
}
