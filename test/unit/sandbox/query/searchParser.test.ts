import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HttpError } from '../../../../src/sandbox/http';
import type { SearchNode } from '../../../../src/sandbox/query/searchAst';
import { boundValue, parseSearch } from '../../../../src/sandbox/query/searchParser';

const field = (key: string, value: string, isAttribute = false): SearchNode => ({
  kind: 'field',
  key,
  isAttribute,
  test: { kind: 'is', pattern: [value] },
});

function assertRefused(query: string, reason: RegExp): void {
  assert.throws(
    () => parseSearch(query),
    (error: unknown) => error instanceof HttpError && error.status === 400 && reason.test(error.message),
    query,
  );
}

describe('parseSearch', () => {
  it('takes nothing and a star for everything', () => {
    assert.deepEqual(parseSearch(''), { kind: 'all' });
    assert.deepEqual(parseSearch('  '), { kind: 'all' });
    assert.deepEqual(parseSearch('*'), { kind: 'all' });
  });

  it('binds AND, also when it is implied, closer than OR', () => {
    const expected: SearchNode = { kind: 'or', of: [{ kind: 'and', of: [field('a', '1'), field('b', '2')] }, field('c', '3')] };
    assert.deepEqual(parseSearch('a:1 b:2 OR c:3'), expected);
    assert.deepEqual(parseSearch('a:1 AND b:2 OR c:3'), expected);
  });

  it('refuses functions rather than to take them for two terms', () => {
    assertRefused('CIDR(@network.client.ip, 13.0.0.0/8)', /functions such as CIDR\(\) are not supported/);
    assertRefused('service:a(b)', /parenthesis right after a word \(position 9\)/);
    assert.deepEqual(parseSearch('a:1 AND(b:2)'), parseSearch('a:1 AND (b:2)'));
  });

  it('negates with a minus and with NOT, a group too', () => {
    assert.deepEqual(parseSearch('-a:1'), { kind: 'not', of: field('a', '1') });
    assert.deepEqual(parseSearch('NOT (a:1 OR b:2)'), { kind: 'not', of: { kind: 'or', of: [field('a', '1'), field('b', '2')] } });
    assert.deepEqual(parseSearch('-(a:1)'), { kind: 'not', of: field('a', '1') });
  });

  it('gives the values of a group their field', () => {
    assert.deepEqual(parseSearch('@s:(500 OR "5 0")'), { kind: 'or', of: [field('s', '500', true), field('s', '5 0', true)] });
    assert.deepEqual(parseSearch('env:(NOT prod)'), { kind: 'not', of: field('env', 'prod') });
  });

  it('reads ranges and comparisons with their bounds', () => {
    assert.deepEqual(parseSearch('@d:[-1 TO 5}'), {
      kind: 'field',
      key: 'd',
      isAttribute: true,
      test: { kind: 'range', min: { text: '-1', isInclusive: true }, max: { text: '5', isInclusive: false } },
    });
    assert.deepEqual(parseSearch('@d:{* TO 5]'), {
      kind: 'field',
      key: 'd',
      isAttribute: true,
      test: { kind: 'range', min: null, max: { text: '5', isInclusive: true } },
    });
    assert.deepEqual(parseSearch('@d:>5ms'), {
      kind: 'field',
      key: 'd',
      isAttribute: true,
      test: { kind: 'range', min: { text: '5ms', isInclusive: false }, max: null },
    });
    assert.deepEqual(parseSearch('@d:<=-2'), {
      kind: 'field',
      key: 'd',
      isAttribute: true,
      test: { kind: 'range', min: null, max: { text: '-2', isInclusive: true } },
    });
  });

  it('asks for the presence of a field in two ways', () => {
    const expected: SearchNode = { kind: 'field', key: 'error.stack', isAttribute: true, test: { kind: 'exists' } };
    assert.deepEqual(parseSearch('@error.stack:*'), expected);
    assert.deepEqual(parseSearch('_exists_:@error.stack'), expected);
  });

  it('allows blanks between a key and its value', () => {
    assert.deepEqual(parseSearch('service: checkout'), field('service', 'checkout'));
  });

  it('says why it refuses a search', () => {
    assertRefused('(a:1', /parenthesis at position 0 is not closed/);
    assertRefused('a:1)', /'\)' at position 3 is not expected/);
    assertRefused('a AND', /ends too early/);
    assertRefused('OR a', /'OR'/);
    assertRefused('a:', /no value/);
    assertRefused('a:(b:1)', /field inside of the values/);
    assertRefused('@a:[1 TO]', /needs a number/);
    assertRefused('@a:[1 5]', /\[from TO to\]/);
    assertRefused('@a:[b TO c]', /neither a number/);
    assertRefused('@a:>*', /cannot be compared/);
    assertRefused('@a:[1* TO 2]', /wildcards/);
    assertRefused('_exists_:a*', /name of a field/);
    assertRefused('"" a', /empty term/);
    assertRefused('('.repeat(200), /nested/);
  });

  it('throws nothing but a 400, whatever the text', () => {
    const unit = fc.constantFrom(
      'a',
      ':',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '"',
      '\\',
      '*',
      '?',
      '-',
      '>',
      '<',
      '=',
      '@',
      ' ',
      ' AND ',
      ' OR ',
      ' NOT ',
      ' TO ',
      '1',
      '~',
      '😀',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (query) => {
        try {
          return typeof parseSearch(query).kind === 'string';
        } catch (error) {
          return error instanceof HttpError && error.status === 400;
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('boundValue', () => {
  it('reads numbers, durations in nanoseconds and times in milliseconds', () => {
    assert.equal(boundValue('-1.5e3'), -1500);
    assert.equal(boundValue('5ms'), 5_000_000);
    assert.equal(boundValue('2h'), 7_200_000_000_000);
    assert.equal(boundValue('2026-06-20T14:00:00Z'), Date.parse('2026-06-20T14:00:00Z'));
  });

  it('has no value for other text', () => {
    assert.equal(boundValue('5 apples'), null);
    assert.equal(boundValue('2026-99-99'), null);
    assert.equal(boundValue(''), null);
  });
});
