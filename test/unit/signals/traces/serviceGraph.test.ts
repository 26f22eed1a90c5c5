import assert from 'node:assert/strict';
import { blastRadius, callGraph, distancesToEdge } from '../../../../src/signals/topology';
import { asCallGraph, serviceGraph, sharesOf } from '../../../../src/signals/traces/serviceGraph';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { span } from '../../../fakes/spans';

const client = (peer: string) => ({ 'span.kind': 'client', 'peer.service': peer });
const graph = serviceGraph(
  buildTraces([
    span({ traceId: 't1', spanId: 'a', service: 'web' }),
    span({ traceId: 't1', spanId: 'b', parentId: 'a', service: 'web', meta: client('cart') }),
    span({ traceId: 't1', spanId: 'c', parentId: 'b', service: 'cart', isError: true }),
    span({ traceId: 't1', spanId: 'd', parentId: 'c', service: 'cart', meta: client('stripe') }),
    span({ traceId: 't1', spanId: 'e', parentId: 'c', service: 'cart', meta: client('stripe'), isError: true }),
    span({ traceId: 't2', spanId: 'a', service: 'web' }),
  ]),
);

describe('serviceGraph', () => {
  it('counts requests, entries and errors of each service', () => {
    const { service, ...web } = graph.services.get('web') ?? { service: '' };
    assert.deepEqual([service, web], ['web', { isExternal: false, requests: 2, errors: 0, entries: 2 }]);
    assert.equal(graph.services.get('cart')?.errors, 1);
  });

  it('takes peers that have no spans for services outside', () => {
    assert.deepEqual(graph.services.get('stripe'), { service: 'stripe', isExternal: true, requests: 0, errors: 0, entries: 0 });
  });

  it('says which share of the caller’s requests makes a call, however often one makes it', () => {
    assert.deepEqual(graph.calls, [
      { caller: 'web', callee: 'cart', calls: 1, errors: 1, share: 0.5 },
      { caller: 'cart', callee: 'stripe', calls: 2, errors: 1, share: 1 },
    ]);
  });

  it('becomes a graph of calls with their shares', () => {
    assert.deepEqual([...(asCallGraph(graph).get('web') ?? [])], ['cart']);
    assert.equal(sharesOf(graph)('web', 'cart'), 0.5);
    assert.equal(sharesOf(graph)('unknown', 'cart'), 1);
  });
});

describe('blastRadius', () => {
  const shop = callGraph({ web: ['cart', 'search'], cart: ['stock'], search: ['stock'], jobs: ['mail'] });

  it('weighs callers by the share of their requests that pass', () => {
    const shares: Record<string, number> = { 'web cart': 0.5, 'web search': 0.2, 'cart stock': 0.8, 'search stock': 1 };
    const reached = blastRadius(shop, 'stock', (caller, callee) => shares[`${caller} ${callee}`] ?? 1);
    assert.deepEqual(
      reached.map(({ service, share, distance }) => [service, Number(share.toFixed(3)), distance]),
      [
        ['search', 1, 1],
        ['cart', 0.8, 1],
        ['web', 0.52, 2],
      ],
    );
  });

  it('reaches every caller where only the graph is known, and nobody where nobody calls', () => {
    assert.deepEqual(
      blastRadius(shop, 'stock').map(({ share }) => share),
      [1, 1, 1],
    );
    assert.deepEqual(blastRadius(shop, 'web'), []);
    assert.deepEqual(blastRadius(shop, 'unheard of'), []);
  });

  it('comes to rest in cycles and with odd shares', () => {
    const circle = callGraph({ a: ['b'], b: ['c'], c: ['a', 'd'] });
    assert.equal(blastRadius(circle, 'd', () => Number.NaN).length, 0);
    const shares = blastRadius(circle, 'd', () => 0.5).map(({ share }) => share);
    assert.equal(shares.length, 3);
    assert.ok(shares.every((share) => share > 0 && share <= 1));
  });
});

describe('distancesToEdge', () => {
  it('counts the calls from the entries, or from whom nobody calls', () => {
    const shop = callGraph({ web: ['cart'], cart: ['stock', 'web'], jobs: ['stock'] });
    assert.deepEqual(Object.fromEntries(distancesToEdge(shop, ['web'])), { web: 0, cart: 1, stock: 2 });
    assert.deepEqual(Object.fromEntries(distancesToEdge(shop)), { jobs: 0, stock: 1 });
  });

  it('is empty for a circle without an entry', () => {
    assert.equal(distancesToEdge(callGraph({ a: ['b'], b: ['a'] })).size, 0);
  });
});
