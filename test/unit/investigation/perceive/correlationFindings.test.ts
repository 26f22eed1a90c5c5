import assert from 'node:assert/strict';
import type { Point, TimeSeries } from '../../../../src/domain/timeSeries';
import { writeCorrelations } from '../../../../src/investigation/perceive/correlationFindings';
import { metricFindings } from '../../../../src/investigation/perceive/metricFindings';
import { createRun, gathered } from '../../../fakes/gathered';
import { NOW_MS, stepped } from '../../../fakes/incidents';
import { seededRandom } from '../../../fakes/seededSeries';

const MINUTE_MS = 60_000;
const COUNT = 120;

/** Values that wander, one a minute up to now, `late` minutes after the same values of others. */
function wandering(metric: string, { seed = 1, late = 0, factor = 1, tags = ['service:cart'] } = {}): TimeSeries {
  const { gaussian } = seededRandom(seed);
  const values = Array.from({ length: COUNT + 20 }, () => gaussian());
  const points = Array.from(
    { length: COUNT },
    (_, at): Point => [(NOW_MS - (COUNT - at) * MINUTE_MS) / 1000, 50 + factor * (values[at + 20 - late] ?? 0)],
  );
  return { metric, tags, unit: null, intervalSec: 60, points };
}
const read = (...series: TimeSeries[]) =>
  gathered({ fineSeries: wandering('shop.error_rate'), metrics: [{ query: 'avg:x{*} by {service}', series }] });

describe('writeCorrelations', () => {
  it('writes one fact that names what moves with the alert, and what moved first', () => {
    const run = createRun();
    const earlier = wandering('pool.wait', { late: -3 });
    const together = wandering('cart.errors', { factor: -5 });
    assert.equal(writeCorrelations(read(wandering('noise', { seed: 9 }), together, earlier), run), 2);
    const [fact, ...others] = run.evidence.all();
    assert.equal(others.length, 0);
    assert.equal(fact?.kind, 'metric');
    assert.match(
      fact?.summary ?? '',
      /^2 series move with shop\.error_rate of shop, among them cart · pool\.wait, 3 min before \(correlation 1\.00\)\.$/,
    );
    const detail = fact?.detail;
    assert.ok(detail?.kind === 'movingTogether');
    assert.deepEqual(detail.rows.map(({ title, leadSec, correlation }) => [title, leadSec, Math.sign(correlation)]).sort(), [
      ['cart · cart.errors', 0, -1],
      ['cart · pool.wait', 180, 1],
    ]);
  });

  it('writes nothing where nothing moves along, or there is no metric', () => {
    const run = createRun();
    assert.equal(writeCorrelations(read(wandering('noise', { seed: 9 }), stepped('flat', 7, 7)), run), 0);
    assert.equal(writeCorrelations(gathered({ metrics: [] }), run), 0);
    assert.deepEqual(run.evidence.all(), []);
  });

  it('does not name the alerting series itself', () => {
    const run = createRun();
    const self = { query: 'avg:shop.error_rate{service:shop}', series: [wandering('shop.error_rate')] };
    assert.equal(writeCorrelations({ ...read(wandering('shop.error_rate')), metrics: [self] }, run), 0);
    assert.equal(writeCorrelations(read(wandering('shop.error_rate', { factor: 2 })), run), 0);
  });

  it('leaves out what the alert is computed from, and one story told twice', () => {
    const run = createRun();
    const one = wandering('trace.http.request.errors', { factor: 2, tags: ['service:pay'] });
    const other = wandering('trace.express.request.errors', { factor: 3, tags: ['service:pay'] });
    const own = wandering('trace.express.request.errors', { factor: 4, tags: ['service:shop'] });
    const facts = read(one, other, own);
    const { query } = facts.opening;
    const opening = { ...facts.opening, query: query && { ...query, metrics: ['trace.express.request.errors'] } };
    assert.equal(writeCorrelations({ ...facts, opening }, run), 1);
    assert.match(run.evidence.all()[0]?.summary ?? '', /: pay · errors of (http|express)\.request, at the same time/);
  });

  it('names six at most', () => {
    const run = createRun();
    const many = Array.from({ length: 9 }, (_, index) => wandering(`m${index}`, { factor: index + 1 }));
    assert.equal(writeCorrelations(read(...many), run), 6);
  });

  it('compares only the likeliest of very many series at all lags', () => {
    const run = createRun();
    const together = wandering('cart.errors', { factor: -5 });
    const flat = Array.from({ length: 1600 }, (_, at) => stepped(`flat.${at}`, 7, 7));
    const facts = read(...flat, together);
    const metrics = metricFindings(facts, createRun());
    assert.equal(writeCorrelations(facts, run, metrics), 1, 'the last one is found, since it goes with the alert at the same time');
    assert.equal(writeCorrelations(facts, createRun()), 0, 'without knowing that, the last ones are left out');
  });
});
