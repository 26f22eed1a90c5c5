import fc from 'fast-check';
import type { Pattern, SearchNode, ValueTest } from '../../src/sandbox/query/searchAst';

/** Words of a small alphabet, so that generated searches and documents meet, with what is awkward to write in a search. */
export const wordArbitrary = fc.string({
  unit: fc.constantFrom('a', 'b', 'é', '1', '.', '-', ' ', ':', '"', '\\', '*', '(', '@', '😀'),
  minLength: 1,
  maxLength: 4,
});

export const keyArbitrary = fc.constantFrom('service', 'env', 'http.url', 'a-b', 'odd key', 'x:y');

/** Neighbouring texts are one text, as the parser reads them. */
export const patternArbitrary: fc.Arbitrary<Pattern> = fc
  .array(fc.oneof(wordArbitrary, fc.constantFrom({ wildcard: '*' as const }, { wildcard: '?' as const })), { minLength: 1, maxLength: 4 })
  .map((parts) => {
    const joined: (string | { wildcard: '*' | '?' })[] = [];
    for (const part of parts) {
      const last = joined.at(-1);
      if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
      else joined.push(part);
    }
    return joined;
  })
  .filter(([first, ...rest]) => rest.length > 0 || typeof first === 'string' || first?.wildcard !== '*');

const boundArbitrary = fc.option(
  fc.record(
    { text: fc.oneof(fc.integer({ min: -20, max: 20 }).map(String), fc.constantFrom('5ms', '1.5s')), isInclusive: fc.boolean() },
    { noNullPrototype: true },
  ),
);

const testArbitrary: fc.Arbitrary<ValueTest> = fc.oneof(
  fc.constant<ValueTest>({ kind: 'exists' }),
  patternArbitrary.map((pattern): ValueTest => ({ kind: 'is', pattern })),
  fc
    .record({ min: boundArbitrary, max: boundArbitrary }, { noNullPrototype: true })
    .map((range): ValueTest => ({ kind: 'range', ...range })),
);

const fieldArbitrary: fc.Arbitrary<SearchNode> = fc
  .record({ key: keyArbitrary, isAttribute: fc.boolean(), test: testArbitrary }, { noNullPrototype: true })
  .map((field): SearchNode => ({ kind: 'field', ...field }));

const textArbitrary: fc.Arbitrary<SearchNode> = patternArbitrary.map((pattern): SearchNode => ({ kind: 'text', pattern }));

/** Searches in the form that the parser gives. */
export const searchArbitrary: fc.Arbitrary<SearchNode> = fc.letrec<{ node: SearchNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant<SearchNode>({ kind: 'all' }),
    textArbitrary,
    fieldArbitrary,
    tie('node').map((of): SearchNode => ({ kind: 'not', of })),
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((of) => group('and', of)),
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((of) => group('or', of)),
  ),
})).node;

const group = (kind: 'and' | 'or', of: readonly SearchNode[]): SearchNode => ({
  kind,
  of: of.flatMap((part) => (part.kind === kind ? part.of : [part])),
});
