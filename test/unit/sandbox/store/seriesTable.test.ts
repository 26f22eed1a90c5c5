import assert from 'node:assert/strict';
import type { TimeSeries } from '../../../../src/domain/timeSeries';
import { createSettableClock } from '../../../../src/sandbox/clock';
import { createSeriesTable } from '../../../../src/sandbox/store/seriesTable';

const series = (points: TimeSeries['points'], over: Partial<TimeSeries> = {}): TimeSeries => ({
  metric: 'queue.depth',
  tags: ['service:a'],
  unit: null,
  intervalSec: 10,
  points,
  ...over,
});

const window = { fromMs: 0, toMs: 1_000_000 };

describe('submitted series', () => {
  const clock = createSettableClock(1_000_000);
  beforeEach(() => clock.setNow(1_000_000));

  it('add counts of one second up, and replace gauges', () => {
    const table = createSeriesTable(clock);
    for (const type of ['count', 'gauge'] as const) {
      table.add(series([[10, 2]], { metric: type }), type);
      table.add(
        series(
          [
            [10, 5],
            [20, null],
          ],
          { metric: type },
        ),
        type,
      );
    }
    assert.deepEqual(table.sources('count')[0]?.rollup(window, 10, 'sum'), [[10, 7]]);
    assert.deepEqual(table.sources('gauge')[0]?.rollup(window, 10, 'avg'), [[10, 5]]);
  });

  it('are told apart by their tags, whatever the order of the tags', () => {
    const table = createSeriesTable(clock);
    table.add(series([[10, 1]], { tags: ['a:1', 'b:2'] }), 'gauge');
    table.add(series([[20, 2]], { tags: ['b:2', 'a:1'] }), 'gauge');
    table.add(series([[20, 2]], { tags: ['a:1'] }), 'gauge');
    assert.equal(table.sources('queue.depth').length, 2);
    assert.equal(table.sources('queue.depth')[0]?.rollup(window, 10, 'avg').length, 2);
  });

  it('say by how many points they grew', () => {
    const table = createSeriesTable(clock);
    assert.equal(
      table.add(
        series([
          [10, 1],
          [20, 1],
        ]),
        'gauge',
      ),
      2,
    );
    assert.equal(
      table.add(
        series([
          [20, 3],
          [30, 1],
        ]),
        'gauge',
      ),
      1,
    );
    assert.equal(table.dropBefore(25), 2);
  });

  it('go when all of their points went', () => {
    const table = createSeriesTable(clock);
    table.add(series([[10, 1]]), 'gauge');
    table.dropBefore(100);
    assert.deepEqual(table.sources('queue.depth'), []);
    assert.deepEqual([...table.names(0)], []);
  });

  it('answer percentiles only where they are distributions or recorded percentiles', () => {
    const table = createSeriesTable(clock);
    table.add(series([[10, 1]], { metric: 'gauge' }), 'gauge');
    table.add(series([[10, 9]], { metric: 'recorded', tags: ['statistic:p95'] }), 'gauge');
    table.add(
      series(
        [
          [10, 4],
          [10, 4],
          [10, 4],
        ],
        { metric: 'spread' },
      ),
      'distribution',
    );
    const p95 = (metric: string) => table.sources(metric)[0]?.rollup(window, 10, 'p95');
    assert.deepEqual(p95('gauge'), []);
    assert.deepEqual(p95('recorded'), [[10, 9]]);
    assert.deepEqual(p95('spread'), [[10, 4]]);
    assert.deepEqual(table.sources('recorded')[0]?.rollup(window, 10, 'p99'), []);
  });

  it('reduce histograms to five metrics, as the agent does', () => {
    const table = createSeriesTable(clock);
    table.add(
      series(
        [1, 2, 3, 4, 100].map((value) => [12, value] as const),
        { metric: 'took', unit: 'millisecond' },
      ),
      'histogram',
    );
    const value = (metric: string) => table.sources(metric)[0]?.rollup(window, 10, 'avg')[0]?.[1];
    assert.deepEqual(table.sources('took'), []);
    assert.equal(value('took.avg'), 22);
    assert.equal(value('took.count'), 5);
    assert.equal(value('took.max'), 100);
    assert.ok(Math.abs((value('took.median') ?? 0) - 3) < 0.03);
    assert.deepEqual([...table.names(0)].sort(), ['took.95percentile', 'took.avg', 'took.count', 'took.max', 'took.median']);
  });

  it('are invisible where they are later than now', () => {
    const table = createSeriesTable(clock);
    table.add(
      series([
        [10, 1],
        [500, 2],
      ]),
      'gauge',
    );
    clock.setNow(100_000);
    assert.deepEqual(table.sources('queue.depth')[0]?.rollup(window, 10, 'avg'), [[10, 1]]);
    assert.deepEqual([...table.names(400)], []);
    clock.setNow(600_000);
    assert.deepEqual([...table.names(400)], ['queue.depth']);
  });
});
