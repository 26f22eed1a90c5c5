import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Point, TimeSeries } from '../../../../src/domain/timeSeries';
import { serviceCounts, serviceKey, sum } from '../../../../src/investigation/home/serviceCounts';

const window = { fromMs: 0, toMs: 300_000 };

function one(values: readonly Point[], tags = ['env:prod', 'service:checkout'], unit: string | null = null): TimeSeries {
  return { metric: 'm', tags, unit, intervalSec: 60, points: values };
}

const results = (...series: readonly TimeSeries[][]) => series.map((own) => ({ query: 'q', series: own }));

describe('the counts of services', () => {
  it('are requests, errors and p95 in milliseconds, step by step', () => {
    const hits = one([
      [0, 10],
      [120, 30],
    ]);
    const errors = one([[120, 3]]);
    const p95 = one([[0, 0.25]], undefined, 'second');
    const [counts, ...others] = serviceCounts(['a'], results([hits], [errors], [p95]), window, 60);
    assert.deepEqual(others, []);
    assert.deepEqual(counts, {
      service: 'checkout',
      env: 'prod',
      operation: 'a',
      fromSec: 0,
      stepSec: 60,
      hits: [10, 0, 30, 0, 0],
      errors: [0, 0, 3, 0, 0],
      p95Ms: [250, null, null, null, null],
    });
  });

  it('take durations in the unit that Datadog names', () => {
    for (const [unit, ms] of [
      ['nanosecond', 250e-6],
      ['millisecond', 250],
      [null, 250_000],
    ] as const) {
      const [counts] = serviceCounts(['a'], results([one([[0, 1]])], [], [one([[0, 250]], undefined, unit)]), window, 60);
      assert.equal(counts?.p95Ms[0], ms);
    }
  });

  it('are those of the operation by which requests come in, however many calls go out', () => {
    const few = one([[0, 5]]);
    const many = one([[0, 500]]);
    const [counts] = serviceCounts(['http.request', 'express.request'], results([many], [], [], [few], [], []), window, 60);
    assert.deepEqual([counts?.operation, sum(counts?.hits ?? [])], ['express.request', 5]);
  });

  it('are those of the busier operation of two alike', () => {
    const [counts] = serviceCounts(['a.request', 'b.request'], results([one([[0, 5]])], [], [], [one([[0, 6]])], [], []), window, 60);
    assert.equal(counts?.operation, 'b.request');
  });

  it('leave out services without a name or a request, and tell environments apart', () => {
    const series = [
      one([[0, 1]], ['env:prod', 'service:a']),
      one([[0, 1]], ['env:N/A', 'service:a']),
      one([[0, 1]], ['env:prod', 'service:N/A']),
      one([[0, 0]], ['env:prod', 'service:b']),
    ];
    const found = serviceCounts(['a'], results(series, [], []), window, 60);
    assert.deepEqual(
      found.map(({ service, env }) => [service, env]),
      [
        ['a', 'prod'],
        ['a', null],
      ],
    );
    assert.equal(new Set(found.map(serviceKey)).size, 2);
  });

  it('have as many steps as the window, and finite numbers, whatever came back', () => {
    const value = fc.oneof(fc.double(), fc.constant(null));
    const points = fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), value));
    fc.assert(
      fc.property(points, points, points, (hits, errors, p95) => {
        const found = serviceCounts(['a'], results([one([...hits, [0, 1]])], [one(errors)], [one(p95)]), window, 60);
        for (const counts of found) {
          assert.deepEqual([counts.hits.length, counts.errors.length, counts.p95Ms.length], [5, 5, 5]);
          assert.ok([...counts.hits, ...counts.errors].every((own) => Number.isFinite(own) && own >= 0));
        }
      }),
    );
  });
});
