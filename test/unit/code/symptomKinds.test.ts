import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isGeneral, type SymptomKind, symptomsIn, symptomsOfMetric } from '../../../src/code/symptomKinds';

describe('Kinds of symptoms', () => {
  const texts: readonly (readonly [string, readonly SymptomKind[]])[] = [
    ['java.lang.NullPointerException: Cannot invoke "Order.total()"', ['crash']],
    ["TypeError: Cannot read properties of undefined (reading 'id')", ['crash']],
    ['HikariPool-1 - Connection is not available, request timed out after 30000ms', ['timeout', 'connections']],
    ['FATAL: remaining connection slots are reserved', ['connections']],
    ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', ['memory']],
    ['write /var/lib/data: no space left on device', ['disk']],
    ['403 Forbidden: invalid audience', ['auth']],
    ['x509: certificate has expired or is not yet valid', ['tls', 'expired']],
    ['column "amount_cents" does not exist', ['data']],
    ['required environment variable BILLING_URL is not set', ['config']],
    ['dial tcp: lookup ledger.prod: no such host', ['name']],
    ['Back-off restarting failed container (CrashLoopBackOff)', ['restart']],
    ['429 Too Many Requests', ['throttled']],
    ['deadlock detected while updating stock', ['lock']],
    ['consumer lag is 120000 messages', ['backlog']],
    ['java.lang.NoSuchMethodError: com.acme.Codec.read', ['linkage']],
  ];
  for (const [text, kinds] of texts) {
    it(`are told by "${text.slice(0, 50)}"`, () => {
      const found = symptomsIn(text);
      for (const kind of kinds) assert.ok(found.has(kind), `${kind} is not in ${[...found]}`);
    });
  }

  it('are none where all is well', () => {
    assert.deepEqual([...symptomsIn('order 42 was accepted and shipped')], []);
  });

  it('are told by names of metrics', () => {
    const metrics: readonly (readonly [string, SymptomKind])[] = [
      ['cache_hit_ratio', 'cache'],
      ['container_memory_working_set', 'memory'],
      ['db_pool_in_use', 'connections'],
      ['db_queries_per_second', 'load'],
      ['kafka_consumer_lag', 'backlog'],
      ['pod_restart_total', 'restart'],
      ['http_401_count', 'auth'],
    ];
    for (const [metric, kind] of metrics) assert.ok(symptomsOfMetric(metric).includes(kind), metric);
    assert.deepEqual(symptomsOfMetric('orders_shipped'), []);
  });

  it('are general for errors and slowness alone', () => {
    assert.ok(isGeneral('errors') && isGeneral('latency'));
    assert.ok(!isGeneral('memory'));
  });

  // Patterns that backtrack would need minutes; the runner's limit is the bound.
  it('are read from any text without getting stuck', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => symptomsIn(text) instanceof Set && Array.isArray(symptomsOfMetric(text))),
    );
    for (const part of ['certificate ', 'lock ', 'index ', 'goroutine ']) assert.ok(symptomsIn(part.repeat(20_000)) instanceof Set);
  });
});
