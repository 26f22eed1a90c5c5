import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Forecast } from '../../../src/domain/forecast';
import { bandWords, checkBand, horizonEndMs } from '../../../src/domain/forecastActuals';
import type { Point } from '../../../src/domain/timeSeries';
import { doneCode } from '../../fixtures/panelSnapshots';

const forecast: Forecast = {
  ...(doneCode.found.forecasts?.[0] as Forecast),
  startSec: 1000,
  intervalSec: 60,
  p10: [10, 20, 30],
  median: [15, 25, 35],
  p90: [20, 30, 40],
};

describe('what came after a forecast', () => {
  it('is held against the band of its step, borders included', () => {
    const points: Point[] = [
      [1000, 10],
      [1060, 31],
      [1120, 29],
    ];
    assert.deepEqual(checkBand(forecast, points), { total: 3, inside: 1, above: 1, below: 1 });
  });

  it('belongs to the nearest step', () => {
    assert.equal(checkBand(forecast, [[1089, 20]]).inside, 1);
    assert.equal(checkBand(forecast, [[1091, 20]]).below, 1);
  });

  it('is left out before the first step, after the last, and where it is a gap', () => {
    const points: Point[] = [
      [900, 15],
      [1000, null],
      [1200, 35],
    ];
    assert.equal(checkBand(forecast, points).total, 0);
  });

  it('is counted once each, whatever it is', () => {
    const point = fc.tuple(fc.integer({ min: 1000, max: 1120 }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const { total, inside, above, below } = checkBand(forecast, points);
        return total === points.length && inside + above + below === total;
      }),
    );
  });

  it('is said in words', () => {
    const words = (inside: number, above: number, below: number) => bandWords({ total: inside + above + below, inside, above, below });
    assert.equal(words(0, 0, 0), '');
    assert.equal(words(1, 0, 0), 'The new point is inside the band.');
    assert.equal(words(10, 0, 0), 'All 10 new points are inside the band.');
    assert.equal(words(9, 1, 0), '9 of 10 new points are inside the band; 1 above it.');
    assert.equal(words(1, 2, 3), '1 of 6 new points is inside the band; 2 above, 3 below it.');
  });

  it('comes until the last step is over', () => assert.equal(horizonEndMs(forecast), 1_180_000));
});
