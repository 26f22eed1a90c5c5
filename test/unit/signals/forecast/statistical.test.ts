import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createStatisticalForecaster } from '../../../../src/signals/forecast/statistical';
import { CONTEXT, HORIZON } from '../../../../src/signals/forecast/window';
import { series } from '../../../fakes/spans';

const forecaster = createStatisticalForecaster();
const forecast = (values: readonly (number | null)[], options: { threshold?: number; season?: number; unit?: string | null } = {}) =>
  forecaster.forecast({
    id: 'F1',
    title: 'Latency',
    query: 'avg:latency{*}',
    series: series(values, { unit: options.unit === undefined ? 'millisecond' : options.unit }),
    threshold: options.threshold ?? null,
    season: options.season ?? null,
  });
const wave = (length: number, period: number) => Array.from({ length }, (_, index) => 100 + 30 * Math.sin((2 * Math.PI * index) / period));

describe('createStatisticalForecaster', () => {
  it('follows a season and says which method answered', async () => {
    const { median, model } = await forecast(wave(480, 60));
    assert.match(model, /^statistical: .*period 60/);
    wave(540, 60)
      .slice(480)
      .forEach((value, step) => {
        assert.ok(Math.abs((median[step] ?? 0) - value) < 2, `step ${step}`);
      });
  });

  it('stays at the level of what has no season', async () => {
    const { median, model } = await forecast(Array.from({ length: 300 }, (_, index) => 50 + ((index * 7919) % 5)));
    assert.ok(!model.includes('period') || median.every((value) => value > 49.99 && value < 54.01));
    assert.ok(Math.abs((median[30] ?? 0) - 52) < 3);
  });

  it('gives sixty steps after the last point, in order of the quantiles', async () => {
    const found = await forecast(wave(200, 24));
    assert.equal(found.median.length, HORIZON);
    assert.equal(found.startSec, 200 * 60);
    assert.equal(found.intervalSec, 60);
  });

  it('keeps p10 ≤ median ≤ p90 and finite, whatever comes', async () => {
    const value = fc.oneof(fc.constant(null), fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constant(0));
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 120 }), async (values) => {
        const { p10, median, p90, anomalyScore } = await forecast(values);
        median.forEach((middle, step) => {
          assert.ok(Number.isFinite(middle));
          assert.ok((p10[step] ?? 0) <= middle && middle <= (p90[step] ?? 0));
        });
        assert.ok(anomalyScore >= 0 && anomalyScore <= 100);
      }),
      { numRuns: 60 },
    );
  });

  it('does not go below zero or over a hundred percent when the metric never did', async () => {
    const near = Array.from({ length: 200 }, (_, index) => (index % 7 === 0 ? 100 : 97));
    const percent = await forecast(near, { unit: 'percent' });
    assert.ok(percent.p90.every((value) => value <= 100));
    const counts = await forecast(Array.from({ length: 200 }, (_, index) => (index % 5 === 0 ? 3 : 0)));
    assert.ok(counts.p10.every((value) => value >= 0));
  });

  it('widens smoothly from the first step after a fresh spike, and stays between nothing and the whole', async () => {
    const { p10, median, p90 } = await forecast([...new Array<number>(100).fill(0), 0.5], { unit: 'fraction' });
    const widths = p90.map((high, step) => high - (p10[step] ?? 0));
    assert.ok((widths[0] ?? 0) > 0.05, `${widths[0]}`);
    widths.slice(1).forEach((width, step) => {
      const before = widths[step] ?? 0;
      assert.ok(width >= before - 1e-9 && width - before < 0.05, `step ${step}: ${before} to ${width}`);
    });
    assert.ok(p10.every((value) => value >= 0) && p90.every((value) => value <= 1) && median.length === HORIZON);
  });

  it('says that a threshold is passed already while the latest value is beyond it', async () => {
    const spiked = await forecast([...new Array<number>(100).fill(0), 0.5], { threshold: 0.15, unit: 'fraction' });
    assert.equal(spiked.breachInSec, 0);
    assert.equal((await forecast(new Array<number>(100).fill(0), { threshold: 0.15 })).breachInSec, null);
  });

  it('tells how long it is until the threshold is passed', async () => {
    const found = await forecast(wave(475, 60), { threshold: 120 });
    assert.ok(found.breachInSec !== null && found.breachInSec > 0 && found.breachInSec <= 30 * 60);
    assert.match(found.summary, /passes the threshold 120 ms in/);
  });

  it('finds a jump of the last five values unusual, and an ordinary end not', async () => {
    const jumped = [...wave(295, 60), 900, 900, 900, 900, 900];
    assert.ok((await forecast(jumped)).anomalyScore > 70);
    assert.ok((await forecast(wave(300, 60))).anomalyScore < 70);
  });

  it('is deterministic', async () => {
    assert.deepEqual(await forecast(wave(333, 37)), await forecast(wave(333, 37)));
  });

  it('answers from an empty series without inventing values', async () => {
    const found = await forecast([]);
    assert.equal(found.summary, 'No values to forecast from.');
    assert.equal(found.anomalyScore, 0);
  });

  it('shows no more history than it used', async () => {
    const found = await forecast(wave(800, 60));
    assert.equal(found.history.length, CONTEXT);
  });
});
