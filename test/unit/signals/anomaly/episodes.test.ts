import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Episodes } from '../../../../src/signals/anomaly/episodes';

const newsOf = (rows: readonly (readonly [decades: number, deviation: number])[]) => {
  const episodes = new Episodes();
  return rows.map(([decades, deviation]) => episodes.news(decades, deviation));
};
const quiet = (count: number) => new Array<readonly [number, number]>(count).fill([0, 0]);

describe('Episodes', () => {
  it('tells an episode once, and again only when it gets worse', () => {
    assert.deepEqual(
      newsOf([
        [3, 9],
        [3, 9],
        [2.5, 7],
        [4, 20],
        [3.5, 15],
      ]),
      [3, 0, 0, 4, 0],
    );
  });

  it('tells the next one after a quiet time', () => {
    const news = newsOf([[3, 9], ...quiet(200), [3, 90]]);
    assert.equal(news.at(-1), 3);
    assert.equal(newsOf([[3, 9], ...quiet(20), [3, 90]]).at(-1), 0);
  });

  it('finds less news in what came before, the more often it came', () => {
    const repeated = Array.from({ length: 12 }, () => [[3, 9] as const, ...quiet(320)]).flat();
    const news = newsOf(repeated).filter((decades) => decades > 0);
    assert.equal(news.length, 12);
    assert.ok(Math.abs((news[1] ?? 0) - (3 - 0.5 * Math.log10(2))) < 1e-9);
    assert.ok(Math.abs((news[11] ?? 0) - (3 - 0.5 * Math.log10(12))) < 1e-9);
  });

  it('is not used to something twice as large', () => {
    const small = Array.from({ length: 10 }, () => [[3, 9] as const, ...quiet(320)]).flat();
    assert.equal(newsOf([...small, [3, 18]]).at(-1), 3);
  });

  it('never says more than it was told, and keeps no more than it needs', () => {
    const row = fc.tuple(fc.double({ min: 0, max: 12, noNaN: true }), fc.double({ min: 0, noNaN: true }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 500 }), (rows) => {
        newsOf(rows).forEach((news, at) => {
          assert.ok(news >= 0 && news <= (rows[at]?.[0] ?? 0));
        });
      }),
    );
  });
});
