import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MetricExpression, MetricTerm, TagFilter } from '../../../../src/sandbox/query/metricAst';
import { printFilter, printMetric } from '../../../../src/sandbox/query/metricAst';
import { parseTagFilter } from '../../../../src/sandbox/query/metricFilter';
import { parseMetricQuery } from '../../../../src/sandbox/query/metricParser';

const plain = fc
  .string({ unit: fc.constantFrom('a', 'b', '1', '-', ':', '/', ' ', ',', '}', '"', '\\', '(', 'é'), minLength: 1, maxLength: 5 })
  .filter((text) => text === text.trim());
const wildcard = fc.constant({ wildcard: '*' as const });
const simple = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', '.'), minLength: 1, maxLength: 3 });
const valueArbitrary = fc.oneof(
  plain.map((text) => [text]),
  fc.tuple(simple, wildcard).map((parts) => [...parts]),
  fc.tuple(wildcard, simple, wildcard).map((parts) => [...parts]),
);
const tagArbitrary: fc.Arbitrary<TagFilter> = fc.oneof(
  fc.constant<TagFilter>({ kind: 'all' }),
  fc
    .tuple(fc.constantFrom('env', 'peer.service', 'k8s-pod'), fc.option(valueArbitrary))
    .map(([key, value]): TagFilter => ({ kind: 'tag', key, value })),
);
const filterArbitrary: fc.Arbitrary<TagFilter> = fc.letrec<{ filter: TagFilter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tagArbitrary,
    tie('filter').map((of): TagFilter => ({ kind: 'not', of })),
    fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map((of) => group('and', of)),
    fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map((of) => group('or', of)),
  ),
})).filter;
const group = (kind: 'and' | 'or', of: readonly TagFilter[]): TagFilter => ({
  kind,
  of: of.flatMap((part) => (part.kind === kind ? part.of : [part])),
});

const ROLLUPS: readonly MetricTerm['rollup'][] = [
  null,
  { method: 'max', intervalSec: 60 },
  { method: null, intervalSec: 30 },
  { method: 'sum', intervalSec: null },
];
const MODIFIERS: readonly MetricTerm['as'][] = [null, 'rate', 'count'];
const FILLS: readonly MetricTerm['fill'][] = [null, 'null', 'zero', 'last', 'linear'];
const termArbitrary: fc.Arbitrary<MetricExpression> = fc.record(
  {
    kind: fc.constant('metric' as const),
    aggregator: fc.constantFrom('avg' as const, 'sum' as const, 'p95' as const),
    metric: fc.constantFrom('m', 'trace.express.request', 'a_b.c1'),
    filter: filterArbitrary,
    by: fc.uniqueArray(fc.constantFrom('host', 'peer.service', 'k8s-pod'), { maxLength: 2 }),
    rollup: fc.constantFrom(...ROLLUPS),
    as: fc.constantFrom(...MODIFIERS),
    fill: fc.constantFrom(...FILLS),
  },
  { noNullPrototype: true },
);
const expressionArbitrary: fc.Arbitrary<MetricExpression> = fc.letrec<{ expression: MetricExpression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    termArbitrary,
    fc.constantFrom(0, 1.5, 100).map((value): MetricExpression => ({ kind: 'number', value })),
    tie('expression').map((of): MetricExpression => ({ kind: 'negate', of })),
    tie('expression').map((of): MetricExpression => ({ kind: 'call', name: 'abs', of, argument: null })),
    tie('expression').map((of): MetricExpression => ({ kind: 'call', name: 'timeshift', of, argument: -60 })),
    fc
      .tuple(fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const), tie('expression'), tie('expression'))
      .map(([operator, left, right]): MetricExpression => ({ kind: 'arithmetic', operator, left, right })),
  ),
})).expression;

describe('printMetric', () => {
  it('writes a query that parses to the same query', () => {
    fc.assert(
      fc.property(expressionArbitrary, (expression) => assert.deepEqual(parseMetricQuery(printMetric(expression)), expression)),
      { numRuns: 500 },
    );
  });

  it('writes names of queries as they are', () => {
    assert.equal(printMetric({ kind: 'reference', name: 'a' }), 'a');
  });
});

describe('printFilter', () => {
  it('writes a filter that parses to the same filter', () => {
    fc.assert(
      fc.property(filterArbitrary, (filter) => assert.deepEqual(parseTagFilter(printFilter(filter)), filter)),
      { numRuns: 500 },
    );
  });

  it('writes plain conditions with commas, as Datadog does', () => {
    assert.equal(printFilter(parseTagFilter('env:prod AND NOT host:a')), 'env:prod,!host:a');
  });
});
