import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TimeSeries } from '../../../src/domain/timeSeries';
import { correlateSeries } from '../../../src/signals/correlationLags';
import { seededRandom } from '../../fakes/seededSeries';
import { series } from '../../fakes/spans';

/** Values that resemble the ones before: `memory` 0 is white noise. */
function noise(count: number, seed: number, memory = 0): number[] {
  const { gaussian } = seededRandom(seed);
  let value = 0;
  return Array.from({ length: count }, () => (value = memory * value + gaussian()));
}

const shifted = (values: readonly number[], by: number) => values.map((_, at) => values[at - by] ?? 0);
const named = (values: readonly (number | null)[], metric: string, given: Partial<TimeSeries> = {}) => series(values, { metric, ...given });

describe('correlateSeries', () => {
  const cause = noise(180, 1, 0.5);

  it('says that a series leads the reference, and by how long', () => {
    const [found] = correlateSeries(named(shifted(cause, 3), 'alert'), [named(cause, 'cause')]);
    assert.ok(found && found.correlation > 0.9);
    assert.equal(found.leadSec, 180);
  });

  it('says that a series follows, with a negative lead', () => {
    const [found] = correlateSeries(named(cause, 'alert'), [named(shifted(cause, 2), 'effect')]);
    assert.equal(found?.leadSec, -120);
  });

  it('finds series that move the other way', () => {
    const opposite = cause.map((value) => 100 - 3 * value);
    const [found] = correlateSeries(named(cause, 'alert'), [named(opposite, 'other way')]);
    assert.ok(found && found.correlation < -0.9);
    assert.equal(found.leadSec, 0);
  });

  it('finds a step that two noisy series share', () => {
    const step = (seed: number, at: number) => noise(180, seed).map((value, index) => value + (index >= at ? 30 : 0));
    const found = correlateSeries(named(step(2, 120), 'alert'), [named(step(3, 118), 'shared'), named(step(4, 60), 'elsewhere')]);
    assert.deepEqual(
      found.map((one) => [one.series.metric, one.leadSec]),
      [['shared', 120]],
    );
  });

  it('puts the strongest first', () => {
    const mixed = (share: number, seed: number) => noise(180, seed).map((value, at) => share * (cause[at] ?? 0) + value);
    const found = correlateSeries(named(cause, 'alert'), [named(mixed(1, 5), 'weak'), named(mixed(6, 6), 'strong')]);
    assert.deepEqual(
      found.map((one) => one.series.metric),
      ['strong', 'weak'],
    );
  });

  it('names unrelated series no more often than it promises, though their values resemble the ones before', () => {
    const reference = named(noise(180, 10, 0.9), 'alert');
    const others = Array.from({ length: 60 }, (_, index) => named(noise(180, 100 + index, 0.9), `random ${index}`));
    const found = correlateSeries(reference, others);
    assert.ok(found.length <= 1, `${found.length} of 60`);
  });

  it('is not taken in by a trend or a daily rhythm that all series have', () => {
    const daily = (seed: number) => noise(288, seed).map((value, at) => 50 * Math.sin((2 * Math.PI * at) / 288) + at / 5 + 4 * value);
    const given = { intervalSec: 300 };
    assert.deepEqual(correlateSeries(named(daily(7), 'alert', given), [named(daily(8), 'same rhythm', given)]), []);
  });

  it('is not taken in by one huge value of each', () => {
    const spiked = (seed: number, at: number) => noise(180, seed).map((value, index) => (index === at ? 1e9 : value));
    assert.deepEqual(correlateSeries(named(spiked(20, 90), 'alert'), [named(spiked(21, 90), 'other')]), []);
  });

  it('never names a series without variance', () => {
    const flat = named(new Array<number>(180).fill(7), 'flat');
    const wobble = named(
      Array.from({ length: 180 }, (_, at) => 1e9 + (at % 2) * 1e-7),
      'rounding',
    );
    assert.deepEqual(correlateSeries(named(cause, 'alert'), [flat, wobble]), []);
    assert.deepEqual(correlateSeries(flat, [named(cause, 'cause')]), []);
  });

  it('compares series of different intervals at the coarser one', () => {
    const fine = cause.flatMap((value) => [value, value, value]);
    const [found] = correlateSeries(named(cause, 'alert'), [named(fine, 'fine', { intervalSec: 20 })]);
    assert.ok(found && found.correlation > 0.95 && found.count <= 180);
  });

  it('looks into the window only, and no further than the longest lag', () => {
    const window = { fromMs: 0, toMs: 10 * 60_000 };
    assert.deepEqual(correlateSeries(named(cause, 'alert'), [named(cause, 'cause')], { window }), []);
    assert.deepEqual(correlateSeries(named(shifted(noise(180, 30), 9), 'alert'), [named(noise(180, 30), 'cause')], { maxLagSec: 240 }), []);
  });

  it('names no lead where agreement is best at the last lag tried', () => {
    const early = named(shifted(noise(180, 30), 4), 'alert');
    assert.deepEqual(correlateSeries(early, [named(noise(180, 30), 'cause')], { maxLagSec: 240 }), []);
    assert.equal(correlateSeries(early, [named(noise(180, 30), 'cause')], { maxLagSec: 300 })[0]?.leadSec, 240);
  });

  it('bears anything a series can hold', () => {
    const value = fc.oneof(fc.constant(null), fc.double(), fc.integer());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.array(value, { maxLength: 60 }), (a, b) => {
        for (const found of correlateSeries(named(a, 'a'), [named(b, 'b')], { alpha: 1 })) {
          assert.ok(Math.abs(found.correlation) <= 1);
          assert.ok(found.pValue >= 0 && found.pValue <= 1);
        }
      }),
    );
  });
});
