import assert from 'node:assert/strict';
import type { Point } from '../../../../src/domain/timeSeries';
import { createFixedClock } from '../../../../src/sandbox/clock';
import { evaluateGroups, optionsOf } from '../../../../src/sandbox/monitors/monitorEvaluation';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';
import { log, NOW_MS, span } from '../../../fakes/sandboxTelemetry';

const clock = createFixedClock(NOW_MS);
const lastMinutes = (...values: readonly number[]): Point[] =>
  values.map((value, at) => [NOW_MS / 1000 - (values.length - at) * 60, value]);

function evaluate(body: Record<string, unknown>, fill: (store: ReturnType<typeof createTelemetryStore>) => void = () => undefined) {
  const store = createTelemetryStore({ clock });
  fill(store);
  return evaluateGroups({ body: { type: 'metric alert', ...body } }, { store, clock });
}

const gauge = (metric: string, tags: readonly string[], points: Point[]) => (store: ReturnType<typeof createTelemetryStore>) =>
  store.addSeries({ metric, tags, unit: null, intervalSec: 60, points }, 'gauge');
const count = (metric: string, points: Point[]) => (store: ReturnType<typeof createTelemetryStore>) =>
  store.addSeries({ metric, tags: [], unit: null, intervalSec: 10, points }, 'count');

describe('evaluateGroups', () => {
  it('reduces the points of the window', () => {
    const points = lastMinutes(100, 100, 1, 2, 3, 4, 5);
    for (const [aggregator, value] of [
      ['avg', 3],
      ['sum', 15],
      ['min', 1],
      ['max', 5],
      ['last', 5],
    ] as const)
      assert.deepEqual(evaluate({ query: `${aggregator}(last_5m):avg:m{*} > 100` }, gauge('m', [], points)), [
        { group: '*', value, state: 'OK' },
      ]);
  });

  it('judges by group, the worst first', () => {
    const groups = evaluate(
      { query: 'avg(last_5m):avg:m{*} by {host} > 80', options: { thresholds: { critical: 80, warning: 50 } } },
      (store) => {
        for (const [host, value] of [
          ['a', 10],
          ['b', 90],
          ['c', 60],
        ] as const)
          gauge('m', [`host:${host}`], lastMinutes(value, value))(store);
      },
    );
    assert.deepEqual(
      groups?.map(({ group, state }) => [group, state]),
      [
        ['host:b', 'Alert'],
        ['host:c', 'Warn'],
        ['host:a', 'OK'],
      ],
    );
  });

  it('divides the totals of counts, not their points', () => {
    const query = 'sum(last_5m):sum:errors{*}.as_count() / sum:hits{*}.as_count() > 0.1';
    const groups = evaluate({ query }, (store) => {
      count('errors', [[NOW_MS / 1000 - 200, 3]])(store);
      count('hits', [
        [NOW_MS / 1000 - 200, 3],
        [NOW_MS / 1000 - 100, 27],
      ])(store);
    });
    assert.deepEqual(groups, [{ group: '*', value: 0.1, state: 'OK' }]);
  });

  it('counts whole windows', () => {
    const points = Array.from({ length: 30 }, (_, at): Point => [NOW_MS / 1000 - 300 + at * 10, 1]);
    assert.equal(evaluate({ query: 'sum(last_5m):sum:hits{*}.as_count() > 5' }, count('hits', points))?.[0]?.value, 30);
  });

  it('looks back by the evaluation delay', () => {
    const points = lastMinutes(9, 9, 9, 9, 9, 1, 1, 1, 1, 1);
    assert.equal(
      evaluate({ query: 'avg(last_5m):avg:m{*} > 5', options: { evaluation_delay: 300 } }, gauge('m', [], points))?.[0]?.state,
      'Alert',
    );
  });

  it('counts logs and spans, by group too', () => {
    const logs = (store: ReturnType<typeof createTelemetryStore>) =>
      store.addLogs([log({ status: 'error' }), log({ status: 'error', service: 'payment' }), log({ status: 'error' }), log()]);
    const query = 'logs("status:error").index("*").rollup("count").by("service").last("5m") > 1';
    assert.deepEqual(evaluate({ type: 'log alert', query }, logs), [
      { group: 'service:checkout', value: 2, state: 'Alert' },
      { group: 'service:payment', value: 1, state: 'OK' },
    ]);
    const spans = (store: ReturnType<typeof createTelemetryStore>) => store.addSpans([span(), span({ spanId: '2', durationMs: 300 })]);
    const slow = 'trace-analytics("service:checkout").rollup("max", "@duration").last("5m") > 200000000';
    assert.equal(evaluate({ type: 'trace-analytics alert', query: slow }, spans)?.[0]?.state, 'Alert');
  });

  it('takes no events for a count of zero', () => {
    assert.deepEqual(evaluate({ type: 'log alert', query: 'logs("*").rollup("count").last("5m") > 1' }), [
      { group: '*', value: 0, state: 'OK' },
    ]);
  });

  it('says No Data only when it was asked to', () => {
    const query = 'avg(last_5m):avg:m{*} > 1';
    assert.deepEqual(evaluate({ query }), []);
    assert.equal(evaluate({ query, options: { notify_no_data: true } })?.[0]?.state, 'No Data');
    assert.equal(evaluate({ query, options: { on_missing_data: 'show_no_data' } })?.[0]?.state, 'No Data');
    assert.equal(evaluate({ query, options: { on_missing_data: 'resolve' } })?.[0]?.state, 'OK');
  });

  it('has no opinion on queries of other forms', () => {
    assert.equal(evaluate({ query: "avg(last_5m):anomalies(avg:m{*}, 'basic', 2) >= 1" }), null);
  });
});

describe('optionsOf', () => {
  it('is empty for a monitor without options', () => {
    assert.deepEqual(optionsOf({ query: 'x', options: null }), {});
    assert.deepEqual(optionsOf({ options: { a: 1 } }), { a: 1 });
  });
});
