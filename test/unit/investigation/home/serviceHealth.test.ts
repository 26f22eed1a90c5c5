import assert from 'node:assert/strict';
import fc from 'fast-check';
import { serviceStates } from '../../../../src/domain/survey';
import type { ServiceCounts } from '../../../../src/investigation/home/serviceCounts';
import { judgeService, loadNow, usualLoad } from '../../../../src/investigation/home/serviceHealth';

const many = (length: number, value: number) => Array.from({ length }, () => value);

function counts(hits: readonly number[], changes: Partial<ServiceCounts> = {}): ServiceCounts {
  return {
    service: 'checkout',
    env: null,
    operation: 'a',
    fromSec: 86_400 * 10,
    stepSec: 60,
    hits,
    errors: hits.map(() => 0),
    p95Ms: hits.map((own) => (own > 0 ? 50 : null)),
    ...changes,
  };
}

const load = (requestsPerSec: number | null, errorShare: number | null, p95Ms: number | null) => ({ requestsPerSec, errorShare, p95Ms });
const usual = load(2, 0.001, 80);

describe('what a service measures now', () => {
  it('is read from the last five minutes where these hold enough requests', () => {
    const errors = [...many(95, 60), ...many(5, 30)];
    assert.deepEqual(loadNow(counts(many(100, 60), { errors })), load(1, 0.5, 50));
  });

  it('is read from longer where requests are few, up to half an hour', () => {
    assert.equal(loadNow(counts([...many(90, 4), ...many(10, 2)])).requestsPerSec, (10 * 2 + 8 * 4) / (18 * 60));
    assert.equal(loadNow(counts([...many(90, 60), ...many(30, 0)])).requestsPerSec, 0);
  });

  it('has no share and no latency without a request', () => {
    assert.deepEqual(loadNow(counts(many(40, 0))), load(0, null, null));
    assert.deepEqual(loadNow(counts([])), load(null, null, null));
  });
});

describe('what is usual for a service', () => {
  const now = counts(many(360, 60));
  const dayBefore = (hits: readonly number[], changes: Partial<ServiceCounts> = {}) =>
    counts(hits, { fromSec: now.fromSec - 86_400, stepSec: 300, ...changes });

  it('is the same time of the day before', () => {
    const hits = [...many(54, 30), ...many(36, 600), ...many(198, 30)];
    const found = usualLoad(now, dayBefore(hits, { errors: hits.map((own) => own / 10) }));
    assert.deepEqual(found, { usual: load(2, 0.1, 50), usualBasis: 'the day before' });
  });

  it('is earlier today up to an hour ago where the day before knows nothing of that time', () => {
    const today = counts([...many(300, 120), ...many(60, 6000)]);
    for (const past of [null, dayBefore(many(288, 0)), dayBefore([])])
      assert.deepEqual(usualLoad(today, past), { usual: load(2, 0, 50), usualBasis: 'earlier today' });
  });

  it('is counted from the first request on', () => {
    assert.equal(usualLoad(counts([...many(200, 0), ...many(160, 120)]), null).usual?.requestsPerSec, 2);
  });

  it('is not known of a service that has just come to be', () => {
    assert.deepEqual(usualLoad(counts([...many(330, 0), ...many(30, 60)]), null), { usual: null, usualBasis: null });
  });

  it('is not moved by a bad quarter of an hour', () => {
    const p95Ms = [...many(100, 50), ...many(15, 9000), ...many(245, 50)];
    assert.equal(usualLoad(counts(many(360, 60), { p95Ms }), null).usual?.p95Ms, 50);
  });
});

describe('the judgement of a service', () => {
  const state = (...[now, of, anomalous]: Parameters<typeof judgeService>) => judgeService(now, of, anomalous).state;

  it('is failing when a twentieth of the requests fails that does not do so usually', () => {
    assert.deepEqual(judgeService(load(2, 0.49, 80), usual, null), {
      state: 'failing',
      why: '49 % of requests fail, usually 0.1 %',
      cause: 'errors',
    });
    assert.equal(state(load(2, 0.06, 80), load(2, 0.05, 80), null), 'normal');
    assert.equal(state(load(2, 0.06, 80), null, null), 'failing');
  });

  it('is silent when less than a fifth of the requests comes', () => {
    assert.deepEqual(judgeService(load(0, null, null), usual, null), {
      state: 'silent',
      why: 'no request comes in any more',
      cause: 'traffic',
    });
    assert.match(judgeService(load(0.2, 0, 80), usual, null).why, /^only 10 % of the usual requests/);
    assert.equal(state(load(0, null, null), load(0.01, 0, 80), null), 'normal');
  });

  it('is degraded when one in a hundred fails, or answers take twice as long', () => {
    assert.equal(state(load(2, 0.02, 80), usual, null), 'degraded');
    assert.deepEqual(judgeService(load(2, 0.001, 412), usual, null), {
      state: 'degraded',
      why: 'p95 is 412 ms, usually 80 ms',
      cause: 'latency',
    });
    assert.equal(state(load(2, 0.001, 9), load(2, 0.001, 3), null), 'normal');
  });

  it('is unusual while an anomaly goes on that is none of these', () => {
    assert.deepEqual(judgeService(load(9, 0.001, 80), usual, 'traffic'), {
      state: 'unusual',
      why: 'its traffic is not as usual',
      cause: 'traffic',
    });
  });

  it('is unknown while nothing is known to be usual', () => {
    assert.equal(state(load(2, 0.001, 80), null, 'latency'), 'unknown');
  });

  it('is one of the known states with a reason unless all is well, for any numbers', () => {
    const value = fc.oneof(fc.double({ min: 0 }), fc.constant(null));
    const loads = fc.record({ requestsPerSec: value, errorShare: value, p95Ms: value });
    fc.assert(
      fc.property(loads, fc.option(loads), (now, past) => {
        const judged = judgeService(now, past, null);
        assert.ok(serviceStates.includes(judged.state));
        assert.equal(judged.why === '', judged.state === 'normal');
      }),
    );
  });
});
