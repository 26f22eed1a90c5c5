import assert from 'node:assert/strict';
import fc from 'fast-check';
import { capitalised, headline, listed, withFullStop } from '../../../src/domain/sentence';

describe('words of a sentence', () => {
  it('begin with a capital, save for names', () => {
    assert.equal(capitalised('errors say so'), 'Errors say so');
    for (const text of ['container.cpu went up', 'db_pool rose', 'p95 latency', 'PetSite fails', '3 pods', ''])
      assert.equal(capitalised(text), text);
    assert.equal(capitalised('orders fails', ['orders']), 'orders fails');
  });

  it('are listed with an and', () => {
    assert.deepEqual([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])], ['', 'a', 'a and b', 'a, b and c']);
  });

  it('end with one full stop', () => {
    for (const [text, whole] of [
      ['It fails', 'It fails.'],
      ['Why?', 'Why?'],
      ['He said "no."', 'He said "no."'],
      ['and so on…', 'and so on…'],
    ] as const)
      assert.equal(withFullStop(text), whole);
  });
});

describe('a headline', () => {
  it('ends with a whole clause', () => {
    assert.equal(
      headline('shop has run out of CPU: cpu at 95 %; one statement makes up most of it', 45),
      'shop has run out of CPU: cpu at 95 %',
    );
    assert.equal(headline('short', 10), 'short');
    assert.match(headline('one two three four five six', 15), /^one two three…$/);
  });

  it('is never longer than it may be, and begins as the text does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 3, max: 200 }), (text, limit) => {
        const line = headline(text, limit);
        assert.ok(line.length <= limit && text.startsWith(line.replace(/…$/, '')) === true);
        assert.doesNotMatch(line, /[\ud800-\udbff]…?$/);
      }),
    );
  });
});
