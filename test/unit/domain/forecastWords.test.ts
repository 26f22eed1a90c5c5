import assert from 'node:assert/strict';
import type { Forecast } from '../../../src/domain/forecast';
import { anomalyWord, breachWords, forecastFlags, forecastLine } from '../../../src/domain/forecastWords';

const forecast = (changes: Partial<Forecast> = {}): Forecast => ({
  id: 'F1',
  title: 'checkout · p95 latency',
  metric: 'm',
  query: 'q',
  unit: 'millisecond',
  intervalSec: 60,
  history: [],
  startSec: 0,
  p10: Array(60).fill(1),
  median: Array(60).fill(2),
  p90: Array(60).fill(3),
  threshold: 500,
  isBelow: false,
  breachInSec: 12 * 60,
  breachEarliestInSec: 7 * 60,
  breachLatestInSec: 31 * 60,
  anomalyScore: 12,
  isDrop: false,
  answeredBy: 'embedded',
  model: 'm',
  summary: 'In 1 h it ends between 1 ms and 3 ms.',
  ...changes,
});

describe('the words for when a threshold is crossed', () => {
  const none = { breachInSec: null, breachEarliestInSec: null, breachLatestInSec: null };
  const cases: readonly (readonly [Partial<Forecast>, string | null])[] = [
    [{}, 'crosses 500 ms in 12 min, between 7 and 31 min'],
    [{ isBelow: true }, 'falls below 500 ms in 12 min, between 7 and 31 min'],
    [{ breachLatestInSec: 3600 }, 'crosses 500 ms in 12 min, between 7 min and 1 h'],
    [{ breachEarliestInSec: 90 }, 'crosses 500 ms in 12 min, between 1 min 30 s and 31 min'],
    [{ breachLatestInSec: null }, 'crosses 500 ms in 12 min, 7 min at the earliest, perhaps not within 1 h'],
    [{ breachEarliestInSec: 720, breachLatestInSec: 720 }, 'crosses 500 ms in 12 min'],
    [{ breachEarliestInSec: null, breachLatestInSec: null }, 'crosses 500 ms in 12 min'],
    [{ breachInSec: 0, breachEarliestInSec: 0, breachLatestInSec: 0 }, 'is above 500 ms already'],
    [{ breachInSec: 0, isBelow: true }, 'is below 500 ms already'],
    [{ ...none, breachEarliestInSec: 600 }, 'may cross 500 ms in 10 min at the earliest, probably not within 1 h'],
    [none, 'does not cross 500 ms within 1 h'],
    [{ ...none, isBelow: true }, 'does not fall below 500 ms within 1 h'],
    [{ threshold: null }, null],
  ];
  for (const [changes, words] of cases)
    it(words ?? 'are none without a threshold', () => assert.equal(breachWords(forecast(changes)), words));
});

describe('the word for an anomaly score', () => {
  it('changes above 40 and above 70', () => {
    assert.deepEqual([40, 41, 70, 71].map(anomalyWord), ['as expected', 'unusual', 'unusual', 'anomalous']);
  });
});

describe('what a list of series says about one', () => {
  it('is what is remarkable: anomalous, dropping, crossing or beyond its threshold', () => {
    assert.deepEqual(forecastFlags(forecast({ anomalyScore: 90, isDrop: true })), ['anomalous', 'drop', 'crosses in 12 min']);
    assert.deepEqual(forecastFlags(forecast({ breachInSec: 0 })), ['beyond its threshold']);
    assert.deepEqual(forecastFlags(forecast({ breachInSec: null })), []);
  });
});

describe('the line of a report about a forecast', () => {
  it('names breach with its interval, score, drop and forecaster', () => {
    assert.equal(
      forecastLine(forecast({ isDrop: true })),
      'checkout · p95 latency crosses 500 ms in 12 min, between 7 and 31 min; anomaly score 12 of 100 (as expected); ' +
        'a drop: the latest values lie below what earlier ones predict; by built-in model',
    );
  });

  it('says where it goes when there is no threshold', () => {
    assert.match(forecastLine(forecast({ threshold: null })), /^checkout · p95 latency: in 1 h it ends between 1 ms and 3 ms; anomaly/);
  });
});
