import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lastingChange } from '../../../../src/investigation/home/lastingChange';
import { ripple } from '../../../fakes/tracedServices';

const points = (length: number, valueAt: (at: number) => number | null) =>
  Array.from({ length }, (_, at) => [at * 60, valueAt(at)] as const);
const level = (value: number, at: number) => value * (1 + 0.03 * ripple(at));

describe('a lasting change', () => {
  it('is a level that was left and not found again, either way', () => {
    const up = lastingChange(
      points(240, (at) => level(at < 225 ? 9.6 : 47, at)),
      60,
    );
    assert.deepEqual([up?.fromSec, up?.direction], [225 * 60, 'above']);
    assert.ok((up?.score ?? 0) > 0.85 && (up?.score ?? 1) <= 0.9);
    const down = lastingChange(
      points(240, (at) => level(at < 200 ? 100 : 10, at)),
      60,
    );
    assert.deepEqual([down?.fromSec, down?.direction], [200 * 60, 'below']);
  });

  it('is none when values came back, or never left', () => {
    const back = points(240, (at) => level(at >= 200 && at < 230 ? 90 : 10, at));
    assert.equal(lastingChange(back, 60), null);
    assert.equal(
      lastingChange(
        points(240, (at) => level(10, at)),
        60,
      ),
      null,
    );
  });

  it('is surer the more it stands out', () => {
    const scoreOf = (to: number) =>
      lastingChange(
        points(90, (at) => 100 + 5 * ripple(at) + (at < 70 ? 0 : to)),
        60,
      )?.score ?? 0;
    assert.ok(scoreOf(25) < scoreOf(50) && scoreOf(50) < scoreOf(500));
  });

  it('is none of a series without values, or a constant one', () => {
    for (const series of [[], points(1, () => 1), points(90, () => null), points(90, () => 5)])
      assert.equal(lastingChange(series, 60), null);
  });

  it('has a score of 0 to 1 for any values', () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const { score = 0 } =
          lastingChange(
            points(values.length, (at) => values[at] ?? null),
            60,
          ) ?? {};
        assert.ok(score >= 0 && score <= 1);
      }),
    );
  });
});
