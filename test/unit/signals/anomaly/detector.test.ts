import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Anomaly } from '../../../../src/domain/anomaly';
import type { Point, TimeSeries } from '../../../../src/domain/timeSeries';
import { createAnomalyDetector, detectAnomalies } from '../../../../src/signals/anomaly/detector';
import { dailySeries, SERIES_START_SEC, seededRandom } from '../../../fakes/seededSeries';

const DAY = 288;

const seriesOf = (points: readonly Point[]): TimeSeries => ({ metric: 'load', tags: [], unit: null, intervalSec: 300, points });
const found = (points: readonly Point[], threshold = 0.95) => detectAnomalies(seriesOf(points), { threshold });
const scoresOf = (points: readonly Point[]) => {
  const detector = createAnomalyDetector();
  return points.map(([sec, value]) => detector.next(sec, value).score);
};
/** Ten days of a daily rhythm with a fault put into the eighth. */
function withFault(change: (value: number, at: number) => number, from = 7 * DAY + 100, length = 60, noise = 3): Point[] {
  return dailySeries({ days: 10, noise }).map(([sec, value], at) => [
    sec,
    at >= from && at < from + length ? change(value, at - from) : value,
  ]);
}
const inside = (anomalies: readonly Anomaly[], from = 7 * DAY + 100, length = 60) =>
  anomalies.filter(({ peakSec }) => peakSec >= SERIES_START_SEC + from * 300 && peakSec < SERIES_START_SEC + (from + length) * 300);

describe('detectAnomalies', () => {
  it('hardly ever raises an alarm over clean daily series', () => {
    const alarms = [1, 2, 3, 4, 5].map((seed) => found(dailySeries({ days: 10, seed })).length);
    assert.ok(alarms.reduce((sum, count) => sum + count) <= 2, `${alarms} in 14,400 values`);
  });

  it('finds a spike and says how far above what that time usually shows', () => {
    const [spike, ...others] = inside(found(withFault((value, at) => (at === 5 ? value + 150 : value))));
    assert.ok(spike && others.length === 0);
    assert.equal(spike.fromSec, spike.toSec);
    assert.equal(spike.direction, 'above');
    assert.ok(spike.score > 0.95 && spike.value > 200 && Math.abs((spike.expected ?? 0) - (spike.value - 150)) < 20);
    assert.match(spike.reason, /^[\d.,]+ times the usual distance above what \d\d:\d\d UTC on a weekday usually shows$/);
  });

  it('finds a drop to zero', () => {
    const [drop] = inside(found(withFault(() => 0)));
    assert.equal(drop?.direction, 'below');
  });

  it('finds a value that is common, at a time when it is not', () => {
    const [odd] = inside(found(withFault((value) => 200 - value, 7 * DAY + 50)), 7 * DAY + 50);
    assert.ok(odd && odd.value > 55 && odd.value < 145);
  });

  it('finds a day whose swing is missing', () => {
    const missing = withFault((value) => 60 + 0.01 * value, 7 * DAY, DAY);
    assert.ok(inside(found(missing), 7 * DAY, DAY).length >= 1);
  });

  it('finds a level that shifts in noise without a rhythm', () => {
    const { gaussian } = seededRandom(4);
    const points = Array.from({ length: 3000 }, (_, at): Point => [SERIES_START_SEC + at * 60, 50 + gaussian() + (at >= 2200 ? 12 : 0)]);
    const [shift] = found(points).filter(({ peakSec }) => peakSec >= SERIES_START_SEC + 2190 * 60);
    assert.ok(shift && shift.direction === 'above' && shift.fromSec <= SERIES_START_SEC + 2260 * 60);
  });

  it('finds a series that froze, though its value is a usual one', () => {
    const { gaussian } = seededRandom(5);
    const points = Array.from({ length: 3000 }, (_, at): Point => [SERIES_START_SEC + at * 60, at >= 2500 ? 50 : 50 + gaussian()]);
    const frozen = detectAnomalies(seriesOf(points)).find(({ fromSec }) => fromSec >= SERIES_START_SEC + 2500 * 60);
    assert.equal(frozen?.direction, 'shape');
    assert.match(frozen?.reason ?? '', /hardly move/);
  });

  it('finds the first other value of a series that was constant, but not what follows', () => {
    const points = Array.from({ length: 600 }, (_, at): Point => [SERIES_START_SEC + at * 60, at < 400 ? 5 : 9]);
    const anomalies = found(points);
    assert.equal(anomalies.length, 1);
    assert.equal(anomalies[0]?.fromSec, SERIES_START_SEC + 400 * 60);
  });

  it('gets used to what comes again and again', () => {
    const spiky = dailySeries({ days: 14 }).map(([sec, value], at): Point => [sec, at % 331 === 330 ? value + 100 : value]);
    const [first = 0, ...later] = scoresOf(spiky).filter((_, at) => at % 331 === 330);
    assert.ok(first > 0.95);
    assert.ok(
      later.slice(-5).every((score) => score < 0.8),
      `${later}`,
    );
  });

  it('joins alarms that are close into one stretch, described at its peak', () => {
    const grown = withFault((value, at) => value + (at < 5 ? 18 + 6 * at : 0));
    const [only, ...others] = inside(found(grown, 0.7));
    assert.ok(only && others.length === 0);
    assert.ok(only.toSec > only.fromSec && only.peakSec === only.toSec);
  });

  it('finds nothing in an empty, a short and a constant series', () => {
    assert.deepEqual(found([]), []);
    assert.deepEqual(found([[0, 1]], 0.1), []);
    assert.deepEqual(found(Array.from({ length: 2000 }, (_, at) => [at * 60, 7])), []);
  });
});

