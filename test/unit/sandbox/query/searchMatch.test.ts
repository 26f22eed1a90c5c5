import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pattern, SearchNode } from '../../../../src/sandbox/query/searchAst';
import { compileSearch, globMatcher, type Scalar, type Searchable, valuesAt } from '../../../../src/sandbox/query/searchMatch';
import { boundValue, parseSearch } from '../../../../src/sandbox/query/searchParser';
import { keyArbitrary, patternArbitrary, searchArbitrary, wordArbitrary } from '../../../fakes/searchNodes';

interface Document {
  readonly texts: readonly string[];
  readonly values: readonly (readonly [key: string, isAttribute: boolean, value: Scalar])[];
}

const searchable = ({ texts, values }: Document): Searchable => ({
  texts: () => texts,
  values: (key, isAttribute) => values.filter(([name, isOne]) => name === key && isOne === isAttribute).map(([, , value]) => value),
});

const matches = (query: string, document: Partial<Document>) =>
  compileSearch(parseSearch(query))(searchable({ texts: [], values: [], ...document }));

/** The meaning of a search said once more, with regular expressions. */
function naive(node: SearchNode, document: Document): boolean {
  switch (node.kind) {
    case 'all':
      return true;
    case 'text':
      return document.texts.some((text) => naiveText(node.pattern, text.toLowerCase()));
    case 'field':
      return document.values.some(([key, isAttribute, value]) => {
        if (key !== node.key || isAttribute !== node.isAttribute) return false;
        const { test } = node;
        if (test.kind === 'exists') return true;
        if (test.kind === 'is') return regExp(test.pattern, node.isAttribute ? 'su' : 'sui').test(String(value));
        const number = typeof value === 'number' ? value : boundValue(String(value).trim());
        if (typeof value === 'boolean' || number === null) return false;
        const min = test.min === null ? Number.NEGATIVE_INFINITY : (boundValue(test.min.text) ?? Number.NaN);
        const max = test.max === null ? Number.POSITIVE_INFINITY : (boundValue(test.max.text) ?? Number.NaN);
        return (
          (test.min?.isInclusive === false ? number > min : number >= min) &&
          (test.max?.isInclusive === false ? number < max : number <= max)
        );
      });
    case 'not':
      return !naive(node.of, document);
    case 'and':
      return node.of.every((part) => naive(part, document));
    default:
      return node.of.some((part) => naive(part, document));
  }
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const regExp = (pattern: Pattern, flags: string) =>
  new RegExp(`^${pattern.map((part) => (typeof part === 'string' ? escaped(part) : part.wildcard === '*' ? '.*' : '.')).join('')}$`, flags);

function naiveText(pattern: Pattern, text: string): boolean {
  const [only] = pattern;
  if (pattern.length === 1 && typeof only === 'string') {
    const phrase = only.toLowerCase();
    const isWord = (char: string) => /^[\p{L}\p{N}_]$/u.test(char);
    for (let at = 0; at + phrase.length <= text.length; at++) {
      const end = at + phrase.length;
      const isCut = (border: number) => border > 0 && border < text.length && isWord(text[border - 1]!) && isWord(text[border]!);
      if (text.slice(at, end) === phrase && !isCut(at) && !isCut(end)) return true;
    }
    return false;
  }
  const words = text.split(/\s+/u).flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}_]+/u).filter((piece) => piece !== '')]);
  return words.some((word) => regExp(pattern, 'sui').test(word));
}

const documentArbitrary: fc.Arbitrary<Document> = fc.record({
  texts: fc.array(
    fc.array(wordArbitrary, { maxLength: 3 }).map((words) => words.join(' ')),
    { maxLength: 2 },
  ),
  values: fc.array(fc.tuple(keyArbitrary, fc.boolean(), fc.oneof(wordArbitrary, fc.integer({ min: -20, max: 20 }), fc.boolean())), {
    maxLength: 6,
  }),
});

