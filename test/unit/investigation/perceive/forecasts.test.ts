import assert from 'node:assert/strict';
import type { InvestigationEvent } from '../../../../src/domain/investigation';
import type { ForecastRequest } from '../../../../src/domain/ports';
import type { TimeSeries } from '../../../../src/domain/timeSeries';
import type { Gathered } from '../../../../src/investigation/gathered';
import { parseMonitorQuery } from '../../../../src/investigation/monitorQuery';
import { MAX_FORECASTS, readForecasts } from '../../../../src/investigation/perceive/forecasts';
import { Run } from '../../../../src/investigation/run';
import { createStatisticalForecaster } from '../../../../src/signals/forecast/statistical';
import { gathered } from '../../../fakes/gathered';
import { monitor, NOW_MS, stepped } from '../../../fakes/incidents';
import { createFakeTelemetry } from '../../../fakes/telemetry';

function open(answer = createStatisticalForecaster().forecastAll, signal = new AbortController().signal) {
  const asked: ForecastRequest[] = [];
  const events: InvestigationEvent[] = [];
  const telemetry = createFakeTelemetry({});
  const run = new Run(
    {
      telemetry,
      repositories: [],
      clock: { nowMs: () => NOW_MS },
      log: { info: () => undefined, error: () => undefined },
      forecaster: {
        forecast: () => Promise.reject(new Error('one at a time is slow')),
        forecastAll: (requests, ...rest) => {
          asked.push(...requests);
          return answer(requests, ...rest);
        },
      },
    },
    (event) => events.push(event),
    signal,
  );
  return { run, asked, events, telemetry };
}

const alertSeries = stepped('shop.error_rate', 1, 40);
const read = (query: string, ...series: readonly TimeSeries[]): Gathered['metrics'][number] => ({ query, series });
const all = (...metrics: Gathered['metrics']) => gathered({ alertSeries, metrics: [...metrics] });
const titles = (asked: readonly ForecastRequest[]) => asked.map(({ title }) => title);

