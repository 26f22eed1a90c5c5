import assert from 'node:assert/strict';
import fc from 'fast-check';
import { selectForecast } from '../../../../src/signals/forecast/selector';
import { seededRandom, syntheticWindows } from '../../../benchmarks/forecastWindows';

const wave = (length: number, period: number) => Array.from({ length }, (_, index) => 100 + 30 * Math.sin((2 * Math.PI * index) / period));

describe('selectForecast', () => {
  it('follows a cycle that nobody declared, and one that was declared wrongly', () => {
    for (const season of [null, 48, 7, -3, 2.5, Number.NaN, 1e9]) {
      const { band, period } = selectForecast(wave(480, 60), 60, season);
      assert.equal(period, 60, `${season}`);
      wave(540, 60)
        .slice(480)
        .forEach((value, step) => {
          assert.ok(Math.abs(band.median[step]! - value) < 2, `season ${season}, step ${step}`);
        });
    }
  });

  it('says how much the cycle helps', () => {
    assert.ok(selectForecast(wave(480, 60), 60, null).seasonalGain > 5);
    const random = seededRandom(1);
    const noise = Array.from({ length: 512 }, () => random());
    assert.ok(selectForecast(noise, 60, null).seasonalGain < 1.3);
  });

  it('gives a value that comes, not a mean, of a series that repeats itself', () => {
    const known = Array.from({ length: 300 }, (_, index) => (Math.floor(index / 25) % 2 === 0 ? 4 : 8));
    const { band } = selectForecast([...known, 4, 4, 4], 60, null);
    assert.ok(band.median.every((value) => value === 4 || value === 8));
  });

  it('holds eight of ten values in its band over many kinds of series', () => {
    const windows = syntheticWindows(6, 11);
    let inside = 0;
    for (const { context, target, season } of windows) {
      const { band } = selectForecast(context, 60, season);
      inside += target.filter((value, step) => band.p10[step]! <= value && value <= band.p90[step]!).length;
    }
    const coverage = inside / (60 * windows.length);
    assert.ok(coverage > 0.65 && coverage < 0.9, `${coverage}`);
  });

  it('answers in order and finitely from anything finite', () => {
    const value = fc.oneof(fc.double({ min: -1e100, max: 1e100, noNaN: true }), fc.constant(0), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), fc.oneof(fc.constant(null), fc.integer({ min: -5, max: 600 })), (known, season) => {
        const { band } = selectForecast(known, 60, season);
        assert.equal(band.median.length, 60);
        band.median.forEach((middle, step) => {
          assert.ok(band.p10[step]! <= middle && middle <= band.p90[step]!, `${band.p10[step]} ${middle} ${band.p90[step]}`);
          assert.ok(Number.isFinite(band.p10[step]) && Number.isFinite(band.p90[step]));
        });
      }),
      { numRuns: 60 },
    );
  });
});
