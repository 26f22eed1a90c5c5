import assert from 'node:assert/strict';
import { BLAME_BAR, isToBlame } from '../../../src/code/blame';

type Judged = Parameters<typeof isToBlame>[0];

const suspect = (given: Partial<Judged> = {}): Judged => ({
  sha: 'a',
  score: 0.8,
  evidenceClass: 'mechanism',
  isDirect: false,
  explains: ['errors', 'crash'],
  ...given,
});
const outage = { reason: 'the provider is down', evidence: 'E1' };

describe('Whether a commit is to blame', () => {
  it('is so when it is ahead of all others and nothing else explains the incident', () => {
    assert.ok(isToBlame(suspect(), [suspect(), suspect({ sha: 'b', score: 0.3 })], []));
  });

  it('is not so below the bar, for its time, or for a shared file', () => {
    assert.ok(!isToBlame(suspect({ score: BLAME_BAR - 0.01 }), [], []));
    assert.ok(!isToBlame(suspect({ evidenceClass: 'time_only' }), [], []));
    assert.ok(!isToBlame(suspect({ evidenceClass: 'same_file' }), [], []));
  });

  it('is not so when another commit is as likely, however likely both are', () => {
    const [one, other] = [suspect({ score: 0.9 }), suspect({ sha: 'b', score: 0.89 })];
    assert.ok(!isToBlame(one, [one, other], []));
    assert.ok(!isToBlame(other, [one, other], []));
  });

  it('is not so for a mechanism that fits only because there are errors of some kind', () => {
    assert.ok(!isToBlame(suspect({ explains: ['errors'] }), [], []));
    assert.ok(isToBlame(suspect({ explains: ['latency'] }), [], []));
    assert.ok(isToBlame(suspect({ explains: ['errors'], isDirect: true }), [], []));
    assert.ok(isToBlame(suspect({ explains: ['errors'], evidenceClass: 'same_function' }), [], []));
  });

  it('takes evidence that points at the change itself when something else explains the incident', () => {
    assert.ok(!isToBlame(suspect(), [], [outage]));
    assert.ok(isToBlame(suspect({ isDirect: true }), [], [outage]));
  });
});
