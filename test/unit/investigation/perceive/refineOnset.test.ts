import assert from 'node:assert/strict';
import { parseMonitorQuery } from '../../../../src/investigation/monitorQuery';
import { refinedOnset } from '../../../../src/investigation/perceive/refineOnset';
import { gathered } from '../../../fakes/gathered';
import { NOW_MS, ONSET_MS, stepped } from '../../../fakes/incidents';
import { series } from '../../../fakes/spans';

const MINUTE_MS = 60_000;
const inBatch = (...all: ReturnType<typeof stepped>[]) => gathered({ onsetMs: null, metrics: [{ query: 'q', series: all }] });

/** The same of an alert on deviation, which knows no limit. */
function onDeviation(given: Partial<ReturnType<typeof gathered>>) {
  const found = gathered({ onsetMs: null, ...given });
  const query = parseMonitorQuery("avg(last_5m):anomalies(avg:shop.latency{service:shop}, 'basic', 2) >= 1");
  return { ...found, opening: { ...found.opening, query } };
}

describe('refinedOnset', () => {
  it('is where the fine series of the alert steps', () => {
    assert.equal(refinedOnset(gathered({ onsetMs: null, fineSeries: stepped('shop.error_rate', 1, 40) }), NOW_MS), ONSET_MS);
    assert.equal(refinedOnset(gathered({ onsetMs: null, fineSeries: stepped('shop.error_rate', 1, 1) }), NOW_MS), null);
    assert.equal(refinedOnset(gathered({ onsetMs: null }), NOW_MS), null);
  });

  it('is what the coarse series showed where the fine one shows nothing', () => {
    assert.equal(refinedOnset(gathered({ onsetMs: ONSET_MS - 5 * MINUTE_MS }), NOW_MS), ONSET_MS - 5 * MINUTE_MS);
  });

  it('is else when metrics turned for the worse together, whose ever they are', () => {
    const other = stepped('c.errors', 1, 90, { tags: ['service:other'] });
    assert.equal(refinedOnset(inBatch(stepped('a.errors', 1, 40), other), NOW_MS), ONSET_MS);
    assert.equal(refinedOnset(inBatch(other), NOW_MS), ONSET_MS);
  });

  it('does not take an improvement or a small step for it', () => {
    assert.equal(refinedOnset(inBatch(stepped('a.errors', 40, 1), stepped('b.latency', 100, 104)), NOW_MS), null);
  });

  it('believes the others where an alert without a limit stepped too early to be what fired', () => {
    const startSec = NOW_MS / 1000 - 80 * 60;
    const early = series(
      Array.from({ length: 80 }, (_, minute) => (minute < 40 ? 10 : 90)),
      { metric: 'shop.latency', startSec },
    );
    const metrics = [{ query: 'q', series: [stepped('c.errors', 1, 90, { tags: ['service:other'] })] }];
    assert.equal(refinedOnset(onDeviation({ fineSeries: early, metrics }), NOW_MS), ONSET_MS);
    assert.equal(refinedOnset(onDeviation({ fineSeries: early }), NOW_MS), (startSec + 40 * 60) * 1000);
  });

  it('doubts a step that the alert took before its level was known', () => {
    const jump = (after: number) => [10, 12, 11, ...Array.from({ length: after }, (_, minute) => 30 + (minute % 3))];
    const startSec = (ONSET_MS - 3 * MINUTE_MS) / 1000 - 2 * 60;
    const young = series(jump(17), { metric: 'shop.latency', startSec });
    const metrics = [{ query: 'q', series: [stepped('c.errors', 1, 90, { tags: ['service:other'] })] }];
    assert.equal(refinedOnset(onDeviation({ fineSeries: young, metrics }), NOW_MS), ONSET_MS);
  });

  it('is the same where the alert is said to have fired two minutes before or after', () => {
    const metrics = [{ query: 'q', series: [stepped('c.errors', 1, 90, { tags: ['service:other'] })] }];
    const found = onDeviation({ metrics });
    for (const minutes of [-2, -1, 0, 1, 2]) {
      const alert = { ...found.opening.alert, firedAtMs: ONSET_MS + minutes * MINUTE_MS };
      assert.equal(refinedOnset({ ...found, opening: { ...found.opening, alert } }, NOW_MS), ONSET_MS, `${minutes} min`);
    }
  });
});
