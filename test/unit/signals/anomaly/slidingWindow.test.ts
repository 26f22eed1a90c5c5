import assert from 'node:assert/strict';
import fc from 'fast-check';
import { History } from '../../../../src/signals/anomaly/history';
import { SlidingWindow } from '../../../../src/signals/anomaly/slidingWindow';
import { seededRandom } from '../../../fakes/seededSeries';

describe('SlidingWindow', () => {
  it('knows the quantiles of the last values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 }), (values) => {
        const window = new SlidingWindow(7);
        for (const value of values) window.push(value);
        const last = values.slice(-7).sort((a, b) => a - b);
        assert.equal(window.count, last.length);
        assert.ok(window.quantile(0) === last[0] && window.quantile(1) === last.at(-1));
        assert.ok(window.quantile(0.5) === last[Math.round((last.length - 1) / 2)]);
      }),
    );
  });

  it('has no quantile without values', () => {
    assert.ok(Number.isNaN(new SlidingWindow(3).quantile(0.5)));
  });
});

describe('History', () => {
  const fed = (values: readonly number[]) => {
    const history = new History();
    for (const value of values) history.push(value);
    return history;
  };

  it('knows mean and deviation of the last thousand values, also after very many around a high level', () => {
    const { gaussian } = seededRandom(3);
    const values = Array.from({ length: 25_500 }, (_, at) => (at < 20_000 ? 1e6 : 1e9) + 5 * gaussian());
    const last = values.slice(-1000);
    const mean = last.reduce((sum, value) => sum + value / 1000, 0);
    const deviation = Math.sqrt(last.reduce((sum, value) => sum + (value - mean) ** 2 / 1000, 0));
    const history = fed(values);
    assert.ok(Math.abs(history.mean - mean) < 1e-3);
    assert.ok(Math.abs(history.deviation - deviation) < 1e-2, `${history.deviation} ${deviation}`);
  });

  it('takes two parts in a hundred of the usual range for measurement', () => {
    const history = fed(Array.from({ length: 1000 }, (_, at) => at / 10));
    assert.ok(Math.abs(history.floor - 0.02 * 90) < 0.02);
    assert.equal(fed([]).floor, 0);
    assert.ok(fed([5, 5, 5]).floor < 1e-5);
  });

  it('knows what is usual from ten values on', () => {
    assert.equal(fed(new Array<number>(9).fill(1)).isKnown, false);
    assert.equal(fed(new Array<number>(10).fill(1)).isKnown, true);
  });
});
