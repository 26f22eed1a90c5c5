import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clipSentences, clipWords } from '../../../src/agents/clip';

describe('clipWords', () => {
  it('leaves short texts, and cuts others behind a word', () => {
    assert.equal(clipWords('one two', 7), 'one two');
    assert.equal(clipWords('one two three', 10), 'one two…');
    assert.equal(clipWords('one, two', 6), 'one…');
  });

  it('never grows, and never halves a pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, max) => {
        const cut = clipWords(text, max);
        assert.ok(cut.length <= Math.max(max, 1));
        assert.ok(cut === text || !/[\ud800-\udbff]…$/.test(cut));
      }),
    );
  });
});

describe('clipSentences', () => {
  it('ends with a sentence where one ends soon enough, else with a word', () => {
    assert.equal(clipSentences('One is. Two is. Three is.', 17), 'One is. Two is.');
    assert.equal(clipSentences('A. But this one is long and has no end', 30), 'A. But this one is long and…');
  });
});
