import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ServiceCounts } from '../../../../src/investigation/home/serviceCounts';
import { joinSteps, signalsOf, weightedP95 } from '../../../../src/investigation/home/serviceSignals';

function counts(hits: readonly number[], changes: Partial<ServiceCounts> = {}): ServiceCounts {
  return {
    service: 'checkout',
    env: 'prod',
    operation: 'express.request',
    fromSec: 0,
    stepSec: 60,
    hits,
    errors: hits.map(() => 0),
    p95Ms: hits.map((own) => (own > 0 ? 50 : null)),
    ...changes,
  };
}

const many = (length: number, value: number) => Array.from({ length }, () => value);

describe('the signals of a service', () => {
  it('are errors, latency and traffic by the minute where requests are many', () => {
    const signals = signalsOf(counts(many(60, 30), { errors: many(60, 3) }));
    assert.deepEqual(
      signals.map(({ signal, stepSec, points }) => [signal, stepSec, points.length, points[0]?.[1]]),
      [
        ['errors', 60, 60, 0.1],
        ['latency', 60, 60, 50],
        ['traffic', 60, 60, 0.5],
      ],
    );
  });

  it('are joined to five minutes where requests are few, so that a share means something', () => {
    const [errors] = signalsOf(counts(many(200, 2), { errors: many(200, 1) }));
    assert.deepEqual([errors?.stepSec, errors?.points.length, errors?.points[0]?.[1], errors?.hits[0]], [300, 40, 0.5, 10]);
  });

  it('are none where requests are too few even so, or seen for too short a time', () => {
    assert.deepEqual(signalsOf(counts(many(300, 0.5))), []);
    assert.deepEqual(signalsOf(counts(many(29, 100))), []);
    assert.deepEqual(signalsOf(counts([])), []);
  });

  it('begin with the first request, since a new service was not silent before', () => {
    const [errors] = signalsOf(counts([...many(100, 0), ...many(40, 50)]));
    assert.deepEqual([errors?.points.length, errors?.points[0]?.[0]], [40, 6000]);
  });

  it('show silence after the last request', () => {
    const traffic = signalsOf(counts([...many(60, 50), ...many(5, 0)])).find(({ signal }) => signal === 'traffic');
    assert.equal(traffic?.points.at(-1)?.[1], 0);
    assert.equal(signalsOf(counts([...many(60, 50), ...many(5, 0)]))[0]?.points.at(-1)?.[1], null);
  });

  it('leave out latency that nobody measured', () => {
    assert.deepEqual(
      signalsOf(counts(many(60, 30), { p95Ms: many(60, 0).map(() => null) })).map(({ signal }) => signal),
      ['errors', 'traffic'],
    );
  });

  it('hold shares of 0 to 1 for any counts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 400 }), fc.nat(300), (hits, errors) => {
        for (const { signal, points, hits: own } of signalsOf(counts(hits, { errors: hits.map(() => errors) }))) {
          assert.equal(points.length, own.length);
          if (signal === 'errors') assert.ok(points.every(([, value]) => value === null || (value >= 0 && value <= 1)));
        }
      }),
    );
  });
});

describe('joined steps', () => {
  it('keep the newest whole and drop what is left over at the beginning', () => {
    const joined = joinSteps(counts([1, 2, 3, 4, 5, 6, 7]), 3);
    assert.deepEqual([joined.hits, joined.fromSec, joined.stepSec], [[9, 18], 60, 180]);
  });

  it('weigh percentiles by requests', () => {
    const p95 = weightedP95(counts([1, 3, 5], { p95Ms: [100, 200, null] }), 0, 3);
    assert.equal(p95, 175);
    assert.equal(weightedP95(counts([0, 0]), 0, 2), null);
  });
});
