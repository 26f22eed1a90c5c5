import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeOf, rankChanges } from '../../../src/signals/seriesChange';
import { series } from '../../fakes/spans';

const baseline = { fromMs: 0, toMs: 10 * 60_000 };
const incident = { fromMs: 10 * 60_000, toMs: 20 * 60_000 };
const stepped = (before: readonly number[], during: readonly number[], given = {}) => series([...before, ...during], given);
const ten = (value: number) => new Array<number>(10).fill(value);
const wobbling = (level: number) => Array.from({ length: 10 }, (_, index) => level * (1 + 0.02 * (index % 3)));

describe('changeOf', () => {
  it('scores a plain rise of latency and says what it was', () => {
    const change = changeOf(stepped(wobbling(100), wobbling(800)), baseline, incident);
    assert.ok(change && change.score > 3);
    assert.equal(change.direction, 'up');
    assert.equal(change.isHarmful, true);
    assert.equal(change.kind, 'latency');
    assert.ok(change.before < 110 && change.during > 790);
  });

  it('measures percentages in points, so that 0.1 % to 1 % does not beat 20 % to 90 %', () => {
    const cpu = (before: number, during: number) => stepped(wobbling(before), wobbling(during), { metric: 'cpu', unit: 'percent' });
    const tiny = changeOf(cpu(0.1, 1), baseline, incident);
    const plain = changeOf(cpu(20, 90), baseline, incident);
    assert.ok(tiny && plain && tiny.score < 0.2 && plain.score > 4);
  });

  it('treats fractions as percentages', () => {
    const ratio = changeOf(stepped(wobbling(0.01), wobbling(0.41), { metric: 'error_ratio', unit: 'fraction' }), baseline, incident);
    const points = changeOf(stepped(wobbling(1), wobbling(41), { metric: 'error_rate', unit: 'percent' }), baseline, incident);
    assert.ok(ratio && points && Math.abs(ratio.score - points.score) < 0.01);
  });

  it('does not let a series without any variance win by that alone', () => {
    const flat = changeOf(stepped(ten(100), ten(101)), baseline, incident);
    const real = changeOf(stepped(wobbling(100), wobbling(400)), baseline, incident);
    assert.ok(flat && real && flat.score < 0.05 && real.score > 2);
  });

  it('sees nothing in what stays inside the usual band', () => {
    const noisy = [50, 150, 60, 140, 55, 145, 100, 90, 110, 120];
    assert.equal(changeOf(stepped(noisy, ten(130)), baseline, incident)?.score, 0);
  });

  it('says nothing where a stretch is empty', () => {
    assert.equal(changeOf(series(ten(1)), baseline, incident), null);
    assert.equal(changeOf(series([null, null, ...ten(1)]), { fromMs: 0, toMs: 120_000 }, incident), null);
  });

  it('knows that less availability hurts and more does not', () => {
    const named = { metric: 'service.availability', unit: 'percent' };
    assert.equal(changeOf(stepped(wobbling(99), wobbling(60), named), baseline, incident)?.isHarmful, true);
    assert.equal(changeOf(stepped(wobbling(60), wobbling(97), named), baseline, incident)?.isHarmful, false);
  });

  it('scores ratios alike whatever the scale of the values', () => {
    const levels = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(levels, levels, fc.constantFrom(0.001, 0.5, 3, 1e6), (before, during, factor) => {
        const one = changeOf(stepped(before, during), baseline, incident);
        const scaled = changeOf(
          stepped(
            before.map((value) => value * factor),
            during.map((value) => value * factor),
          ),
          baseline,
          incident,
        );
        assert.ok(one && scaled && Math.abs(one.score - scaled.score) < 1e-6);
      }),
    );
  });

  it('never gives NaN or infinity', () => {
    const anything = fc.array(fc.oneof(fc.constant(null), fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constant(0)), {
      minLength: 20,
      maxLength: 20,
    });
    fc.assert(
      fc.property(anything, fc.constantFrom('percent', 'millisecond', 'fraction', null), (values, unit) => {
        const change = changeOf(series(values, { unit }), baseline, incident);
        assert.ok(change === null || (Number.isFinite(change.score) && change.score >= 0));
      }),
    );
  });
});

describe('rankChanges', () => {
  it('puts the greatest change first and leaves out what cannot be judged', () => {
    const small = stepped(wobbling(100), wobbling(150), { metric: 'a.latency' });
    const large = stepped(wobbling(100), wobbling(900), { metric: 'b.latency' });
    const ranked = rankChanges([small, series([]), large], baseline, incident);
    assert.deepEqual(
      ranked.map((change) => change.series.metric),
      ['b.latency', 'a.latency'],
    );
  });
});
