import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planQueries } from '../../../src/datadog/metricQuery';

const formulasOf = (...queries: string[]) => planQueries(queries).formulas.map(({ formula }) => formula);
const leavesOf = (...queries: string[]) => planQueries(queries).leaves.map(({ query }) => query);

describe('planQueries', () => {
  it('leaves a plain query whole, with grouping and functions', () => {
    const query = 'p95:trace.express.request{service:a AND env:prod} by {resource_name}.rollup(max, 60).fill(zero)';
    assert.deepEqual(planQueries([query]), {
      leaves: [{ name: 'q0', metric: 'trace.express.request', query }],
      formulas: [{ formula: 'q0', metric: 'trace.express.request' }],
    });
  });

  it('makes an expression a formula over its plain queries', () => {
    const errors = 'sum:trace.web.errors{service:a}.as_count()';
    const hits = 'sum:trace.web.hits{service:a}.as_count()';
    assert.deepEqual(formulasOf(`100 * (${errors} / ${hits})`), ['100 * (q0 / q1)']);
    assert.deepEqual(leavesOf(`100 * (${errors} / ${hits})`), [errors, hits]);
  });

  it('keeps functions that wrap a query', () => {
    assert.deepEqual(formulasOf("anomalies(avg:a.b{*}, 'basic', 2)"), ["anomalies(q0, 'basic', 2)"]);
  });

  it('asks once for what several queries share', () => {
    assert.deepEqual(formulasOf('avg:a{*}', 'avg:a{*} / avg:b{*}', 'avg:b{*}'), ['q0', 'q0 / q1', 'q1']);
  });

  it('names the metric of an expression over one metric', () => {
    assert.deepEqual(
      planQueries(['avg:a{x:1} - avg:a{x:2}', 'avg:a{*} + avg:b{*}']).formulas.map(({ metric }) => metric),
      ['a', 'avg:a{*} + avg:b{*}'],
    );
  });

  it('hands on what it does not understand, for Datadog to refuse', () => {
    for (const query of ['nonsense', 'avg:a{never closed', '']) assert.deepEqual(leavesOf(query), [query]);
  });

  it('puts every plain query back where it stood', () => {
    const leaf = fc
      .tuple(
        fc.constantFrom('avg', 'sum', 'p99'),
        fc.stringMatching(/^[a-z][a-z0-9_.]{0,8}[a-z]$/),
        fc.constantFrom('{*}', '{a:b,c:d}', '{a IN (b,c)}'),
      )
      .chain(([agg, metric, filter]) =>
        fc.constantFrom('', ' by {host}', '.rollup(60)', ' by {a,b}.as_rate()').map((tail) => `${agg}:${metric}${filter}${tail}`),
      );
    const expression = fc
      .tuple(fc.array(leaf, { minLength: 1, maxLength: 4 }), fc.constantFrom(' / ', ' + ', ' - ', '*'))
      .map(([parts, op]) => parts.join(op));
    fc.assert(
      fc.property(fc.array(expression, { minLength: 1, maxLength: 4 }), (queries) => {
        const { leaves, formulas } = planQueries(queries);
        const byName = new Map(leaves.map(({ name, query }) => [name, query]));
        const restored = formulas.map(({ formula }) => formula.replace(/\bq\d+\b/g, (name) => byName.get(name) ?? name));
        assert.deepEqual(restored, queries);
        assert.equal(new Set(leaves.map(({ query }) => query)).size, leaves.length);
      }),
    );
  });
});
