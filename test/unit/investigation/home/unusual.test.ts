import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Anomaly } from '../../../../src/domain/anomaly';
import type { ServiceSignal } from '../../../../src/domain/survey';
import type { SignalSeries } from '../../../../src/investigation/home/serviceSignals';
import { unusualStretches } from '../../../../src/investigation/home/unusual';
import { ripple } from '../../../fakes/tracedServices';

const LENGTH = 240;
const unknown = () => null;

/** Minutes of a level with a little noise, and another level from one minute to another. */
function series(
  signal: ServiceSignal,
  level: number,
  bumps: readonly (readonly [from: number, to: number, level: number])[],
  hits = 120,
): SignalSeries {
  const valueAt = (at: number) => (bumps.find(([from, to]) => at >= from && at <= to)?.[2] ?? level) * (1 + 0.02 * ripple(at));
  const points = Array.from({ length: LENGTH }, (_, at) => [at * 60, valueAt(at)] as const);
  const counted = signal === 'traffic' ? points.map(([, value]) => value * 60) : points.map(() => hits);
  return { signal, stepSec: 60, points, hits: counted };
}

const alarm = (at: number, changes: Partial<Anomaly> = {}): Anomaly => ({
  fromSec: at * 60,
  toSec: at * 60,
  peakSec: at * 60,
  score: 0.9,
  direction: 'above',
  value: 0,
  expected: null,
  reason: 'it is high',
  ...changes,
});

const found = (of: SignalSeries, ...alarms: Anomaly[]) => unusualStretches(of, alarms, unknown);

describe('what is unusual', () => {
  it('is a stretch with what is usual in the hour before, and goes on when it reaches the newest minutes', () => {
    const [one, ...others] = found(series('errors', 0.001, [[220, 239, 0.4]]), alarm(220));
    assert.deepEqual(others, []);
    assert.deepEqual([one?.from, one?.to, one?.isOngoing, one?.reason, one?.score], [220, 239, true, 'it is high', 0.9]);
    assert.ok(Math.abs((one?.expected ?? 0) - 0.001) < 0.0001);
    assert.ok((one?.value ?? 0) > 0.4);
  });

  it('is over when values came back', () => {
    assert.equal(found(series('latency', 80, [[100, 120, 400]]), alarm(100))[0]?.isOngoing, false);
  });

  it('is nothing when less fails or answers come faster', () => {
    assert.deepEqual(found(series('errors', 0.3, [[220, 239, 0.001]]), alarm(220, { direction: 'below' })), []);
    assert.deepEqual(found(series('latency', 400, [[220, 239, 80]]), alarm(220, { direction: 'below' })), []);
  });

  it('is traffic that floods in as well as traffic that stays away', () => {
    for (const [level, direction] of [
      [0.2, 'below'],
      [40, 'above'],
    ] as const)
      assert.equal(found(series('traffic', 4, [[220, 239, level]]), alarm(220, { direction })).length, 1, direction);
  });

  it('is not what chance does to few requests', () => {
    assert.deepEqual(found(series('traffic', 0.1, [[220, 223, 0.16]]), alarm(220)), []);
    assert.deepEqual(found(series('errors', 0, [[230, 230, 0.1]], 20), alarm(230)), []);
  });

  it('is not a change too small to matter', () => {
    assert.deepEqual(found(series('latency', 80, [[220, 239, 95]]), alarm(220)), []);
    assert.deepEqual(found(series('latency', 1, [[220, 239, 4]]), alarm(220)), []);
    assert.deepEqual(found(series('errors', 0.001, [[220, 239, 0.004]]), alarm(220)), []);
    assert.deepEqual(found(series('traffic', 100, [[220, 239, 120]]), alarm(220)), []);
  });

  it('is a single slow minute only when it is very slow', () => {
    assert.deepEqual(found(series('latency', 80, [[220, 220, 200]]), alarm(220)), []);
    assert.equal(found(series('latency', 80, [[220, 220, 400]]), alarm(220)).length, 1);
  });

  it('is not one more of many spikes, however surprised the detector is', () => {
    const spikes = [20, 50, 80, 110, 140, 170, 200].map((at) => [at, at + 1, 300] as const);
    assert.deepEqual(found(series('latency', 80, spikes), alarm(200)), []);
  });

  it('is a second incident like the first', () => {
    const incidents = [
      [60, 90, 400],
      [220, 239, 400],
    ] as const;
    const both = found(series('latency', 80, incidents), alarm(60), alarm(220));
    assert.deepEqual(
      both.map(({ from, expected }) => [from, Math.round(expected / 10)]),
      [
        [60, 8],
        [220, 8],
      ],
    );
  });

  it('is not the return from an incident', () => {
    const traffic = series('traffic', 4, [[60, 200, 0.1]]);
    const both = found(traffic, alarm(60, { direction: 'below' }), alarm(201));
    assert.deepEqual(
      both.map(({ from, to }) => [from, to]),
      [[60, 200]],
    );
  });

  it('is not what was so at the same time of the day before', () => {
    const night = series('latency', 80, [[220, 239, 400]]);
    assert.deepEqual(
      unusualStretches(night, [alarm(220)], () => 390),
      [],
    );
    assert.equal(unusualStretches(night, [alarm(220)], () => 85).length, 1);
  });

  it('asks for the same stretch of the day before', () => {
    const asked: number[][] = [];
    unusualStretches(series('latency', 80, [[100, 120, 400]]), [alarm(101)], (fromSec, toSec) => {
      asked.push([fromSec / 60, toSec / 60]);
      return null;
    });
    assert.deepEqual(asked, [[100, 120]]);
  });

  it('is one stretch for several alarms, described by the highest', () => {
    const all = found(series('errors', 0.001, [[220, 239, 0.4]]), alarm(220, { score: 0.7 }), alarm(225, { score: 0.99, reason: 'worse' }));
    assert.deepEqual(
      all.map(({ from, to, score, reason }) => [from, to, score, reason]),
      [[220, 239, 0.99, 'worse']],
    );
  });

  it('falls back to what the detector expected where hardly anything came before', () => {
    assert.deepEqual(found(series('errors', 0.001, [[2, 60, 0.4]]), alarm(2)), []);
    assert.equal(found(series('errors', 0.001, [[2, 60, 0.4]]), alarm(2, { expected: 0.002 }))[0]?.expected, 0.002);
  });

  it('lies within the series and is in order, for any values and alarms', () => {
    const value = fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constant(null));
    const signal = fc.constantFrom<ServiceSignal>('errors', 'latency', 'traffic');
    fc.assert(
      fc.property(signal, fc.array(value, { maxLength: 80 }), fc.array(fc.nat(90), { maxLength: 8 }), (kind, values, alarms) => {
        const points = values.map((own, at) => [at * 60, own] as const);
        const sorted = alarms.toSorted((a, b) => a - b).map((at) => alarm(at, { expected: 1 }));
        const stretches = unusualStretches({ signal: kind, stepSec: 60, points, hits: values.map(() => 100) }, sorted, unknown);
        for (const { from, to, value: peak } of stretches) {
          assert.ok(from >= 0 && to >= from && to < values.length);
          assert.ok(Number.isFinite(peak));
        }
      }),
    );
  });
});
