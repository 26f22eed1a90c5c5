import assert from 'node:assert/strict';
import type { Span } from '../../../../src/domain/span';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { span } from '../../../fakes/spans';

const on = (host: string, kind: string) => ({ host, 'span.kind': kind });
const startsOf = (spans: readonly Span[], traceId = 't1') =>
  Object.fromEntries((buildTraces(spans).find(({ id }) => id === traceId)?.nodes ?? []).map((node) => [node.span.spanId, node.startMs]));

describe('clocks of other hosts', () => {
  it('are set right so that a call lies in the middle of the span that waited for it, with all below it', () => {
    const starts = startsOf([
      span({ spanId: 'a', startMs: 1000, durationMs: 100, meta: on('h1', 'client') }),
      span({ spanId: 'b', parentId: 'a', service: 'cart', startMs: 5000, durationMs: 80, meta: on('h2', 'server') }),
      span({ spanId: 'c', parentId: 'b', service: 'cart', startMs: 5010, durationMs: 20, meta: on('h2', 'client') }),
    ]);
    assert.deepEqual(starts, { a: 1000, b: 1010, c: 1020 });
  });

  it('are left alone where the stamps fit', () => {
    const starts = startsOf([
      span({ spanId: 'a', startMs: 0, durationMs: 100, meta: on('h1', 'client') }),
      span({ spanId: 'b', parentId: 'a', service: 'cart', startMs: 1, durationMs: 50, meta: on('h2', 'server') }),
    ]);
    assert.deepEqual(starts, { a: 0, b: 1 });
  });

  it('do not pull in what goes on after its caller on the same host, nor the receiver of a message', () => {
    const starts = startsOf([
      span({ spanId: 'a', startMs: 0, durationMs: 100, meta: on('h1', 'server') }),
      span({ spanId: 'b', parentId: 'a', startMs: 90, durationMs: 50, meta: on('h1', 'internal') }),
      span({ spanId: 'p', parentId: 'a', startMs: 10, durationMs: 2, meta: on('h1', 'producer') }),
      span({ spanId: 'c', parentId: 'p', service: 'mail', startMs: 400, durationMs: 1, meta: on('h2', 'consumer') }),
    ]);
    assert.deepEqual(starts, { a: 0, b: 90, p: 10, c: 400 });
  });

  it('are told by all traces together, not by each for itself', () => {
    const call = (traceId: string, startMs: number, waitedMs: number, workedMs: number) => [
      span({ traceId, spanId: `${traceId}a`, service: 'web', startMs, durationMs: waitedMs, meta: { host: 'h1' } }),
      span({
        traceId,
        spanId: `${traceId}b`,
        parentId: `${traceId}a`,
        service: 'cart',
        startMs: startMs + 1001,
        durationMs: workedMs,
        meta: { host: 'h2' },
      }),
    ];
    const starts = startsOf([...call('t1', 0, 5000, 10), ...call('t2', 60_000, 12, 10)], 't1');
    assert.ok(Math.abs((starts.t1b ?? 0) - 1) <= 1, `${starts.t1b}`);
  });

  it('never let a call begin before its caller', () => {
    const starts = startsOf([
      span({ spanId: 'a', startMs: 1000, durationMs: 10, meta: on('h1', 'server') }),
      span({ spanId: 'b', parentId: 'a', service: 'cart', startMs: 400, durationMs: 900, meta: on('h2', 'server') }),
    ]);
    assert.ok(Math.abs((starts.b ?? 0) - 1000) < 0.01);
  });
});
