import assert from 'node:assert/strict';
import { breachInSec, summarize } from '../../../../src/signals/forecast/breach';

const base = {
  band: { median: [1, 2, 3], p10: [0, 1, 2], p90: [2, 3, 4] },
  known: [1],
  threshold: null,
  breachInSec: null,
  score: 0,
  unit: 'percent',
  intervalSec: 60,
};

describe('breachInSec', () => {
  it('counts the steps until the median is beyond the threshold', () => {
    assert.equal(breachInSec([1, 2, 3], 2.5, 1, 60), 180);
    assert.equal(breachInSec([1, 2, 3], 10, 1, 60), null);
  });

  it('is zero when it is beyond now, and null without a threshold or a value', () => {
    assert.equal(breachInSec([1], 5, 6, 60), 0);
    assert.equal(breachInSec([9], null, 6, 60), null);
    assert.equal(breachInSec([9], 5, null, 60), null);
  });
});

describe('summarize', () => {
  it('says where it ends in words with units', () => {
    assert.equal(summarize(base), 'In 3 min it ends between 2 % and 4 %.');
  });

  it('says whether and when the threshold is passed', () => {
    assert.match(summarize({ ...base, threshold: 50 }), /the threshold 50 % is not reached/);
    assert.match(summarize({ ...base, threshold: 50, breachInSec: 0 }), /above the threshold 50 % now/);
    assert.match(summarize({ ...base, threshold: 50, breachInSec: 120 }), /passes the threshold 50 % in 2 min/);
  });

  it('mentions what is unusual, and that there is nothing to go by', () => {
    assert.match(summarize({ ...base, score: 93 }), /unusually high \(score 93\)/);
    assert.equal(summarize({ ...base, known: [] }), 'No values to forecast from.');
  });

  it('says that a flat line stays', () => {
    assert.match(summarize({ ...base, band: { median: [5], p10: [5], p90: [5] } }), /stays at 5 %/);
  });
});
