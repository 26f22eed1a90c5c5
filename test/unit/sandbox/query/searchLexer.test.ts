import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HttpError } from '../../../../src/sandbox/http';
import { lexSearch } from '../../../../src/sandbox/query/searchLexer';

const kinds = (query: string) => lexSearch(query).map(({ kind }) => kind);

function assertRefused(query: string, reason: RegExp): void {
  assert.throws(
    () => lexSearch(query),
    (error: unknown) => error instanceof HttpError && error.status === 400 && reason.test(error.message),
    query,
  );
}

describe('lexSearch', () => {
  it('knows operators only in capitals and as whole words', () => {
    assert.deepEqual(kinds('a AND b or NOT ORACLE'), ['word', 'AND', 'word', 'word', 'NOT', 'word', 'end']);
  });

  it('takes an escaped or quoted operator for text', () => {
    assert.deepEqual(kinds('"AND" \\OR'), ['word', 'word', 'end']);
  });

  it('splits a key from its value at the first colon only', () => {
    const [key, value] = lexSearch('@http.url:http://a:80/b');
    assert.deepEqual(key, { kind: 'key', key: 'http.url', isAttribute: true, at: 0 });
    assert.deepEqual(value, { kind: 'word', pattern: ['http://a:80/b'], at: 10 });
  });

  it('tells a minus before a term from one before a value', () => {
    assert.deepEqual(kinds('-a b:-5 c-d'), ['-', 'word', 'key', 'word', 'word', 'end']);
  });

  it('keeps wildcards apart from text, but not in quotes or after a backslash', () => {
    assert.deepEqual(lexSearch('a*b?')[0], { kind: 'word', pattern: ['a', { wildcard: '*' }, 'b', { wildcard: '?' }], at: 0 });
    assert.deepEqual(lexSearch('"a*"')[0], { kind: 'word', pattern: ['a*'], at: 0 });
    assert.deepEqual(lexSearch('a\\*')[0], { kind: 'word', pattern: ['a*'], at: 0 });
  });

  it('reads comparisons behind a field', () => {
    assert.deepEqual(kinds('@a:>=5 @b:<7'), ['key', '>=', 'word', 'key', '<', 'word', 'end']);
  });

  it('names what it does not support instead of passing over it', () => {
    assertRefused('"open', /quote at position 0 is not closed/);
    assertRefused('roam~', /fuzzy/);
    assertRefused('a^2', /boosted/);
    assertRefused('a && b', /write AND/);
    assertRefused('a || b', /write OR/);
    assertRefused('+a', /not supported/);
    assertRefused('!a', /NOT/);
    assertRefused('>5', /needs a field/);
    assertRefused('ser*:a', /name of a field/);
    assertRefused('@:a', /no name/);
    assertRefused('a\\', /nothing to escape/);
    assertRefused('a"b"', /quote inside of a word/);
    assertRefused('"a"b', /quote inside of a word/);
  });

  it('throws nothing but a 400, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (query) => {
        try {
          return lexSearch(query).at(-1)?.kind === 'end';
        } catch (error) {
          return error instanceof HttpError && error.status === 400;
        }
      }),
    );
  });
});
