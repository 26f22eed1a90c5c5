import assert from 'node:assert/strict';
import type { Findings } from '../../../../src/diagnosis/findings';
import { localise } from '../../../../src/diagnosis/localisation/localise';
import { compareOperations, operations } from '../../../../src/signals/traces/operations';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { failure, findings, metric } from '../../../fakes/findings';
import { span } from '../../../fakes/spans';

const culpritsOf = (found: Findings) => localise(found).culprits;
const first = (found: Findings) => culpritsOf(found)[0]?.service;

describe('the culprits of localise', () => {
  it('lists every service that any fact names, each once, between 0 and 1', () => {
    const ranked = culpritsOf(findings({ metrics: [metric('cpu', { service: 'cache' })] }));
    assert.deepEqual(ranked.map(({ service }) => service).sort(), ['cache', 'db', 'shop', 'stock', 'web']);
    assert.ok(ranked.every(({ score }) => score >= 0 && score < 1));
  });

  it('falls back to the alerting service', () => {
    assert.equal(first(findings()), 'shop');
  });

  it('puts the service in which errors began first, not those that pass them on', () => {
    const failures = [failure({ service: 'shop', count: 50 }), failure({ service: 'stock', count: 10 })];
    assert.equal(first(findings({ failures, path: ['shop', 'stock'] })), 'stock');
  });

  it('believes a resource of its own more than latency that callers see as well', () => {
    const metrics = [
      metric('service.latency', { service: 'shop', score: 4 }),
      metric('container.cpu.usage', { service: 'stock', score: 4 }),
    ];
    assert.equal(first(findings({ metrics })), 'stock');
  });

  it('sees more calls as what others do to a service', () => {
    const metrics = [metric('service.requests', { service: 'stock', score: 5 }), metric('service.latency', { service: 'shop', score: 2 })];
    assert.equal(first(findings({ metrics })), 'shop');
  });

  it('counts what moves with the alerting metric, the alerting metric itself aside', () => {
    const metrics = [
      metric('service.latency', { service: 'shop', score: 0.9, correlation: 1, isHarmful: false }),
      metric('queue.depth', { service: 'db', score: 0.9, correlation: 0.95, isHarmful: false }),
    ];
    assert.equal(first(findings({ metrics, path: [] })), 'db');
  });

  it('takes the called side of a slow call for the slow one', () => {
    const call = (id: string, ms: number) =>
      buildTraces([
        span({ traceId: id, spanId: 'a', service: 'shop', durationMs: ms + 10 }),
        span({ traceId: id, spanId: 'b', parentId: 'a', service: 'shop', name: 'call', durationMs: ms }),
        span({ traceId: id, spanId: 'c', parentId: 'b', service: 'stock', name: 'serve', durationMs: 5 }),
      ]);
    const [operation] = compareOperations(operations(call('t2', 500)), operations(call('t1', 10)));
    assert.equal(first(findings({ slow: [{ operation: operation!, evidence: 'E5' }] })), 'stock');
  });

  it('does not make a service of a peer that nobody traces', () => {
    const trace = buildTraces([
      span({ spanId: 'a', service: 'shop' }),
      span({ spanId: 'b', parentId: 'a', service: 'shop', meta: { 'span.kind': 'client', 'out.host': 'bank' } }),
    ]);
    const changes = compareOperations(operations(trace), []).map((operation) => ({ operation, evidence: 'E5' }));
    assert.ok(culpritsOf(findings({ slow: changes })).every(({ service }) => service !== 'bank'));
  });
});
