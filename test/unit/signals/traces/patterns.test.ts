import assert from 'node:assert/strict';
import type { Span } from '../../../../src/domain/span';
import { criticalPath } from '../../../../src/signals/traces/criticalPath';
import { failureOrigin } from '../../../../src/signals/traces/failure';
import { tracePatterns } from '../../../../src/signals/traces/patterns';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { span } from '../../../fakes/spans';

function patternsOf(spans: readonly Span[]) {
  const [trace] = buildTraces(spans);
  return trace ? tracePatterns(trace, criticalPath(trace), failureOrigin(trace)) : [];
}
const root = (given: Partial<Span> = {}) => span({ spanId: 'root', service: 'shop', resource: 'GET /cart', durationMs: 1000, ...given });
const query = (n: number, given: Partial<Span> = {}) =>
  span({
    spanId: `q${n}`,
    parentId: 'root',
    service: 'shop',
    name: 'sql',
    resource: `SELECT ${n}`,
    startMs: n * 10,
    durationMs: 9,
    ...given,
  });
const several = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

describe('tracePatterns', () => {
  it('sees one query made again and again, one after the other', () => {
    const [found] = patternsOf([root(), ...several(20, (n) => query(n))]);
    assert.equal(found?.pattern, 'n+1');
    assert.deepEqual(
      [found.service, found.operation, found.callee, found.count, found.totalMs],
      ['shop', 'GET /cart', 'SELECT ?', 20, 180],
    );
    assert.equal(found.spanId, 'root');
  });

  it('tells calls at the same time from calls one after the other', () => {
    const [found] = patternsOf([root(), ...several(20, (n) => query(n, { startMs: 5, durationMs: 50 + n }))]);
    assert.equal(found?.pattern, 'fan-out');
  });

  it('does not mind a few calls, nor many different ones', () => {
    assert.deepEqual(patternsOf([root(), ...several(4, (n) => query(n))]), []);
    assert.deepEqual(patternsOf([root(), ...several(20, (n) => query(n, { resource: `FETCH ${'abcdefghijklmnopqrstu'[n]}` }))]), []);
  });

  it('sees attempts of which all but the last failed, and not mere failures of different calls', () => {
    const attempt = (n: number, isError: boolean) => query(n, { resource: 'POST /pay', isError, startMs: 40 * 2 ** n });
    assert.equal(patternsOf([root(), attempt(0, true), attempt(1, true), attempt(2, false)])[0]?.pattern, 'retry storm');
    assert.deepEqual(patternsOf([root(), attempt(0, false), attempt(1, true), attempt(2, false)]), []);
    assert.deepEqual(patternsOf([root(), ...several(3, (n) => query(n, { isError: true }))]), []);
  });

  it('counts the calls that retries below retries amount to', () => {
    const outer = several(3, (n) =>
      span({ spanId: `o${n}`, parentId: 'root', service: 'pay', resource: 'POST /pay', isError: true, startMs: n * 100, durationMs: 90 }),
    );
    const inner = outer.flatMap((call, at) =>
      several(4, (n) =>
        span({
          spanId: `i${at}${n}`,
          parentId: call.spanId,
          service: 'bank',
          isError: true,
          startMs: call.startMs + n * 20,
          durationMs: 10,
        }),
      ),
    );
    const storms = patternsOf([root({ isError: true }), ...outer, ...inner]).filter(({ pattern }) => pattern === 'retry storm');
    assert.equal(storms.find(({ service }) => service === 'shop')?.reached, 12);
    assert.equal(storms.find(({ service }) => service === 'pay')?.reached, undefined);
  });

  it('sees a call whose callee accounts for little of its time, unless that is a trifle of the whole', () => {
    const call = (waitedMs: number, workedMs: number) => [
      root(),
      span({ spanId: 'c', parentId: 'root', service: 'shop', durationMs: waitedMs, meta: { 'span.kind': 'client' } }),
      span({ spanId: 's', parentId: 'c', service: 'stock', resource: 'GET /stock', durationMs: workedMs, meta: { 'span.kind': 'server' } }),
    ];
    const [gap] = patternsOf(call(400, 20));
    assert.equal(gap?.pattern, 'hop gap');
    assert.equal(gap.totalMs, 380);
    assert.match(gap.callee, /of stock$/);
    assert.deepEqual(patternsOf(call(400, 300)), []);
    assert.deepEqual(patternsOf(call(60, 10)), []);
  });

  it('tells an error that crossed into other services from one that stayed', () => {
    const failing = (service: string) => [root({ isError: true }), span({ spanId: 'b', parentId: 'root', service, isError: true })];
    const [found] = patternsOf(failing('stock'));
    assert.deepEqual([found?.pattern, found?.service, found?.callee, found?.count], ['error propagation', 'shop', 'stock', 2]);
    assert.deepEqual(patternsOf(failing('shop')), []);
  });
});
