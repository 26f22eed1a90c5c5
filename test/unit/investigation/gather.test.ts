import assert from 'node:assert/strict';
import type { EventQuery } from '../../../src/domain/ports';
import { gather } from '../../../src/investigation/gather';
import { createRun } from '../../fakes/gathered';
import { errorBurst, monitor, NOW_MS, ONSET_MS, repository, stepped } from '../../fakes/incidents';
import type { FakeTelemetry, World } from '../../fakes/telemetry';

const MINUTE_MS = 60_000;

async function read(world: World) {
  const run = createRun(world, [repository()]);
  const gathered = await gather({ kind: 'monitor', id: 1 }, run);
  const { asked } = run.deps.telemetry as FakeTelemetry;
  const searches = (method: string) => asked.filter((call) => call.method === method).map(({ question }) => question as EventQuery);
  return { gathered, asked, searches };
}

describe('gather', () => {
  it('asks each source once or for both times, at most thirteen times', async () => {
    const { asked, searches } = await read(errorBurst());
    assert.ok(asked.length <= 13, `${asked.length}`);
    assert.equal(searches('searchLogs').length, 3);
    assert.equal(searches('searchSpans').length, 3);
  });

  it('cuts the time at the onset that the alerting metric shows', async () => {
    const { gathered, searches } = await read(errorBurst());
    assert.equal(gathered.onsetMs, ONSET_MS);
    assert.deepEqual(
      searches('searchSpans').map(({ window }) => window),
      [gathered.windows.incident, gathered.windows.incident, gathered.windows.baseline],
    );
  });

  it('takes the evaluated time before the alert where the metric shows no step', async () => {
    const { gathered } = await read({ monitors: [monitor()] });
    assert.equal(gathered.onsetMs, null);
    assert.equal(gathered.windows.incident.fromMs, NOW_MS - 7 * MINUTE_MS - 5 * MINUTE_MS);
  });

  it('takes the first lasting breach of the threshold where there is no step', async () => {
    const rising = stepped('shop.error_rate', 1, 1);
    const points = rising.points.map(([at], index) => [at, index < 116 ? 1 + (index % 2) * 3 : 7] as const);
    const { gathered } = await read({ monitors: [monitor()], series: [{ ...rising, points }] });
    assert.ok(gathered.onsetMs !== null && gathered.onsetMs >= NOW_MS - 5 * MINUTE_MS);
  });

  it('asks for the service and errors of all, oldest first, and for the alert in fine intervals too', async () => {
    const { gathered, searches, asked } = await read(errorBurst());
    const [errors, spans] = searches('searchSpans');
    assert.deepEqual([errors?.query, errors?.oldestFirst], ['status:error', true]);
    assert.equal(spans?.query, 'service:shop');
    const batches = asked
      .filter(({ method }) => method === 'queryMetrics')
      .map(({ question }) => (question as { queries: string[] }).queries);
    assert.equal(batches.length, 2);
    assert.equal(batches[1]?.[0], gathered.alertQuery);
    assert.ok(gathered.fineSeries && gathered.alertSeries && gathered.fineSeries.points.length < gathered.alertSeries.points.length);
  });

  it('reads commits of two weeks with their repository', async () => {
    const { gathered } = await read(errorBurst());
    assert.deepEqual(
      gathered.commits.map(({ commit, repository: from }) => [commit.sha[0], from.name]),
      [
        ['b', 'shop'],
        ['a', 'shop'],
        ['1', 'shop'],
      ],
    );
  });

  it('leaves out a count that is still being filled, which would look like a drop', async () => {
    const hits = stepped('trace.web.hits', 100, 100, { intervalSec: 60 });
    const filling = [...hits.points, [NOW_MS / 1000 - 10, 3] as const];
    const { gathered } = await read({ monitors: [monitor()], series: [{ ...hits, points: filling }] });
    const kept = gathered.metrics.find(({ query }) => query.includes('trace.web.hits'))?.series[0];
    assert.equal(kept?.points.at(-1)?.[1], hits.points.at(-1)?.[1]);
  });
});
