import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  changeShare,
  loadKey,
  loadOfSpans,
  loadsOfSeries,
  mergeLoads,
  metricTagText,
  percentile,
  type TraceSeries,
} from '../../../src/code/hotPathLoads';
import type { Point, TimeSeries } from '../../../src/domain/timeSeries';
import { tagText } from '../../../src/sandbox/store/traceMetrics';
import { load } from '../../fakes/hotPaths';

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

function series(points: readonly Point[], tags = ['env:prod', 'service:checkout', 'resource_name:post_/checkout']): TimeSeries {
  return { metric: 'trace.x', tags, unit: null, intervalSec: 300, points };
}

const traceSeries = (changes: Partial<Record<keyof TraceSeries, readonly TimeSeries[]>>): TraceSeries => ({
  hits: [],
  errors: [],
  p50: [],
  p95: [],
  p99: [],
  ...changes,
});

describe('A percentile', () => {
  it('is one of the values, with as many at or below it as its share says', () => {
    fc.assert(
      fc.property(values, share, (numbers, wanted) => {
        const found = percentile(numbers, wanted) ?? Number.NaN;
        assert.ok(numbers.includes(found));
        assert.ok(numbers.filter((value) => value <= found).length >= wanted * numbers.length - 1e-9);
        assert.ok(numbers.filter((value) => value < found).length <= Math.max(0, Math.ceil(wanted * numbers.length) - 1));
      }),
    );
  });

  it('grows with its share and does not depend on the order', () => {
    fc.assert(
      fc.property(values, share, share, (numbers, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((wanted) => percentile(numbers, wanted) ?? 0);
        assert.ok(low! <= high!);
        assert.equal(percentile(numbers.toReversed(), one), percentile(numbers, one));
      }),
    );
  });

  it('is unknown without values', () => assert.equal(percentile([], 0.5), null));
});

describe('Loads', () => {
  it('of spans count them, their errors and their durations', () => {
    const spans = Array.from({ length: 100 }, (_, at) => ({ durationMs: at + 1, isError: at % 10 === 0 }));
    assert.deepEqual(loadOfSpans(spans), { requests: 100, errors: 10, p50Ms: 50, p95Ms: 95, p99Ms: 99 });
    assert.deepEqual(loadOfSpans([]), { requests: 0, errors: 0, p50Ms: null, p95Ms: null, p99Ms: null });
  });

  it('merge to sums of counts and to percentiles between those of the parts', () => {
    const part = fc.record({
      requests: fc.nat(10_000),
      errors: fc.nat(100),
      p50Ms: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
      p95Ms: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
      p99Ms: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 20 }), (parts) => {
        const all = mergeLoads(parts)!;
        assert.equal(
          all.requests,
          parts.reduce((sum, { requests }) => sum + requests, 0),
        );
        assert.equal(
          all.errors,
          parts.reduce((sum, { errors }) => sum + errors, 0),
        );
        for (const name of ['p50Ms', 'p95Ms', 'p99Ms'] as const) {
          const known = parts.filter(({ requests }) => requests > 0).flatMap((one) => one[name] ?? []);
          if (known.length === 0) assert.equal(all[name], null);
          else assert.ok(all[name]! >= Math.min(...known) * (1 - 1e-9) && all[name]! <= Math.max(...known) * (1 + 1e-9) + 1e-9);
        }
      }),
    );
  });

  it('merge in any grouping to the same', () => {
    const parts = [load(), load({ requests: 10, p95Ms: 5 }), load({ requests: 99, p95Ms: null, p50Ms: 7 })];
    const [first, ...rest] = parts;
    const grouped = mergeLoads([first!, mergeLoads(rest.filter(({ p95Ms }) => p95Ms !== null))!]);
    const flat = mergeLoads(parts.filter(({ p95Ms }) => p95Ms !== null));
    assert.ok(Math.abs(grouped!.p95Ms! - flat!.p95Ms!) < 1e-9);
    assert.equal(mergeLoads([]), null);
  });

  it('of trace metrics put the series of an operation together, interval by interval, weighted by requests', () => {
    const loads = loadsOfSeries([
      traceSeries({
        hits: [
          series([
            [0, 10],
            [300, 30],
            [600, null],
          ]),
        ],
        errors: [series([[300, 4]])],
        p50: [series([[0, 0.01]])],
        p95: [
          series([
            [0, 0.1],
            [300, 0.5],
          ]),
        ],
        p99: [series([[300, 0.9]])],
      }),
    ]);
    const found = loads.get(loadKey('prod', 'checkout', 'POST /checkout'))!;
    assert.deepEqual(
      [found.requests, found.errors, Math.round(found.p50Ms!), Math.round(found.p95Ms!), found.p99Ms],
      [40, 4, 10, 400, 900],
    );
  });

  it('of several operations of one resource are added', () => {
    const one = traceSeries({ hits: [series([[0, 10]])], p95: [series([[0, 0.1]])] });
    const other = traceSeries({ hits: [series([[0, 30]])], p95: [series([[0, 0.5]])] });
    const [found] = [...loadsOfSeries([one, other]).values()];
    assert.deepEqual([found?.requests, Math.round(found?.p95Ms ?? 0)], [40, 400]);
  });

  it('leave out what names no resource, had no requests or makes no sense', () => {
    const nameless = series([[0, 5]], ['service:checkout']);
    const empty = series([[0, 0]], ['service:cart', 'resource_name:x']);
    const odd = series(
      [
        [0, Number.NaN],
        [300, -4],
      ],
      ['service:odd', 'resource_name:x'],
    );
    assert.equal(loadsOfSeries([traceSeries({ hits: [nameless, empty, odd] })]).size, 0);
  });

  it('take a service without an environment for one that Datadog says has none', () => {
    assert.equal(loadKey(null, 'checkout', 'GET /'), loadKey('none', 'checkout', 'GET /'));
    assert.notEqual(loadKey('prod', 'checkout', 'GET /'), loadKey('dev', 'checkout', 'GET /'));
  });
});

describe('The text of a tag', () => {
  it('is what Datadog makes of it', () => {
    assert.equal(metricTagText('GET /categories/:slug?'), 'get_/categories/:slug');
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 150 }), (text) => assert.equal(metricTagText(text), tagText(text))));
  });
});

describe('A change', () => {
  it('is a share of what was before, and unknown where there was nothing', () => {
    assert.deepEqual(
      [changeShare(150, 100), changeShare(50, 100), changeShare(5, 0), changeShare(null, 1), changeShare(1, undefined)],
      [0.5, -0.5, null, null, null],
    );
  });
});
