import assert from 'node:assert/strict';
import { evaluateFormulas, formulaRequestSchema } from '../../../../src/sandbox/api/formulaQueries';
import { pointsOf } from '../../../fakes/metricSources';
import { filledStore, NOW_MS } from '../../../fakes/sandboxTelemetry';

const store = filledStore();
const context = { store, clock: store.clock };
const request = { window: { fromMs: NOW_MS - 3_600_000, toMs: NOW_MS }, wantedIntervalSec: null };

describe('evaluateFormulas', () => {
  it('names queries without a name by their place', () => {
    const queries = [
      { data_source: 'metrics' as const, query: 'avg:system.cpu.user{host:node-1}' },
      { data_source: 'metrics' as const, query: 'avg:system.cpu.user{host:node-2}' },
    ];
    const [answer] = evaluateFormulas({ ...request, queries, formulas: [{ formula: 'query1 - query0' }] }, context, 'scalar');
    assert.deepEqual(answer?.series.map(pointsOf), [[[(NOW_MS - 3_600_000) / 1000, 70]]]);
  });

  it('gives all queries of a request one interval, so that formulas can join them', () => {
    const queries = [
      { data_source: 'metrics' as const, name: 'cpu', query: 'avg:system.cpu.user{host:node-1}' },
      { data_source: 'metrics' as const, name: 'hits', query: 'sum:trace.express.request.hits{*}.as_count()' },
    ];
    const [answer] = evaluateFormulas({ ...request, queries, formulas: [{ formula: 'hits / cpu' }] }, context, 'timeseries');
    assert.equal(answer?.series[0]?.intervalSec, 60);
    assert.ok((answer?.series[0]?.secs.length ?? 0) > 50);
  });
});

describe('formulaRequestSchema', () => {
  it('is strict on the type of the request and on data sources', () => {
    const schema = formulaRequestSchema('scalar_request');
    const attributes = { from: 0, to: 1, queries: [{ data_source: 'metrics', query: 'avg:m{*}', name: 'a' }] };
    assert.equal(schema.safeParse({ data: { type: 'scalar_request', attributes } }).success, true);
    assert.equal(schema.safeParse({ data: { type: 'timeseries_request', attributes } }).success, false);
    const refused = schema.safeParse({
      data: { type: 'scalar_request', attributes: { ...attributes, queries: [{ data_source: 'slo' }] } },
    });
    assert.match(refused.error?.issues[0]?.message ?? '', /metrics, logs, spans, events only/);
  });
});