describe('compileSearch', () => {
  it('means what a naive evaluation of the same search means', () => {
    fc.assert(
      fc.property(searchArbitrary, documentArbitrary, (node, document) =>
        assert.equal(compileSearch(node)(searchable(document)), naive(node, document)),
      ),
      { numRuns: 1000 },
    );
  });

  it('finds bare terms as whole words in any case', () => {
    const document = { texts: ['Payment TIMEOUT after 30s (retry)'] };
    assert.equal(matches('timeout', document), true);
    assert.equal(matches('time', document), false);
    assert.equal(matches('time*', document), true);
    assert.equal(matches('retry', document), true);
    assert.equal(matches('"timeout after"', document), true);
    assert.equal(matches('"after timeout"', document), false);
  });

  it('compares reserved names in any case and attributes exactly', () => {
    const values = [
      ['service', false, 'Checkout'],
      ['error.kind', true, 'TypeError'],
    ] as const;
    assert.equal(matches('service:checkout', { values }), true);
    assert.equal(matches('@error.kind:typeerror', { values }), false);
    assert.equal(matches('@error.kind:Type*', { values }), true);
  });

  it('compares numbers that were written as text, and durations', () => {
    const values = [
      ['http.status_code', true, '503'],
      ['duration', true, 7_000_000],
    ] as const;
    assert.equal(matches('@http.status_code:[500 TO 599]', { values }), true);
    assert.equal(matches('@http.status_code:{503 TO 599]', { values }), false);
    assert.equal(matches('@duration:>5ms', { values }), true);
    assert.equal(matches('@duration:>=7ms', { values }), true);
    assert.equal(matches('@duration:>7ms', { values }), false);
  });

  it('knows a trace id in decimal and in hexadecimal form', () => {
    const values = [['trace_id', false, '0000000000000000131ac1c0d2a4d65f']] as const;
    assert.equal(matches(`trace_id:${BigInt('0x131ac1c0d2a4d65f')}`, { values }), true);
    assert.equal(matches('trace_id:131ac1c0d2a4d65f', { values }), true);
    assert.equal(matches('trace_id:131ac1c0d2a4d650', { values }), false);
    assert.equal(matches('trace_id:*', { values }), true);
  });
});

describe('globMatcher', () => {
  it('agrees with a regular expression', () => {
    fc.assert(
      fc.property(patternArbitrary, wordArbitrary, fc.boolean(), (pattern, value, isExact) =>
        assert.equal(globMatcher(pattern, isExact)(value), regExp(pattern, isExact ? 'su' : 'sui').test(value)),
      ),
    );
  });

  it('stays quick where backtracking would not end', () => {
    const star = { wildcard: '*' } as const;
    const pattern = Array.from({ length: 12 }, () => [star, 'a'] as const).flat();
    assert.equal(globMatcher([...pattern, 'b'], true)('a'.repeat(2000)), false);
  });
});

describe('valuesAt', () => {
  const attributes = { http: { status_code: 500, 'url.path': '/a' }, 'db.name': 'shop', tags: ['x', { id: 1 }], empty: null };

  it('follows levels and dotted names alike', () => {
    assert.deepEqual(valuesAt(attributes, 'http.status_code'), [500]);
    assert.deepEqual(valuesAt(attributes, 'http.url.path'), ['/a']);
    assert.deepEqual(valuesAt(attributes, 'db.name'), ['shop']);
  });

  it('gives each element of an array', () => {
    assert.deepEqual(valuesAt(attributes, 'tags'), ['x']);
    assert.deepEqual(valuesAt(attributes, 'tags.id'), [1]);
  });

  it('has nothing for nulls, objects and names that only objects inherit', () => {
    assert.deepEqual(valuesAt(attributes, 'empty'), []);
    assert.deepEqual(valuesAt(attributes, 'http'), []);
    assert.deepEqual(valuesAt(attributes, 'constructor.name'), []);
  });
});
