import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Band } from '../../../../src/signals/forecast/band';
import { conformalFactor, widened } from '../../../../src/signals/forecast/conformal';
import { seededRandom } from '../../../benchmarks/forecastWindows';

const bandOfWidth = (width: number): Band => ({
  p10: new Array(60).fill(10 - width),
  median: new Array(60).fill(10),
  p90: new Array(60).fill(10 + width),
});
/** Uniform between 0 and 20: eight of ten lie within 8 of 10. */
function outcomes(width: number) {
  const random = seededRandom(3);
  return [1, 2].map(() => ({ band: bandOfWidth(width), actual: Array.from({ length: 60 }, () => 20 * random()) }));
}

describe('conformalFactor', () => {
  it('widens bands that were too narrow, the more the narrower', () => {
    const [narrow, narrower] = [conformalFactor(outcomes(4)), conformalFactor(outcomes(2))];
    assert.ok(narrow > 1.1 && narrower > narrow && narrower <= 1.6, `${narrow} ${narrower}`);
  });

  it('leaves bands that were right or too wide, and those that nothing is known of', () => {
    assert.ok(conformalFactor(outcomes(8)) < 1.05);
    assert.equal(conformalFactor(outcomes(30)), 1);
    assert.equal(conformalFactor([]), 1);
  });

  it('is bounded whatever the bands, also without any width', () => {
    assert.equal(conformalFactor(outcomes(0)), 1.6);
    const value = fc.double({ min: -1e100, max: 1e100, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value, value), { maxLength: 60 }), (rows) => {
        const sorted = rows.map(([a, b, c]) => [a, b, c].sort((x, y) => x - y));
        const band = { p10: sorted.map((row) => row[0]!), median: sorted.map((row) => row[1]!), p90: sorted.map((row) => row[2]!) };
        const factor = conformalFactor([{ band, actual: rows.map((row) => row[3]) }]);
        assert.ok(factor >= 1 && factor <= 1.6, `${factor}`);
      }),
    );
  });
});

describe('widened', () => {
  it('moves the edges away from the median, which stays', () => {
    const { p10, median, p90 } = widened({ p10: [8], median: [10], p90: [14] }, 1.5);
    assert.deepEqual([p10, median, p90], [[7], [10], [16]]);
  });
});
