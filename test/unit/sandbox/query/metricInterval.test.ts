import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HttpError } from '../../../../src/sandbox/http';
import { chooseIntervalSec, defaultIntervalSec, gridOf, termsOf } from '../../../../src/sandbox/query/metricInterval';
import { parseMetricQuery } from '../../../../src/sandbox/query/metricParser';
import { minutes, storeOf } from '../../../fakes/metricSources';

const hour = { fromMs: 0, toMs: 3_600_000 };

describe('defaultIntervalSec', () => {
  it('follows the table that Datadog documents', () => {
    const byLength = [300, 3600, 4 * 3600, 86_400, 7 * 86_400, 400 * 86_400].map((seconds) =>
      defaultIntervalSec({ fromMs: 0, toMs: seconds * 1000 }),
    );
    assert.deepEqual(byLength, [1, 20, 60, 300, 3600, 86_400]);
  });
});

describe('chooseIntervalSec', () => {
  const store = storeOf(
    { intervalSec: 60, points: minutes(0, 1) },
    { metric: 'slow', tags: ['a:1'], intervalSec: 300, points: minutes(0, 1) },
  );

  it('is never shorter than the slowest source reports', () => {
    assert.equal(chooseIntervalSec([parseMetricQuery('avg:m{*}')], store, hour, null), 60);
    assert.equal(chooseIntervalSec([parseMetricQuery('avg:m{*} + avg:slow{*}')], store, hour, null), 300);
    assert.equal(chooseIntervalSec([parseMetricQuery('avg:m{*}')], store, hour, 5), 60);
    assert.equal(chooseIntervalSec([parseMetricQuery('avg:m{*}')], store, hour, 600), 600);
  });

  it('looks only at sources that pass, and at terms without their own interval', () => {
    assert.equal(chooseIntervalSec([parseMetricQuery('avg:slow{a:2}')], store, hour, null), 20);
    assert.equal(chooseIntervalSec([parseMetricQuery('avg:slow{*}.rollup(900)')], store, hour, null), 20);
  });
});

describe('termsOf', () => {
  it('finds the metrics inside of functions and arithmetic', () => {
    assert.deepEqual(
      termsOf(parseMetricQuery('-abs(avg:a{*}) / (avg:b{*} + 1)')).map(({ metric }) => metric),
      ['a', 'b'],
    );
  });
});

describe('gridOf', () => {
  it('has aligned starts inside of the window, one interval apart', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 1e5 }),
        fc.constantFrom(1, 20, 60, 300),
        (fromSec, lengthSec, intervalSec) => {
          const grid = gridOf(
            { fromMs: fromSec * 1000, toMs: (fromSec + lengthSec) * 1000 },
            Math.max(intervalSec, Math.ceil(lengthSec / 9000)),
          );
          assert.ok(grid.length > 0);
          assert.ok((grid.at(-1) ?? 0) < fromSec + lengthSec);
          const step = Math.max(intervalSec, Math.ceil(lengthSec / 9000));
          for (const [at, sec] of grid.entries()) assert.equal(sec, (grid[0] ?? 0) + at * step);
          assert.equal((grid[0] ?? 0) % step, 0);
        },
      ),
    );
  });

  it('begins with the first whole interval, or with the only one there is', () => {
    assert.deepEqual(gridOf({ fromMs: 30_000, toMs: 150_000 }, 60), [60, 120]);
    assert.deepEqual(gridOf({ fromMs: 30_000, toMs: 50_000 }, 60), [0]);
  });

  it('refuses more points than it should make', () => {
    assert.throws(
      () => gridOf({ fromMs: 0, toMs: 86_400_000 }, 1),
      (error: unknown) => error instanceof HttpError && error.status === 400,
    );
  });
});
