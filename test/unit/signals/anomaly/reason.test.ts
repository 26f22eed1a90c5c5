import assert from 'node:assert/strict';
import type { RatedRule } from '../../../../src/signals/anomaly/ratedRule';
import { reasonFor } from '../../../../src/signals/anomaly/reason';

const NOON_SEC = Date.UTC(2026, 0, 7, 12) / 1000;
const words = (name: string, times: number, direction: 'above' | 'below' = 'above') =>
  reasonFor({ name, times, direction, deviation: 4, expected: 10 } as unknown as RatedRule, NOON_SEC, 50);

describe('reasonFor', () => {
  it('tells how far a value is in usual distances', () => {
    assert.equal(words('robust', 12), '12 times the usual distance above the median');
    assert.equal(words('seasonal', 3, 'below'), '3 times the usual distance below what 12:00 UTC on a weekday usually shows');
    assert.equal(words('forecast', 5), 'a jump: 5 times the usual distance above what the values just before suggest');
  });

  it('says so where the values were constant', () => {
    assert.equal(words('robust', 0), 'above a level that was constant before');
    assert.equal(words('envelope', 0, 'below'), 'below what 12:00 UTC on a weekday always shows');
    assert.equal(words('forecast', 0), 'a jump above values that were constant before');
  });
});
