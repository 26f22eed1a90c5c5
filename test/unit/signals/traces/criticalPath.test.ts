import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Span } from '../../../../src/domain/span';
import { criticalPath } from '../../../../src/signals/traces/criticalPath';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { span } from '../../../fakes/spans';

const pathOf = (spans: readonly Span[]) => criticalPath(buildTraces(spans)[0]!);
const idsOf = (spans: readonly Span[]) => pathOf(spans).hops.map(({ node }) => node.span.spanId);
const at = (spanId: string, parentId: string | null, startMs: number, endMs: number, kind?: string, given: Partial<Span> = {}) =>
  span({ spanId, parentId, startMs, durationMs: endMs - startMs, meta: kind === undefined ? {} : { 'span.kind': kind }, ...given });

describe('criticalPath', () => {
  it('follows calls one after the other, with the time between them as the caller’s own', () => {
    const { hops, totalMs } = pathOf([at('a', null, 0, 100), at('b', 'a', 10, 40), at('c', 'a', 50, 90)]);
    assert.deepEqual(
      hops.map(({ node, selfMs, fromMs, toMs }) => [node.span.spanId, selfMs, fromMs, toMs]),
      [
        ['a', 30, 0, 100],
        ['b', 30, 10, 40],
        ['c', 40, 50, 90],
      ],
    );
    assert.equal(totalMs, 100);
  });

  it('takes of calls at the same time the one that ended last', () => {
    assert.deepEqual(idsOf([at('a', null, 0, 100), at('b', 'a', 10, 60), at('c', 'a', 10, 90), at('d', 'a', 10, 30)]), ['a', 'c']);
  });

  it('sees calls that follow each other without a gap, rounded stamps or not', () => {
    assert.deepEqual(idsOf([at('a', null, 0, 90), at('b', 'a', 0, 45.0004), at('c', 'a', 45, 90)]), ['a', 'b', 'c']);
  });

  it('waits for no receiver of a message and no call that its caller does not outlast', () => {
    assert.deepEqual(
      idsOf([
        at('a', null, 0, 100),
        at('send', 'a', 10, 12, 'producer'),
        at('receive', 'send', 15, 99, 'consumer'),
        at('forgotten', 'a', 20, 300),
        at('b', 'a', 40, 60),
      ]),
      ['a', 'send', 'b'],
    );
  });

  it('counts what a client span called until it gave up', () => {
    const { hops } = pathOf([
      at('a', null, 0, 110, 'server'),
      at('call', 'a', 5, 105, 'client', { isError: true }),
      at('slow', 'call', 6, 900, 'server', { service: 'stock' }),
      at('query', 'slow', 20, 50, 'client', { service: 'stock' }),
    ]);
    assert.deepEqual(
      hops.map(({ node, selfMs }) => [node.span.spanId, Math.round(selfMs)]),
      [
        ['a', 10],
        ['call', 1],
        ['slow', 69],
        ['query', 30],
      ],
    );
  });

  it('hangs spans whose caller was lost below the span that was waiting for them', () => {
    const kept = [
      at('a', null, 0, 100, 'server', { service: 'web' }),
      at('call', 'a', 10, 90, 'client', { service: 'web', meta: { 'span.kind': 'client', 'peer.service': 'cart' } }),
      at('query', 'lost', 20, 80, 'client', { service: 'cart' }),
    ];
    assert.deepEqual(idsOf(kept), ['a', 'call', 'query']);
  });

  it('begins with what the missing first span called', () => {
    assert.deepEqual(idsOf([at('b', 'lost', 0, 40), at('c', 'lost', 40, 90), at('d', 'lost', 5, 60)]), ['b', 'c']);
  });

  it('is empty for no spans at all, and one hop for one span', () => {
    assert.deepEqual(criticalPath({ id: 't', roots: [], nodes: [] }), { startMs: 0, totalMs: 0, hops: [] });
    assert.deepEqual(idsOf([at('a', null, 5, 5)]), ['a']);
  });

  it('adds up to the duration and stays within it, whatever the spans are', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const kind = fc.constantFrom('client', 'server', 'consumer', 'producer', 'internal', 'odd');
    const number = fc.oneof(fc.integer({ min: -50, max: 200 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1e308, 1e308));
    const spans = fc.array(
      fc.record({ spanId: id, parentId: fc.option(id), startMs: number, durationMs: number, kind, service: fc.constantFrom('x', 'y') }),
      { minLength: 1, maxLength: 14 },
    );
    fc.assert(
      fc.property(spans, (list) => {
        const { hops, totalMs, startMs } = pathOf(list.map(({ kind: said, ...rest }) => span({ ...rest, meta: { 'span.kind': said } })));
        assert.ok(hops.length >= 1 && totalMs >= 0);
        assert.equal(new Set(hops.map(({ node }) => node)).size, hops.length);
        const sum = hops.reduce((total, { selfMs }) => total + selfMs, 0);
        assert.ok(sum <= totalMs + 1e-6 * Math.max(1, Math.abs(startMs), totalMs), `${sum} of ${totalMs}`);
        for (const { fromMs, toMs, selfMs } of hops) assert.ok(toMs >= fromMs && selfMs >= 0);
      }),
    );
  });

  it('walks a chain and a fan of 100,000 spans', () => {
    const chain = Array.from({ length: 100_000 }, (_, n) => at(`s${n}`, n === 0 ? null : `s${n - 1}`, n, 300_000 - n));
    assert.equal(idsOf(chain).length, 100_000);
    const fan = [at('root', null, 0, 100_001), ...Array.from({ length: 99_999 }, (_, n) => at(`s${n}`, 'root', n, n + 0.9))];
    assert.equal(idsOf(fan).length, 100_000);
  });
});
