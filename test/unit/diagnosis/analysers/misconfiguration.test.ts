import assert from 'node:assert/strict';
import { misconfiguration } from '../../../../src/diagnosis/analysers/misconfiguration';
import { findings, statement, workload } from '../../../fakes/findings';

const of = (text: string, given = {}) => misconfiguration(findings({ statements: [statement(text)], ...given }));

describe('misconfiguration', () => {
  for (const text of [
    'missing required environment variable PAYMENT_URL',
    'required env var DB_URL is not set',
    'getaddrinfo ENOTFOUND cart-db.shop.svc.cluster.local',
    'failed to load config file /etc/app.yaml',
    'FATAL: password authentication failed for user "cart"',
  ])
    it(`hears "${text}"`, () => {
      assert.equal(of(text)?.kind, 'configuration_change');
      assert.deepEqual(of(text)?.evidenceFor, ['E60']);
    });

  it('hears a wrong image, a missing Secret and a placement that no node meets only while workloads are in trouble', () => {
    for (const text of [
      'Failed to pull image "r.example/a:9": manifest unknown',
      'secret "cart-token" not found',
      "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector",
    ]) {
      assert.ok(of(text, { workloads: [workload('a', { isReady: false })] }));
      assert.equal(of(text, { workloads: [workload('a')] }), null);
    }
  });

  it('blames a probe only where nothing else says that the program is unwell', () => {
    const workloads = [workload('a', { isReady: false })];
    assert.ok(of('Liveness probe failed: statuscode: 404', { workloads }));
    const panics = [statement('Liveness probe failed: statuscode: 500'), statement('panic: nil pointer')];
    assert.equal(misconfiguration(findings({ statements: panics, workloads })), null);
    const killed = [workload('a', { isReady: false, reason: 'OOMKilled' })];
    assert.equal(of('Liveness probe failed: timeout', { workloads: killed }), null);
  });

  for (const text of [
    'missing required property "email" in request body',
    'Undefined array key "total"',
    'unknown field "nick" in request',
    'invalid parameter: page must be positive',
    'invalid credentials for user 17',
    'missing required parameter: id',
  ])
    it(`takes "${text}" for somebody's input or a defect`, () => assert.equal(of(text), null));

  it('reads hostile texts in linear time', function () {
    this.timeout(2_000);
    assert.equal(of('pull'.repeat(5_000)), null);
  });

  it('makes little of a probe whose effect is not seen, since it fails whenever a container starts', () => {
    const failed = (given: Parameters<typeof findings>[0]) =>
      misconfiguration(findings({ statements: [statement('Readiness probe failed: 404', { source: 'event' })], ...given }));
    const down = workload('a', { isReady: false });
    assert.ok((failed({})?.strength ?? 1) <= 0.3);
    assert.ok((failed({ workloads: [down] })?.strength ?? 0) > 0.8);
  });

  it('does not take resources, crashes and outages for settings', () => {
    for (const text of [
      'no space left on device',
      'connect ECONNREFUSED 10.0.0.1:5432',
      'too many connections',
      'TypeError: x is undefined',
    ])
      assert.equal(of(text), null);
  });

  it('hears neither the alert itself nor what was said hours before', () => {
    assert.equal(misconfiguration(findings({ statements: [statement('secret "a" not found', { source: 'alert' })] })), null);
    assert.equal(misconfiguration(findings({ statements: [statement('env var X is not set', { lastMs: 0 })] })), null);
  });
});