describe('createAnomalyDetector', () => {
  it('judges by the past only: what comes later changes no score', () => {
    const points = withFault((value) => value + 80);
    const whole = scoresOf(points);
    assert.deepEqual(scoresOf(points.slice(0, 1500)), whole.slice(0, 1500));
  });

  it('scores what is no number 0 and goes on as if it had not been there', () => {
    const points = withFault((value) => value + 80);
    const holes = points.flatMap((point, at): Point[] =>
      at % 3 === 0 ? [point, [point[0], [null, NaN, Infinity, -Infinity][at % 4] ?? null]] : [point],
    );
    const scores = scoresOf(holes);
    const isHole = (value: number | null | undefined) => value === null || value === undefined || !Number.isFinite(value);
    assert.ok(holes.every(([, value], at) => !isHole(value) || scores[at] === 0));
    assert.deepEqual(
      scores.filter((_, at) => !isHole(holes[at]?.[1])),
      scoresOf(points),
    );
  });

  it('finds the same in any unit and around any level', () => {
    const points = withFault((value, at) => (at === 5 ? value + 150 : value));
    const plain = found(points).map(({ fromSec }) => fromSec);
    for (const [factor, level] of [
      [1e-9, 0],
      [1e9, 0],
      [1, 1e4],
    ] as const)
      assert.deepEqual(
        inside(found(points.map(([sec, value]) => [sec, level + factor * (value ?? 0)]))).map(({ fromSec }) => fromSec),
        inside(found(points)).map(({ fromSec }) => fromSec),
        `${factor} ${level} ${plain}`,
      );
  });

  it('works without times, and with a clock that jumps back', () => {
    const spiked = withFault((value, at) => (at === 5 ? value + 400 : value));
    const at = 7 * DAY + 105;
    assert.ok((scoresOf(spiked.map(([, value]) => [NaN, value]))[at] ?? 0) >= 0.9);
    assert.ok((scoresOf(spiked.map(([sec, value], index) => [index > 1000 ? sec - 3 * 86_400 : sec, value]))[at] ?? 0) >= 0.9);
  });

  it('lets the plain rule speak from so many standard deviations on as it is told', () => {
    const rule = (sigma: number) => {
      const { gaussian } = seededRandom(8);
      const detector = createAnomalyDetector({ sigma });
      const values = Array.from({ length: 1200 }, (_, at) => Math.floor(at / 100) * 5 + gaussian());
      return values.map((value) => detector.next(Number.NaN, value).score);
    };
    assert.notDeepEqual(rule(1), rule(100));
    assert.deepEqual(rule(50), rule(100));
  });

  it('bears any numbers at any times, with scores of 0..1', () => {
    const value = fc.oneof(fc.constant(null), fc.double(), fc.constantFrom(0, 1e308, -1e308, 5e-324), fc.integer());
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(fc.double(), fc.integer()), value), { minLength: 60, maxLength: 400 }), (rows) => {
        const detector = createAnomalyDetector();
        for (const [sec, given] of rows) {
          const { score, expected } = detector.next(sec, given);
          assert.ok(score >= 0 && score <= 1, `${score}`);
          assert.ok(expected === null || !Number.isNaN(expected));
        }
      }),
    );
  });
});
