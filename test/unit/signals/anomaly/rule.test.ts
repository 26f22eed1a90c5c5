import assert from 'node:assert/strict';
import { createChangeRule, createFlatRule } from '../../../../src/signals/anomaly/changeRules';
import { History } from '../../../../src/signals/anomaly/history';
import type { Reading, Rule } from '../../../../src/signals/anomaly/rule';
import { createEnvelopeRule, createSeasonalRule } from '../../../../src/signals/anomaly/seasonalRules';
import { createForecastRule, createRobustRule, createZScoreRule } from '../../../../src/signals/anomaly/valueRules';
import { seededRandom } from '../../../fakes/seededSeries';

/** What a rule reads of the last of many values, one in five minutes from midnight. */
function lastOf(rule: Rule, values: readonly number[], startSec = 0): Reading | null {
  const history = new History();
  let reading: Reading | null = null;
  values.forEach((value, at) => {
    reading = rule.read(startSec + at * 300, value, history);
    history.push(value);
  });
  return reading;
}

const around = (level: number, count: number, seed = 1) => {
  const { gaussian } = seededRandom(seed);
  return Array.from({ length: count }, () => level + gaussian());
};
/** 10 by day, 50 from 12:00 to 13:00. */
const lunch = (days: number) => Array.from({ length: days * 288 }, (_, at) => (at % 288 >= 144 && at % 288 < 156 ? 50 : 10));

describe('createZScoreRule', () => {
  it('counts standard deviations from the mean, from sigma on', () => {
    const values = [...around(20, 500), 25];
    const { deviation = 0, direction, expected } = lastOf(createZScoreRule(3), values) ?? {};
    assert.ok(deviation > 4.5 && deviation < 5.6);
    assert.equal(direction, 'above');
    assert.ok(Math.abs((expected ?? 0) - 20) < 0.2);
    assert.deepEqual(
      [3, 6].map((sigma) => lastOf(createZScoreRule(sigma), values)?.isMinor),
      [false, true],
    );
  });
});

describe('createRobustRule', () => {
  it('measures from the median, which outliers do not move', () => {
    const spiky = around(20, 500).map((value, at) => (at % 5 === 0 ? 1e6 : value));
    const { expected, direction } = lastOf(createRobustRule(3), [...spiky, 3]) ?? {};
    assert.ok(Math.abs((expected ?? 0) - 20) < 1);
    assert.equal(direction, 'below');
  });

  it('knows nothing before ten values', () => {
    assert.equal(lastOf(createRobustRule(3), [1, 2, 3]), null);
  });
});

describe('createForecastRule', () => {
  it('follows a slope, and calls a jump out of it far', () => {
    const slope = Array.from({ length: 300 }, (_, at) => at);
    const usual = lastOf(createForecastRule(), slope)?.deviation ?? 0;
    const jump = lastOf(createForecastRule(), [...slope, 400])?.deviation ?? 0;
    assert.ok(usual < 5 && jump > 90);
  });
});

describe('createSeasonalRule', () => {
  it('expects at noon what the noons before showed', () => {
    const noon = [...lunch(6), ...new Array<number>(144).fill(10), 50];
    assert.ok((lastOf(createSeasonalRule(), noon)?.deviation ?? 99) < 1);
    const night = [...lunch(6), 10, 10, 50];
    assert.ok((lastOf(createSeasonalRule(), night)?.deviation ?? 0) > 35);
  });

  it('knows nothing on the first day, nor without a time', () => {
    assert.equal(lastOf(createSeasonalRule(), new Array<number>(200).fill(1)), null);
    assert.equal(lastOf(createSeasonalRule(), lunch(3), Number.NaN), null);
  });

  it('does not expect an outlier again the next day', () => {
    const noisy = around(10, 6 * 288).map((value, at) => (at === 5 * 288 + 100 ? 1e5 : value));
    const { expected } = lastOf(createSeasonalRule(), [...noisy, ...around(10, 101, 2)]) ?? {};
    assert.ok(Math.abs((expected ?? 0) - 10) < 5, `${expected}`);
  });
});

describe('createEnvelopeRule', () => {
  it('allows what comes an hour early, but not half a day', () => {
    const early = [...lunch(6), ...new Array<number>(136).fill(10), 50];
    assert.equal(lastOf(createEnvelopeRule(), early)?.deviation, 0);
    const night = [...lunch(6), 10, 10, 50];
    assert.ok((lastOf(createEnvelopeRule(), night)?.deviation ?? 0) > 35);
  });
});

describe('createChangeRule', () => {
  it('compares the last 96 values with the 96 before', () => {
    const { deviation = 0, direction, expected } = lastOf(createChangeRule(), [...around(10, 300), ...around(30, 96, 2)]) ?? {};
    assert.ok(deviation > 18 && direction === 'above' && Math.abs((expected ?? 0) - 10) < 1);
    assert.ok((lastOf(createChangeRule(), [...around(10, 300), ...around(30, 192, 2)])?.deviation ?? 99) < 1);
  });

  it('needs both windows', () => {
    assert.equal(lastOf(createChangeRule(), around(1, 191)), null);
    assert.notEqual(lastOf(createChangeRule(), around(1, 192)), null);
  });
});

describe('createFlatRule', () => {
  it('sees values that stop moving, and no others', () => {
    const calm = lastOf(createFlatRule(), [...around(10, 500), ...new Array<number>(60).fill(10)]);
    assert.ok((calm?.deviation ?? 0) > 2 && calm?.direction === 'shape');
    assert.equal(lastOf(createFlatRule(), around(10, 560))?.deviation, 0);
    assert.equal(lastOf(createFlatRule(), new Array<number>(560).fill(3))?.deviation, 0);
  });
});
