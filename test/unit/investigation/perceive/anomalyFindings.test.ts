import assert from 'node:assert/strict';
import type { MetricFinding } from '../../../../src/diagnosis/findings';
import type { Point, TimeSeries } from '../../../../src/domain/timeSeries';
import { writeAnomalies } from '../../../../src/investigation/perceive/anomalyFindings';
import { metricFindings } from '../../../../src/investigation/perceive/metricFindings';
import { createRun, gathered } from '../../../fakes/gathered';
import { NOW_MS, ONSET_MS } from '../../../fakes/incidents';
import { seededRandom } from '../../../fakes/seededSeries';

const MINUTE_MS = 60_000;

/** Noise around 50, one value a minute up to now, with one spike `spikeMs` from the onset. */
function spiked(metric: string, spikeMs: number | null, { size = 60, seed = 1, count = 400 } = {}): TimeSeries {
  const { gaussian } = seededRandom(seed);
  const points = Array.from({ length: count }, (_, at): Point => {
    const atMs = NOW_MS - (count - at) * MINUTE_MS;
    const isSpike = spikeMs !== null && Math.abs(atMs - ONSET_MS - spikeMs) < MINUTE_MS / 2;
    return [atMs / 1000, 50 + gaussian() + (isSpike ? size : 0)];
  });
  return { metric, tags: ['service:cart'], unit: null, intervalSec: 60, points };
}
const read = (series: readonly TimeSeries[], alertSeries: TimeSeries | null = null) =>
  gathered({ alertSeries, metrics: [{ query: 'avg:x{*} by {service}', series }] });

function written(series: readonly TimeSeries[], alertSeries: TimeSeries | null = null) {
  const run = createRun();
  const facts = read(series, alertSeries);
  const metrics = metricFindings(facts, run);
  const before = run.evidence.all().length;
  const count = writeAnomalies(facts, metrics, run);
  const added = run.evidence.all().slice(before);
  assert.equal(added.length, count);
  return added;
}

describe('writeAnomalies', () => {
  it('writes a spike at the onset that no median shows, with the reason', () => {
    const [fact, ...others] = written([spiked('cart.queue', 2 * MINUTE_MS), spiked('cart.cpu', null, { seed: 2 })]);
    assert.equal(others.length, 0);
    assert.equal(fact?.kind, 'metric');
    assert.match(fact?.summary ?? '', /^Unusual: cart\.queue of cart, 1\d\d at \d\d:\d\d UTC, .+ above the median \(score \d\.\d\d\)\.$/);
    assert.deepEqual(fact?.value, { ...Object(fact?.value), metric: 'cart.queue', direction: 'above' });
  });

  it('leaves out what lies long before the onset, what has too little history, and what is a fact already', () => {
    assert.deepEqual(written([spiked('cart.queue', -60 * MINUTE_MS)]), []);
    assert.deepEqual(written([spiked('cart.queue', 2 * MINUTE_MS, { count: 45 })]), []);
    const run = createRun();
    const known: MetricFinding[] = metricFindings(read([spiked('cart.queue', 2 * MINUTE_MS)]), run).map((one) => ({
      ...one,
      evidence: 'E1',
    }));
    assert.equal(writeAnomalies(read([]), known, run), 0);
  });

  it('leaves out what plainly got worse: that is told by its medians, or by those of others', () => {
    const { gaussian } = seededRandom(3);
    const points = spiked('cart.errors', null).points.map(([sec]): Point => [sec, 5 + gaussian() / 10 + (sec * 1000 >= ONSET_MS ? 60 : 0)]);
    const facts = read([{ ...spiked('cart.errors', null), points }]);
    const metrics = metricFindings(facts, createRun()).map((finding) => ({ ...finding, evidence: null }));
    assert.ok(metrics.some(({ change }) => change.score >= 1));
    assert.equal(writeAnomalies(facts, metrics, createRun()), 0);
  });

  it('writes three of many, the most unusual ones', () => {
    const many = Array.from({ length: 6 }, (_, index) => spiked(`m${index}`, 2 * MINUTE_MS, { size: 12 + 4 * index, seed: index + 1 }));
    const facts = written(many);
    assert.equal(facts.length, 3);
  });

  it('says that the alerting metric was unusual before this incident', () => {
    const [fact, ...others] = written([], spiked('shop.error_rate', -120 * MINUTE_MS));
    assert.equal(others.length, 0);
    assert.match(
      fact?.summary ?? '',
      /^shop\.error_rate of shop was unusual 1 time before this incident, last at \d\d:\d\d UTC: 1\d\d, .+\.$/,
    );
    assert.deepEqual(written([], spiked('shop.error_rate', 2 * MINUTE_MS)), []);
  });
});
