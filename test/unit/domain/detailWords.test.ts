import assert from 'node:assert/strict';
import { detailLine, leadWords } from '../../../src/domain/detailWords';
import { details } from '../../fixtures/panelSnapshots';

describe('a fact that can be drawn, in one line', () => {
  const cases = [
    [details.logPattern, /^bursting message \(null dereference\): could not price cart <\*> for .*; 3 before, 2,431 during$/],
    [
      details.criticalPath,
      /^critical path of 2\.1 s over 5 hops, most time in api\.cards\.example POST .* 1\.6 s, inventory reserveItems 205 ms, checkout POST \/checkout 118 ms \(error\)$/,
    ],
    [details.tracePattern, /^N\+1 calls: checkout POST \/checkout → postgres .*, 214 times, 1\.9 s in all$/],
    [details.operationComparison, /^payments authorize takes 1\.7 s instead of 180 ms, 78 % of the slow-down; 2 other operations$/],
    [
      details.movingTogether,
      /^moves with errors of checkout: web · .* \(0\.97, 1 min after\), .* \(0\.71, at the same time\), .* \(-0\.88, 2 min before\)$/,
    ],
  ] as const;
  for (const [detail, line] of cases) it(`says what matters of: ${detail.kind}`, () => assert.match(detailLine(detail), line));

  it('says how many calls reach the end of retries below retries', () => {
    assert.match(detailLine({ ...details.tracePattern, count: 1 }), /, 1 time, 1\.9 s in all$/);
    assert.match(detailLine({ ...details.tracePattern, reached: 27 }), /; 27 calls reach the end of the chain for one request$/);
  });

  it('has words for a comparison without rows', () => {
    assert.equal(detailLine({ kind: 'operationComparison', rows: [] }), 'no operation got slower');
  });
});

describe('the words for a lead', () => {
  it('say which moves first, and nothing precise about what is no number', () => {
    assert.deepEqual([90, -30, 0, Number.NaN].map(leadWords), ['1 min 30 s before', '30 s after', 'at the same time', 'at the same time']);
  });
});
