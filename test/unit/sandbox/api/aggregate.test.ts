import assert from 'node:assert/strict';
import { aggregate, aggregateItems, computesSchema, facetOf, groupsSchema } from '../../../../src/sandbox/api/aggregate';
import { HttpError } from '../../../../src/sandbox/http';
import { logDocument } from '../../../../src/sandbox/query/searchDocuments';
import { log, NOW_MS } from '../../../fakes/sandboxTelemetry';

const window = { fromMs: NOW_MS - 600_000, toMs: NOW_MS };
const logs = [
  log({ timestampMs: NOW_MS - 500_000, service: 'a', attributes: { ms: 10, path: '/x' } }),
  log({ timestampMs: NOW_MS - 400_000, service: 'a', attributes: { ms: 30, path: '/y' } }),
  log({ timestampMs: NOW_MS - 50_000, service: 'b', attributes: { ms: 20, path: '/x' } }),
  log({ timestampMs: NOW_MS - 40_000, service: 'a', attributes: {} }),
];
const request = { items: logs, documentOf: logDocument, timeMs: ({ timestampMs }: { timestampMs: number }) => timestampMs, window };

describe('aggregateItems', () => {
  it('counts when nothing is said, and has no bucket of nothing', () => {
    assert.deepEqual(aggregateItems(request), [{ by: {}, computes: { c0: 4 } }]);
    assert.deepEqual(aggregateItems({ ...request, items: [] }), []);
  });

  it('groups by facets inside of facets', () => {
    const buckets = aggregateItems({ ...request, groupBy: [{ facet: 'service' }, { facet: '@path' }] });
    assert.deepEqual(
      buckets.map(({ by, computes }) => [by.service, by['@path'], computes.c0]),
      [
        ['a', '/x', 1],
        ['a', '/y', 1],
        ['b', '/x', 1],
      ],
    );
  });

  it('keeps items without the facet only under the value for missing ones', () => {
    const groupBy = [{ facet: '@path', missing: 'none' }];
    assert.deepEqual(
      aggregateItems({ ...request, groupBy }).map(({ by }) => by['@path']),
      ['/x', '/y', 'none'],
    );
    assert.equal(aggregateItems({ ...request, groupBy: [{ facet: '@path' }] }).length, 2);
  });

  it('limits groups, the largest first unless sorted otherwise', () => {
    const first = (group: object) =>
      aggregateItems({ ...request, groupBy: [{ facet: 'service', limit: 1, ...group }] }).map(({ by }) => by.service);
    assert.deepEqual(first({}), ['a']);
    assert.deepEqual(first({ sort: { type: 'alphabetical', order: 'desc' } }), ['b']);
    assert.deepEqual(first({ sort: { type: 'measure', aggregation: 'min', metric: '@ms', order: 'desc' } }), ['b']);
  });

  it('computes measures, as totals and along time', () => {
    const compute = [
      { aggregation: 'avg' as const, metric: '@ms' },
      { aggregation: 'count' as const, type: 'timeseries' as const, interval: '5m' },
    ];
    const [bucket] = aggregateItems({ ...request, compute });
    assert.equal(bucket?.computes.c0, 20);
    const start = Math.floor((NOW_MS - 500_000) / 300_000) * 300_000;
    assert.deepEqual(
      bucket?.computes.c1,
      [
        { time: new Date(start).toISOString(), value: 2 },
        { time: new Date(start + 300_000).toISOString(), value: 2 },
      ].filter(({ value }) => value > 0),
    );
  });

  it('refuses measures without a metric and intervals it cannot read', () => {
    const refused = (error: unknown) => error instanceof HttpError && error.status === 400;
    assert.throws(() => aggregateItems({ ...request, compute: [{ aggregation: 'sum' }] }), refused);
    assert.throws(
      () => aggregateItems({ ...request, compute: [{ aggregation: 'count', type: 'timeseries', interval: 'often' }] }),
      refused,
    );
  });
});

describe('aggregate', () => {
  const of = (aggregation: Parameters<typeof aggregate>[0]) => aggregate(aggregation, '@ms', logs, logDocument);

  it('knows every aggregation', () => {
    assert.deepEqual(
      (['count', 'cardinality', 'sum', 'avg', 'min', 'max', 'median', 'pc75'] as const).map(of),
      [4, 3, 60, 20, 10, 30, 20, 25],
    );
  });

  it('has no value where no item has the metric', () => {
    assert.equal(aggregate('avg', '@none', logs, logDocument), null);
  });
});

describe('the request schemas', () => {
  it('refuse aggregations and groupings that are not computed', () => {
    assert.equal(computesSchema.safeParse([{ aggregation: 'most_frequent' }]).success, false);
    assert.equal(groupsSchema.safeParse([{ facet: 'a', histogram: { interval: 1, min: 0, max: 2 } }]).success, false);
    assert.equal(groupsSchema.safeParse([{ facet: 'a', total: true }]).success, false);
    assert.equal(groupsSchema.safeParse([{ facet: 'a', total: false, limit: 5 }]).success, true);
  });
});

describe('facetOf', () => {
  it('tells attributes from tags by their @', () => {
    assert.equal(facetOf(logDocument(logs[0]!), '@path'), '/x');
    assert.equal(facetOf(logDocument(logs[0]!), 'path'), undefined);
  });
});
