import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeWord, join, printSearch, type SearchNode } from '../../../../src/sandbox/query/searchAst';
import { parseSearch } from '../../../../src/sandbox/query/searchParser';
import { searchArbitrary } from '../../../fakes/searchNodes';

describe('printSearch', () => {
  it('writes a search that parses to the same search', () => {
    fc.assert(
      fc.property(searchArbitrary, (node) => assert.deepEqual(parseSearch(printSearch(node)), node)),
      { numRuns: 500 },
    );
  });

  it('puts parentheses where the order of AND and OR needs them', () => {
    assert.equal(printSearch(parseSearch('a:1 AND (b:2 OR c:3)')), 'a:"1" AND (b:"2" OR c:"3")');
    assert.equal(printSearch(parseSearch('a:1 b:2 OR c:3')), '(a:"1" AND b:"2") OR c:"3"');
  });

  it('writes ranges with the brackets of their bounds', () => {
    assert.equal(printSearch(parseSearch('@n:[1 TO 5}')), '@n:[1 TO 5}');
    assert.equal(printSearch(parseSearch('@n:>5')), '@n:{5 TO *]');
  });
});

describe('join', () => {
  const leaf = (key: string): SearchNode => ({ kind: 'field', key, isAttribute: false, test: { kind: 'exists' } });

  it('flattens parts of its own kind and keeps the others', () => {
    const or = join('or', [leaf('b'), leaf('c')]);
    assert.deepEqual(join('and', [join('and', [leaf('a'), or]), leaf('d')]), { kind: 'and', of: [leaf('a'), or, leaf('d')] });
  });

  it('gives a single part back as it is', () => {
    assert.deepEqual(join('or', [leaf('a')]), leaf('a'));
  });
});

describe('escapeWord', () => {
  it('leaves letters, digits, dots, slashes and underscores alone', () => {
    assert.equal(escapeWord('/api/v1.2/é_1'), '/api/v1.2/é_1');
    assert.equal(escapeWord('a b:c'), 'a\\ b\\:c');
  });
});
