import assert from 'node:assert/strict';
import { rcaText } from '../../../src/evaluation/rcaText';
import { type CaseResult, summarize } from '../../../src/evaluation/summarize';

const results: readonly CaseResult[] = [
  {
    case: 'c01',
    seconds: 0.251,
    failure: null,
    judged: {
      rank: 2,
      commit: 'abstained',
      isAbstained: true,
      suspectRank: 1,
      verdict: 'code',
      isVerdictRight: false,
      required: 0.5,
      forbidden: 0,
      confidence: 0.6,
      coverage: 0.9,
      isRight: false,
    },
    answer: { service: 'shop', faultType: 'cpu', commit: 'a'.repeat(40), verdict: 'healthy' },
  },
  { case: 'c02', seconds: 9, failure: 'it\u001b[31m broke', judged: { rank: null }, answer: { service: 'web' } },
];

describe('rcaText', () => {
  it('prints a line a case and the figures of the set', () => {
    const summary = summarize(results);
    const lines = rcaText([{ set: 'net', results, summary }], summary).split('\n');
    assert.equal(lines[0], 'case   rank  commit    verdict          conf  cov top         s  failure');
    assert.equal(lines[1], 'c01       2  abstained code x           0.60 0.90 wrong    0.25');
    assert.match(lines[2] ?? '', /^c02 +none +- +- +- +- - +9\.00 {2}it.*broke$/);
    assert.ok(!lines.join('').includes('\u001b'), 'control characters must not reach the terminal');
    const text = lines.slice(4).join('\n');
    assert.match(
      text,
      /^net: 2 cases\nservice {6}AC@1 0\.000 {3}AC@3 0\.500 {3}Avg@5 0\.400 {3}\(2 cases\)\n +AC@1 by fault: cpu 0\/1, none 0\/1\n/,
    );
    assert.match(
      text,
      /commit {7}pass 0\/1 \(a commit is guilty 0\/1, none is -\) .* abstentions 0 wanted, 1 unwanted\n +suspects AC@1 1\.000/,
    );
    assert.match(
      text,
      /verdict {6}accuracy 0\.000 \(0\/1\): healthy 0\/1\nkeywords {5}required 0\.500 {3}ruling out - {3}outputs with a forbidden one 0\n/,
    );
    assert.match(text, /calibration {2}Brier 0\.3600 \(always saying 0\.000: 0\.0000\) {3}ECE 0\.6000 {3}mean confidence 0\.600/);
    assert.match(text, /coverage {5}mean 0\.900 of .*\nreliability {2}0\.6 said 0\.60 right 0\.00 \(1\)\n/);
    assert.match(text, /time {9}median 0\.25 s {3}max 0\.25 s\nfailures {5}1\n$/);
  });

  it('adds the figures of all sets where there are several', () => {
    const summary = summarize(results);
    const set = (name: string) => ({ set: name, results, summary });
    assert.match(rcaText([set('a'), set('b')], summarize([...results, ...results])), /\n\nall sets: 4 cases\n/);
    assert.doesNotMatch(rcaText([set('a')], summary), /all sets/);
  });

  it('says so where there is nothing to measure', () => {
    const summary = summarize([]);
    assert.match(rcaText([{ set: 'empty', results: [], summary }], summary), /empty: 0 cases\ncalibration {2}no top hypothesis/);
  });
});
