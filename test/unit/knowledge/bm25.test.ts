import assert from 'node:assert/strict';
import { createBm25 } from '../../../src/knowledge/bm25';

const documents = ['red apple', 'green apple apple', 'blue plum', 'green pear pear pear pear pear pear'].map((text) => [
  { tokens: text.split(' '), weight: 1 },
]);
const ask = (...words: readonly string[]) => createBm25(documents).search(new Map(words.map((word) => [word, 1])));

describe('BM25F', () => {
  it('gives the score of the formula', () => {
    const [first] = createBm25([[{ tokens: ['a', 'b'], weight: 1 }], [{ tokens: ['c', 'd'], weight: 1 }]]).search(new Map([['a', 1]]));
    // Both texts have the average length, so the frequency is 1: idf = ln(1 + 1.5 / 1.5).
    assert.ok(Math.abs((first?.score ?? 0) - Math.log(2)) < 1e-12);
  });

  it('finds only texts with a word of the question, a rare word before a common one', () => {
    assert.deepEqual(
      ask('plum', 'apple').map(({ document }) => document),
      [2, 1, 0],
    );
    assert.deepEqual(ask('cherry'), []);
  });

  it('counts a word more often in the text that says it more often, and less in a longer text', () => {
    assert.equal(ask('apple')[0]?.document, 1);
    assert.equal(ask('green')[0]?.document, 1);
  });

  it('counts a word in a field as often as its weight says', () => {
    const titled = (title: string, body: string) => [
      { tokens: title.split(' '), weight: 4 },
      { tokens: body.split(' '), weight: 1 },
    ];
    const index = createBm25([titled('pool', 'disk disk'), titled('disk', 'pool pool')]);
    assert.deepEqual(
      index.search(new Map([['disk', 1]])).map(({ document }) => document),
      [1, 0],
    );
  });

  it('says which share of the question it found, unknown words included', () => {
    const [match] = ask('plum', 'cherry');
    assert.deepEqual(match?.matched, ['plum']);
    assert.ok((match?.share ?? 1) < 0.5);
    assert.equal(ask('plum')[0]?.share, 1);
  });

  it('finds nothing among nothing', () => {
    assert.deepEqual(createBm25([]).search(new Map([['a', 1]])), []);
  });
});
