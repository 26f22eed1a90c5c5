import assert from 'node:assert/strict';
import { askOf } from '../../../fakes/apiCalls';
import { filledStore, NOW_MS } from '../../../fakes/sandboxTelemetry';

interface Timeseries {
  readonly data: {
    readonly attributes: {
      readonly series: readonly { group_tags: string[]; query_index: number; unit: unknown }[];
      readonly times: number[];
      readonly values: (number | null)[][];
    };
  };
}
interface Scalar {
  readonly data: {
    readonly attributes: {
      readonly columns: readonly {
        name: string;
        type: string;
        values: unknown[];
        meta?: { unit: [{ name: string } | null, unknown] | null };
      }[];
    };
  };
}

const ask = askOf(filledStore());
const hour = { from: NOW_MS - 3_600_000, to: NOW_MS };
const metric = (query: string, name = 'a') => ({ data_source: 'metrics', query, name });
const timeseries = (attributes: object) =>
  ask<Timeseries>('POST', '/api/v2/query/timeseries', { data: { type: 'timeseries_request', attributes: { ...hour, ...attributes } } });
const scalar = async (attributes: object) => {
  const { body } = await ask<Scalar>('POST', '/api/v2/query/scalar', {
    data: { type: 'scalar_request', attributes: { ...hour, ...attributes } },
  });
  return body.data.attributes.columns.map(({ name, values }) => [name, values]);
};
const hits = 'sum:trace.express.request.hits{service:checkout}.as_count()';
const errors = 'sum:trace.express.request.errors{service:checkout}.as_count()';

describe('the timeseries query', () => {
  it('puts the series of all formulas on one time axis', async () => {
    const queries = [metric('avg:system.cpu.user{host:node-1}.rollup(1200)'), metric('avg:system.cpu.user{*} by {host}.rollup(1800)', 'b')];
    const { attributes } = (await timeseries({ queries, formulas: [{ formula: 'a' }, { formula: 'b' }] })).body.data;
    assert.deepEqual(
      attributes.series.map(({ group_tags, query_index }) => [query_index, group_tags]),
      [
        [0, []],
        [1, ['host:node-1']],
        [1, ['host:node-2']],
      ],
    );
    assert.deepEqual(
      attributes.times,
      [0, 1200, 1800, 2400].map((sec) => NOW_MS - 3_600_000 + sec * 1000),
    );
    assert.deepEqual(attributes.values[0], [20.5, 20.5, null, 20.5]);
    assert.deepEqual(attributes.values[2], [90.5, null, 90.5, null]);
  });

  it('answers each query by itself without formulas', async () => {
    const { attributes } = (await timeseries({ queries: [metric('avg:system.cpu.user{*}'), metric(hits, 'b')] })).body.data;
    assert.deepEqual(
      attributes.series.map(({ query_index }) => query_index),
      [0, 1],
    );
  });

  it('takes the interval that was asked for, in milliseconds', async () => {
    const { attributes } = (await timeseries({ queries: [metric('avg:system.cpu.user{*}')], interval: 600_000 })).body.data;
    assert.equal((attributes.times[1] ?? 0) - (attributes.times[0] ?? 0), 600_000);
  });

  it('counts logs, spans and events by group', async () => {
    const queries = [
      {
        data_source: 'logs',
        name: 'a',
        compute: { aggregation: 'count', interval: 3_600_000 },
        search: { query: 'status:error' },
        group_by: [{ facet: 'service' }],
      },
      {
        data_source: 'spans',
        name: 'b',
        compute: { aggregation: 'max', metric: '@duration', interval: 3_600_000 },
        search: { query: '*' },
      },
      { data_source: 'events', name: 'c', compute: { aggregation: 'count', interval: 3_600_000 } },
    ];
    const { attributes } = (await timeseries({ queries })).body.data;
    assert.deepEqual(attributes.series[0]?.group_tags, ['service:checkout']);
    assert.deepEqual(attributes.values, [[6], [159_000_000], [2]]);
  });

  it('orders and limits the series of a formula by their mean', async () => {
    const first = async (order: string) =>
      (
        await timeseries({
          queries: [metric('avg:system.cpu.user{*} by {host}')],
          formulas: [{ formula: 'a', limit: { count: 1, order } }],
        })
      ).body.data.attributes.series.map(({ group_tags }) => group_tags[0]);
    assert.deepEqual(await first('desc'), ['host:node-2']);
    assert.deepEqual(await first('asc'), ['host:node-1']);
  });

  it('refuses what it does not have instead of answering nothing', async () => {
    for (const attributes of [
      { queries: [{ data_source: 'apm_metrics', name: 'a', stat: 'hits', service: 'x' }] },
      { queries: [{ data_source: 'rum', name: 'a', compute: { aggregation: 'count' } }] },
      { queries: [{ data_source: 'logs', name: 'a', compute: { aggregation: 'latest' } }] },
      { queries: [metric('p95:system.cpu.user{*}')] },
      { queries: [metric('avg:system.cpu.user{*}')], formulas: [{ formula: 'b' }] },
      { queries: [{ data_source: 'metrics', name: 'a' }] },
      { queries: [] },
      { queries: [metric('avg:system.cpu.user{*}')], from: NOW_MS, to: NOW_MS },
    ]) {
      const answer = await timeseries(attributes);
      assert.deepEqual([answer.status, answer.shape], [400, 'classic'], JSON.stringify(attributes));
    }
  });
});

describe('the scalar query', () => {
  it('reduces each query by its aggregator before the formula', async () => {
    const of = (aggregator: string) =>
      scalar({ queries: [{ ...metric('avg:system.cpu.user{host:node-1}'), aggregator }], formulas: [{ formula: 'a' }] });
    assert.deepEqual(await of('min'), [['a', [20]]]);
    assert.deepEqual(await of('last'), [['a', [21]]]);
    assert.deepEqual(await of('avg'), [['a', [20.5]]]);
    const ratio = await scalar({
      queries: [
        { ...metric(errors), aggregator: 'sum' },
        { ...metric(hits, 'b'), aggregator: 'sum' },
      ],
      formulas: [{ formula: '100 * a / b' }],
    });
    assert.deepEqual(ratio, [['100 * a / b', [10]]]);
  });

  it('has a column a group key and a formula, a row a group', async () => {
    const queries = [metric('max:system.cpu.user{*} by {host}'), metric('max:system.cpu.user{host:node-2} by {host}', 'b')];
    assert.deepEqual(await scalar({ queries, formulas: [{ formula: 'a' }, { formula: 'b' }] }), [
      ['host', [['node-1'], ['node-2']]],
      ['a', [20.5, 90.5]],
      ['b', [null, 90.5]],
    ]);
  });

  it('computes events over the whole window, not over intervals', async () => {
    const compute = { aggregation: 'avg', metric: '@http.status_code' };
    assert.deepEqual(
      await scalar({ queries: [{ data_source: 'logs', name: 'a', compute, search: { query: '*' } }], formulas: [{ formula: 'a' }] }),
      [['a', [230]]],
    );
  });

  it('fills nothing in with zero when told to', async () => {
    assert.deepEqual(await scalar({ queries: [metric('avg:none{*}')], formulas: [{ formula: 'a' }] }), [['a', []]]);
    assert.deepEqual(
      await scalar({ queries: [metric('avg:none{*}')], formulas: [{ formula: 'default_zero(a)' }] }),
      [['a', [0]]].map(([, values]) => ['default_zero(a)', values]),
    );
  });
});
