import assert from 'node:assert/strict';
import type { Answer } from '../../../src/evaluation/answer';
import type { Judged } from '../../../src/evaluation/judge';
import { type CaseResult, summarize } from '../../../src/evaluation/summarize';

let count = 0;
function result(judged: Judged, answer: Answer = {}, changes: Partial<CaseResult> = {}): CaseResult {
  count += 1;
  return { case: `c${count}`, seconds: 1, failure: null, judged, answer, ...changes };
}
const near = (value: number | undefined, expected: number) => assert.ok(Math.abs((value ?? Number.NaN) - expected) < 1e-9, `${value}`);

describe('summarize', () => {
  it('counts services among the first one, three and five', () => {
    const { service } = summarize([1, 3, 5, 6, null].map((rank) => result({ rank }, { service: 'shop', faultType: 'cpu' })));
    near(service?.ac1, 0.2);
    near(service?.ac3, 0.4);
    near(service?.avg5, (0.2 + 0.2 + 0.4 + 0.4 + 0.6) / 5);
    assert.deepEqual(service?.byFaultType, { cpu: { hits: 1, of: 5 } });
  });

  it('groups by the type of fault, in the order of the alphabet, only where types are known', () => {
    const typed = summarize([result({ rank: 2 }, { faultType: 'net' }), result({ rank: 1 }, { faultType: 'cpu' }), result({ rank: 1 })]);
    assert.deepEqual(Object.entries(typed.service?.byFaultType ?? {}), [
      ['cpu', { hits: 1, of: 1 }],
      ['net', { hits: 0, of: 1 }],
      ['none', { hits: 1, of: 1 }],
    ]);
    assert.deepEqual(summarize([result({ rank: 1 })]).service?.byFaultType, {});
  });

  it('keeps guilty and innocent cases apart', () => {
    const guilty = { commit: 'a'.repeat(40) };
    const { commit } = summarize([
      result({ commit: 'pass', suspectRank: 1 }, guilty),
      result({ commit: 'abstained', isAbstained: true, suspectRank: 2 }, guilty),
      result({ commit: 'decoy', isDecoy: true, suspectRank: null }, guilty),
      result({ commit: 'wrong' }, guilty),
      result({ commit: 'pass', isAbstained: true }, { commit: null }),
      result({ commit: 'accused', isDecoy: true }, { commit: null }),
    ]);
    assert.deepEqual(
      [commit?.pass, commit?.passGuilty, commit?.passNone],
      [
        { hits: 2, of: 6 },
        { hits: 1, of: 4 },
        { hits: 1, of: 2 },
      ],
    );
    assert.deepEqual([commit?.decoyHits, commit?.falseAccusations, commit?.wrong], [2, 1, 1]);
    assert.deepEqual([commit?.abstentionsWanted, commit?.abstentionsUnwanted], [1, 1]);
    near(commit?.suspects?.ac1, 0.25);
    assert.equal(summarize([result({ commit: 'pass' }, { commit: null })]).commit?.suspects, null);
  });

  it('tells verdicts by what was true, and means of the keywords', () => {
    const { verdict } = summarize([
      result({ isVerdictRight: true, required: 1, forbidden: 0 }, { verdict: 'healthy' }),
      result({ isVerdictRight: false, required: 0.5, forbidden: 3 }, { verdict: 'healthy' }),
      result({ isVerdictRight: true, forbidden: 0 }, { verdict: 'external' }),
    ]);
    assert.deepEqual(verdict, {
      all: { hits: 2, of: 3 },
      by: { external: { hits: 1, of: 1 }, healthy: { hits: 1, of: 2 } },
      required: 0.75,
      rulingOut: null,
      outputsWithForbidden: 1,
    });
  });

  it('measures the calibration of the hypotheses that have a confidence', () => {
    const { calibration } = summarize([
      result({ confidence: 0.9, isRight: true }),
      result({ confidence: 0.7, isRight: false }),
      result({}),
    ]);
    assert.equal(calibration?.hypotheses, 2);
    near(calibration?.ece, (0.1 + 0.7) / 2);
  });

  it('leaves failures out of the times, and names them', () => {
    const failed = { case: 'late', seconds: 60, failure: 'no answer' };
    const { seconds, failures } = summarize([
      result({}, {}, { seconds: 3 }),
      result({}, {}, { seconds: 1 }),
      result({}, {}, failed),
      result({}, {}, { seconds: 2 }),
      result({}, {}, { seconds: 5 }),
    ]);
    assert.deepEqual(seconds, { median: 2.5, max: 5 });
    assert.deepEqual(failures, [{ case: 'late', why: 'no answer' }]);
  });

  it('has nothing to say of no case', () => {
    assert.deepEqual(summarize([]), {
      cases: 0,
      failures: [],
      service: null,
      commit: null,
      verdict: null,
      calibration: null,
      coverage: null,
      reliability: [],
      seconds: null,
    });
  });
});