describe('readForecasts', () => {
  it('forecasts the metric of the alert first, with its threshold and its unit', async () => {
    const { run, asked, telemetry } = open();
    const [forecast] = await readForecasts(all(), run);
    assert.deepEqual(
      asked.map(({ id, title, threshold, isBelow, query }) => [id, title, threshold, isBelow, query]),
      [['F1', 'shop · shop.error_rate', 5, false, 'avg:shop.error_rate{service:shop}']],
    );
    assert.deepEqual([forecast?.unit, forecast?.tags, forecast?.p10.length], ['percent', ['service:shop'], 60]);
    assert.deepEqual(telemetry.asked, []);
  });

  it('says that the monitor alerts below its threshold', async () => {
    const { run, asked } = open();
    const below = gathered({ alertSeries });
    const query = parseMonitorQuery(monitor({ query: 'avg(last_5m):avg:shop.error_rate{service:shop} < 5' }).query);
    await readForecasts({ ...below, opening: { ...below.opening, query } }, run);
    assert.equal(asked[0]?.isBelow, true);
  });

  it('adds what changed most for the worse, once a metric and service, named for people, without a threshold', async () => {
    const { run, asked } = open();
    const latency = (service: string, now: number) =>
      stepped('trace.express.request', 50, now, { unit: 'millisecond', tags: [`service:${service}`] });
    await readForecasts(
      all(
        read('p95:trace.express.request{*} by {service}', latency('web', 300), latency('cart', 900), latency('calm', 51)),
        read('sum:trace.express.request.errors{*} by {service}.as_count()', stepped('trace.express.request.errors', 1, 30, { unit: null })),
        read('avg:system.disk.used{*} by {host}', stepped('system.disk.used', 40, 99, { tags: ['host:h1'] })),
      ),
      run,
    );
    assert.equal(asked[0]?.title, 'shop · shop.error_rate');
    assert.deepEqual(titles(asked.slice(1)).toSorted(), [
      'cart · p95 latency of express.request',
      'shop · errors of express.request',
      'system.disk.used · h1',
      'web · p95 latency of express.request',
    ]);
    const latencies = titles(asked).filter((title) => title.includes('latency'));
    assert.deepEqual(latencies, ['cart · p95 latency of express.request', 'web · p95 latency of express.request']);
    assert.deepEqual(
      asked.slice(1).map(({ threshold }) => threshold),
      [null, null, null, null],
    );
  });

  it("leaves out the alert's own metric, which is read by service too", async () => {
    const { run, asked } = open();
    await readForecasts(
      all(read('avg:shop.error_rate{*} by {service}', alertSeries, stepped('shop.error_rate', 1, 30, { tags: ['service:web'] }))),
      run,
    );
    assert.deepEqual(titles(asked), ['shop · shop.error_rate', 'web · shop.error_rate']);
  });

  it('takes six at most', async () => {
    const { run, asked } = open();
    const many = Array.from({ length: 20 }, (_, index) => stepped(`m${index}.errors`, 1, 90));
    const forecasts = await readForecasts(all(read('avg:x{*} by {service}', ...many)), run);
    assert.deepEqual([asked.length, forecasts.length], [MAX_FORECASTS, MAX_FORECASTS]);
    assert.deepEqual(
      forecasts.map(({ id }) => id),
      ['F1', 'F2', 'F3', 'F4', 'F5', 'F6'],
    );
  });

  it('leaves out what has too little history or ended long ago', async () => {
    const { run, asked } = open();
    const short = stepped('short.errors', 1, 90);
    const old = stepped('old.errors', 1, 90);
    await readForecasts(
      all(read('avg:x{*}', { ...short, points: short.points.slice(-40) }, { ...old, points: old.points.slice(0, -30) })),
      run,
    );
    assert.deepEqual(titles(asked), ['shop · shop.error_rate']);
  });

  it('forecasts nothing from two values or none, and then asks nobody', async () => {
    const { run, asked, events } = open();
    for (const points of [[], alertSeries.points.slice(-2)])
      assert.deepEqual(await readForecasts(gathered({ alertSeries: { ...alertSeries, points } }), run), []);
    assert.deepEqual(await readForecasts(gathered(), run), []);
    assert.deepEqual([asked, events], [[], []]);
  });

  it('forecasts others where the alert is no metric', async () => {
    const { run, asked } = open();
    await readForecasts(
      gathered({ alertQuery: null, metrics: [read('avg:cpu.usage{*} by {service}', stepped('cpu.usage', 20, 90))] }),
      run,
    );
    assert.deepEqual(titles(asked), ['shop · cpu.usage']);
    assert.equal(asked[0]?.id, 'F1');
  });

  it('does not take an unfinished count for a drop', async () => {
    const { run, asked } = open();
    const alertQuery = 'sum:shop.orders{service:shop}.as_count()';
    const points = [...alertSeries.points, [NOW_MS / 1000, 0] as const];
    await readForecasts(gathered({ alertQuery, alertSeries: { ...alertSeries, points } }), run);
    assert.equal(asked[0]?.series.points.at(-1)?.[0], NOW_MS / 1000 - 60);
  });

  it('tells how far it is when there are several', async () => {
    const { run, events } = open();
    await readForecasts(all(read('avg:x{*}', stepped('a.errors', 1, 90), stepped('b.errors', 1, 80))), run);
    const notes = events.flatMap((event) => (event.kind === 'stage' && event.status === 'running' ? [event.note] : []));
    assert.deepEqual(notes, ['Forecast 1 of 3 series', 'Forecast 2 of 3 series', 'Forecast 3 of 3 series']);
  });

  it('costs only the forecasts when it fails, and names the problem', async () => {
    const { run } = open(() => Promise.reject(new Error('broken')));
    assert.deepEqual(await readForecasts(all(), run), []);
    assert.equal(run.problems.length, 1);
  });

  it('stops when the run is cancelled', async () => {
    const controller = new AbortController();
    const { run } = open(
      (_, signal) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      controller.signal,
    );
    const reading = readForecasts(all(), run);
    controller.abort();
    await assert.rejects(reading, { kind: 'cancelled' });
  });
});
