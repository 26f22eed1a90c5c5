import assert from 'node:assert/strict';
import { timeSigns } from '../../../../src/diagnosis/localisation/timeSigns';
import { compareOperations, operations } from '../../../../src/signals/traces/operations';
import { repeatedCalls } from '../../../../src/signals/traces/repeats';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { findings, metric } from '../../../fakes/findings';
import { series, span } from '../../../fakes/spans';

const known = new Set(['shop', 'stock']);
const calls = (ids: readonly string[], ms: number) =>
  buildTraces(
    ids.flatMap((id) => [
      span({ traceId: id, spanId: `${id}a`, service: 'shop', resource: 'GET /cart', durationMs: ms + 10 }),
      span({ traceId: id, spanId: `${id}b`, parentId: `${id}a`, service: 'shop', name: 'call', resource: 'call', durationMs: ms }),
      span({ traceId: id, spanId: `${id}c`, parentId: `${id}b`, service: 'stock', name: 'serve', resource: 'serve', durationMs: 5 }),
    ]),
  );
const slower = (during: readonly string[], ms = 500) =>
  compareOperations(operations(calls(during, ms)), operations(calls(['q1', 'q2'], 10)))
    .filter(({ addedSelfMs }) => addedSelfMs > 0)
    .map((operation) => ({ operation, evidence: 'E5' }));

describe('timeSigns', () => {
  it('blames who spends the time that was added, the called side for the way there', () => {
    const [sign] = timeSigns(findings({ slow: slower(['t1', 't2', 't3']) }), known);
    assert.equal(sign?.service, 'stock');
    assert.equal(sign?.kind, 'self_time');
    assert.match(sign?.reason ?? '', /^call spends 490 ms more on the way to stock$/);
  });

  it('trusts more requests more, and what is small against the alert less', () => {
    const scoreOf = (ids: readonly string[], usualMs: number | null) => {
      const latency = metric('latency', {
        series: series([], { metric: 'latency', unit: 'millisecond' }),
        before: usualMs ?? 0,
        during: 0,
      });
      return timeSigns(findings({ slow: slower(ids), metrics: usualMs === null ? [] : [latency] }), known)[0]?.score ?? 0;
    };
    assert.ok(scoreOf(['t1', 't2', 't3'], null) > scoreOf(['t1'], null));
    assert.ok(scoreOf(['t1'], 60_000) < scoreOf(['t1'], 100) / 2);
  });

  it('leaves the way to metrics that measure both ends of the call', () => {
    const ends = (end: string, service: string, peer: string) => {
      const name = `edge.${end}.latency`;
      const tags = [`service:${service}`, `peer.service:${peer}`];
      return metric(name, { service: 'stock', series: series([], { metric: name, tags }), before: 5, during: 5 });
    };
    const metrics = [ends('client', 'shop', 'stock'), ends('server', 'stock', 'shop')];
    assert.deepEqual(timeSigns(findings({ slow: slower(['t1', 't2']), metrics }), known), []);
  });

  it('counts repeated calls by how many more there are, and for less where the request was not seen before', () => {
    const repeating = (id: string) =>
      buildTraces([
        span({ traceId: id, spanId: 'r', resource: 'GET /list', durationMs: 500 }),
        ...Array.from({ length: 20 }, (_, at) =>
          span({ traceId: id, spanId: `${at}`, parentId: 'r', name: 'sql', resource: 'SELECT 1', startMs: at }),
        ),
      ]);
    const [call] = repeatedCalls(repeating('t9'));
    assert.ok(call);
    const scoreOf = (before: number, traces: ReturnType<typeof repeating>) =>
      timeSigns(findings({ repeats: [{ call, before, evidence: 'E6' }], before: traces }), known)[0]?.score ?? 0;
    assert.equal(scoreOf(0, []), 1);
    assert.equal(scoreOf(8, []).toFixed(3), '0.200');
    assert.equal(scoreOf(0, repeating('q')), 1);
    assert.equal(scoreOf(0, calls(['q'], 10)), 0.3);
  });
});
