import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ForecastRequest } from '../../../../src/domain/ports';
import type { PredictedBand } from '../../../../src/domain/quantileModel';
import { planForecast } from '../../../../src/signals/forecast/plan';
import { seededRandom } from '../../../benchmarks/forecastWindows';
import { series } from '../../../fakes/spans';

const by = { kind: 'embedded' as const, name: 'a model' };
const request = (values: readonly (number | null)[], given: Partial<ForecastRequest> = {}): ForecastRequest => ({
  id: 'F1',
  title: 'Latency',
  query: 'q',
  series: series(values),
  threshold: null,
  season: null,
  ...given,
});
const level = (median: number, width = 1): PredictedBand => ({
  p10: new Float32Array(60).fill(median - width),
  median: new Float32Array(60).fill(median),
  p90: new Float32Array(60).fill(median + width),
});
function noise(length: number): number[] {
  const random = seededRandom(9);
  return Array.from({ length }, () => 100 + 10 * (random() + random() - 1));
}
const cycle = (length: number) => Array.from({ length }, (_, index) => 100 + 30 * Math.sin((2 * Math.PI * index) / 40) + (index % 3));

describe('planForecast', () => {
  it('asks for the end, for the judged steps and for an earlier origin', () => {
    const values = noise(517);
    const { contexts } = planForecast(request(values));
    assert.equal(contexts.length, 3);
    assert.ok(contexts.every((context) => context.length === 512 && Math.abs(context.reduce((sum, value) => sum + value, 0)) < 20));
    assert.equal(planForecast(request(noise(200))).contexts.length, 2);
  });

  it('asks nothing about what a model cannot say', () => {
    for (const values of [[], [5], noise(20), new Array<number>(300).fill(7), [...new Array<null>(300).fill(null), 3]]) {
      const plan = planForecast(request(values));
      assert.deepEqual(plan.contexts, []);
      assert.equal(plan.finish([], by).answeredBy, 'statistical');
    }
  });

  it('brings what the model predicts back to the scale of the series', () => {
    const plan = planForecast(request(noise(512)));
    const forecast = plan.finish(
      plan.contexts.map(() => level(0)),
      by,
    );
    assert.ok(Math.abs(forecast.median[0]! - 100) < 1, `${forecast.median[0]}`);
    assert.equal(forecast.answeredBy, 'embedded');
    assert.equal(forecast.model, 'a model');
    assert.ok(forecast.p10[0]! < forecast.median[0]! && forecast.median[0]! < forecast.p90[0]!);
  });

  it('widens the band of a model that was too sure before', () => {
    const plan = planForecast(request(noise(512)));
    const widthOf = (width: number) => {
      const { p10, p90 } = plan.finish(
        plan.contexts.map((_, index) => level(0, index < 2 ? 1 : width)),
        by,
      );
      return p90[0]! - p10[0]!;
    };
    assert.ok(widthOf(0.1) > 1.2 * widthOf(3));
  });

  it('averages the model with a cycle that is plain to see, and says so', () => {
    const plan = planForecast(request(cycle(512)));
    const forecast = plan.finish(
      plan.contexts.map(() => level(0)),
      by,
    );
    assert.match(forecast.model, /^a model, averaged with .*\(period \d+\)$/);
    const swing = Math.max(...forecast.median) - Math.min(...forecast.median);
    assert.ok(swing > 25 && swing < 40, `${swing}`);
  });

  it('judges the last five values by what was predicted before them', () => {
    const jumped = [...noise(507), 400, 400, 400, 400, 400];
    const high = planForecast(request(jumped));
    const { anomalyScore, isDrop } = high.finish(
      high.contexts.map(() => level(0)),
      by,
    );
    assert.ok(anomalyScore > 70 && !isDrop);
    const fallen = planForecast(request([...noise(507), 0, 0, 0, 0, 0]));
    assert.equal(
      fallen.finish(
        fallen.contexts.map(() => level(0)),
        by,
      ).isDrop,
      true,
    );
  });

  it('heeds a monitor that alerts below its threshold', () => {
    const plan = planForecast(request(noise(512), { threshold: 95, isBelow: true }));
    const { isBelow, breachInSec } = plan.finish(
      plan.contexts.map(() => level(-3)),
      by,
    );
    assert.deepEqual([isBelow, breachInSec], [true, 60]);
  });

  it('answers finitely and in order, whatever the series and the model hold', () => {
    const value = fc.oneof(fc.constant(null), fc.double({ min: -1e30, max: 1e30, noNaN: true }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 90 }), fc.float({ min: -50, max: 50, noNaN: true }), (values, median) => {
        const plan = planForecast(request(values));
        for (const forecast of [
          plan.finish(
            plan.contexts.map(() => level(median)),
            by,
          ),
          plan.finishAlone(null),
        ])
          forecast.median.forEach((middle, step) => {
            assert.ok(Number.isFinite(middle) && forecast.p10[step]! <= middle && middle <= forecast.p90[step]!);
          });
      }),
      { numRuns: 60 },
    );
  });
});
