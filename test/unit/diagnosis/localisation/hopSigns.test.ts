import assert from 'node:assert/strict';
import { hopSigns, measuredPairs } from '../../../../src/diagnosis/localisation/hopSigns';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { findings, metric } from '../../../fakes/findings';
import { series, span } from '../../../fakes/spans';

/** Both ends of a call: its callee always works for 5 ms, its caller waits 10 ms and then as long as given. */
function call(caller: string, callee: string, waitsMs: number, unit = 'millisecond') {
  const end = (name: string, service: string, peer: string, before: number, during: number) => {
    const metricName = `edge.${name}.latency`;
    const tags = [`service:${service}`, `peer.service:${peer}`];
    return metric(metricName, { service: callee, series: series([], { metric: metricName, unit, tags }), before, during, evidence: 'E9' });
  };
  return [end('client', caller, callee, 10, waitsMs), end('server', callee, caller, 5, 5)];
}
const scores = (...calls: ReturnType<typeof call>[]) =>
  new Map(hopSigns(findings({ alerting: 'web', metrics: calls.flat() })).map(({ service, score }) => [service, score]));

describe('hopSigns', () => {
  it('blames the callee whose every caller waits longer than it works', () => {
    const found = scores(call('web', 'stock', 500), call('shop', 'stock', 500), call('web', 'mail', 10), call('shop', 'mail', 10));
    assert.ok((found.get('stock') ?? 0) > 0.95);
    assert.ok((found.get('stock') ?? 0) > (found.get('web') ?? 0) && (found.get('stock') ?? 0) > (found.get('shop') ?? 0));
  });

  it('blames the caller whose every call is delayed, not those it calls', () => {
    const found = scores(call('shop', 'stock', 500), call('shop', 'mail', 500), call('shop', 'bank', 500), call('web', 'mail', 10));
    assert.ok((found.get('shop') ?? 0) > 0.95);
    assert.ok(['stock', 'mail', 'bank'].every((service) => (found.get(service) ?? 0) < 0.6));
  });

  it('blames a service that is only reached late, though its own calls are not', () => {
    const found = scores(call('web', 'shop', 500), call('shop', 'mail', 10), call('shop', 'bank', 10), call('web', 'bank', 10));
    assert.equal([...found].sort((a, b) => b[1] - a[1])[0]?.[0], 'shop');
  });

  it('says which call, with the fact that shows it', () => {
    const [sign] = hopSigns(findings({ metrics: call('shop', 'stock', 500) }));
    assert.equal(sign?.reason, 'calls from shop to stock spend 490 ms more between the two ends');
    assert.equal(sign?.evidence, 'E9');
  });

  it('is silent where calls wait no longer, or by a hair', () => {
    assert.equal(scores(call('web', 'stock', 10), call('web', 'mail', 12)).size, 0);
    assert.equal(scores(call('web', 'stock', 500, 'byte')).size, 0);
  });

  it('reads the same from traces where no metric has both ends', () => {
    const trace = (id: string, waitsMs: number) =>
      buildTraces([
        span({ traceId: id, spanId: 'a', service: 'shop', durationMs: waitsMs + 10 }),
        span({ traceId: id, spanId: 'b', parentId: 'a', service: 'shop', name: 'call', durationMs: waitsMs }),
        span({ traceId: id, spanId: 'c', parentId: 'b', service: 'stock', name: 'serve', durationMs: 5 }),
      ]);
    const during = [...trace('t1', 500), ...trace('t2', 500)];
    const before = [...trace('q1', 8), ...trace('q2', 8)];
    assert.ok(hopSigns(findings({ during, before })).some(({ service, score }) => service === 'stock' && score > 0.9));
    assert.deepEqual(hopSigns(findings({ during: during.slice(1), before })), []);
  });
});

describe('measuredPairs', () => {
  it('names calls of which both ends are measured', () => {
    assert.deepEqual([...measuredPairs(call('shop', 'stock', 10))], ['["shop","stock"]']);
    assert.equal(measuredPairs(call('shop', 'stock', 10).slice(1)).size, 0);
  });
});
