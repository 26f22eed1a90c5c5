import assert from 'node:assert/strict';
import { reciprocalRankFusion } from '../../../src/knowledge/reciprocalRank';

describe('merging rankings', () => {
  it('puts first what several rankings have near their top', () => {
    assert.deepEqual(reciprocalRankFusion([['a', 'b', 'c'], ['b', 'd', 'a'], ['b']]), ['b', 'a', 'd', 'c']);
  });

  it('keeps one ranking as it is, and the first one where two disagree', () => {
    assert.deepEqual(reciprocalRankFusion([['a', 'b']]), ['a', 'b']);
    assert.deepEqual(
      reciprocalRankFusion([
        ['a', 'b'],
        ['b', 'a'],
      ]),
      ['a', 'b'],
    );
    assert.deepEqual(reciprocalRankFusion<string>([]), []);
  });

  it('lets a ranking with more weight win', () => {
    assert.deepEqual(
      reciprocalRankFusion(
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
        [1, 2],
      ),
      ['b', 'a'],
    );
  });
});
