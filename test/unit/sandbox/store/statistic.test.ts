import assert from 'node:assert/strict';
import { preferStatistic, statisticOf } from '../../../../src/sandbox/store/statistic';
import type { MetricSource, SpaceAggregator } from '../../../../src/sandbox/store/store';

const source = (tags: string[], type: MetricSource['type'] = 'gauge'): MetricSource => ({
  metric: 'latency',
  unit: null,
  type,
  tags,
  intervalSec: 60,
  rollup: () => [],
});

const chosen = (sources: readonly MetricSource[], method: SpaceAggregator) =>
  preferStatistic(sources, method).map(({ tags }) => statisticOf(tags));

describe('statistic tags', () => {
  const recorded = ['average', 'p50', 'p95', 'p99', 'sum'].map((name) => source(['service:a', `statistic:${name}`]));

  it('answer the aggregator that they are named after', () => {
    assert.deepEqual(chosen(recorded, 'avg'), ['average']);
    assert.deepEqual(chosen(recorded, 'p95'), ['p95']);
    assert.deepEqual(chosen(recorded, 'sum'), ['sum']);
    assert.deepEqual(chosen(recorded, 'max'), ['p99']);
  });

  it('give way to an untagged source, but for percentiles that it cannot answer', () => {
    const both = [source(['service:a']), ...recorded];
    assert.deepEqual(chosen(both, 'avg'), ['']);
    assert.deepEqual(chosen(both, 'p95'), ['p95']);
    assert.deepEqual(chosen([source(['service:a'], 'distribution'), ...recorded], 'p95'), ['']);
  });

  it('stay when a query left only one of them', () => {
    assert.deepEqual(chosen([source(['service:a', 'statistic:p95'])], 'avg'), ['p95']);
  });

  it('are weighed for each set of other tags by itself', () => {
    const sources = [
      source(['service:a', 'statistic:average']),
      source(['service:a', 'statistic:p99']),
      source(['statistic:p99', 'service:b']),
    ];
    assert.deepEqual(
      preferStatistic(sources, 'avg').map(({ tags }) => tags.join()),
      ['service:a,statistic:average', 'statistic:p99,service:b'],
    );
  });

  it('do nothing to metrics without them', () => {
    const plain = [source(['a:1']), source(['a:2'])];
    assert.equal(preferStatistic(plain, 'p99'), plain);
  });
});
