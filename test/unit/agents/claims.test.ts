import assert from 'node:assert/strict';
import fc from 'fast-check';
import { claimFaults } from '../../../src/agents/claims';

const FACTS = [
  'latency of orders rose from 16.5 ms to 10,500 ms since 13:50 UTC',
  'orders failed 36 times: pgx pool: deadline exceeded acquiring connection (pool exhausted)',
  'db_pool_max_conns of orders fell from 50 to 10',
  'container_memory_usage of cart is as usual',
].join('\n');
const faults = (text: string, facts = FACTS) => claimFaults(text, { text: facts, services: ['orders', 'cart', 'web'] });

describe('what a sentence claims beside the facts that it cites', () => {
  for (const text of [
    'Requests to orders wait for a connection of the pool, which became smaller.',
    'The latency of orders rose to 10500 ms.',
    'The pool shrank from 50 to 10 connections, and latency rose with it.',
    'The database of orders hands out no more connections, as db_pool_max_conns shows.',
    'See whether a restart of cart brings anything.',
    'Memory of cart is no reason.',
    'The team that owns the service should look at it now.',
    'Calls end at their deadline, so they time out.',
  ])
    it(`may be said: ${text}`, () => assert.deepEqual(faults(text), []));

  for (const [text, reason] of [
    ['Latency rose to 900 ms.', /number/],
    ['The web service fails first.', /service/],
    ['It begins in orders/handler.go.', /names what/],
    ['It begins in getOrders.', /names what/],
    ['The disk of orders is full.', /claims/],
    ['A certificate ran out, so TLS fails.', /claims/],
    ['An attacker floods orders.', /claims/],
    ['A surge of traffic hits orders.', /claims/],
    ['Orders has recovered.', /claims/],
    ['The container restarts again and again.', /claims/],
  ] as const)
    it(`may not be said: ${text}`, () => assert.match(faults(text).join(), reason));

  it('may not be turned around', () => {
    assert.match(faults('Latency of orders fell.', 'latency of orders rose from 16.5 ms').join(), /around/);
    assert.match(faults('Its hit rate went up, it is higher.', 'hit rate dropped').join(), /around/);
    assert.deepEqual(faults('Latency of orders fell.', 'latency of orders rose at first and fell later'), []);
  });

  it('is read in time in proportion to hostile text, and never ends in an error', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), fc.string({ maxLength: 200, unit: 'binary' }), (text, facts) => {
        for (const fault of faults(text, facts)) assert.ok(fault.length < 60);
      }),
    );
    for (const piece of ['a_', 'aB', 'a.b/', '1,', '1.', 'whether ', 'x '])
      assert.ok(Array.isArray(faults(piece.repeat(20_000), piece.repeat(20_000))));
  });
});
