import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { dailyShape, MIX, startTraffic, type Visit, type VisitKind, visits } from '../../../src/demo/traffic';

const HOUR_MS = 3_600_000;

function take(seed: number, count: number): Visit[] {
  const row = visits(seed);
  return Array.from({ length: count }, () => row.next().value);
}

describe('the shape of the day', () => {
  it('repeats every day and stays between 0.3 and 1.7', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (epochMs) => {
        const rate = dailyShape(epochMs);
        assert.ok(rate >= 0.29 && rate <= 1.71, `${rate}`);
        assert.ok(Math.abs(rate - dailyShape(epochMs + 24 * HOUR_MS)) < 1e-6);
      }),
    );
  });

  it('has a mean of one, so that the rate that is asked for is the mean of the day', () => {
    const samples = Array.from({ length: 24 * 60 }, (_, minute) => dailyShape(minute * 60_000));
    assert.ok(Math.abs(samples.reduce((sum, value) => sum + value, 0) / samples.length - 1) < 1e-9);
  });

  it('is lowest in the early morning and highest in the evening, with a bump at noon', () => {
    const at = (hour: number) => dailyShape(hour * HOUR_MS);
    assert.ok(at(6) < 0.6);
    assert.ok(at(20.5) > 1.3);
    assert.ok(at(13) > at(9) && at(13) > 0.9);
  });
});

describe('visits', () => {
  it('are the same for the same seed and others for another', () => {
    assert.deepEqual(take(7, 50), take(7, 50));
    assert.notDeepEqual(take(7, 50), take(8, 50));
  });

  it('come in the documented mix', () => {
    assert.ok(Math.abs(Object.values(MIX).reduce((sum, part) => sum + part, 0) - 1) < 1e-9);
    const row = take(3, 20_000);
    for (const [kind, part] of Object.entries(MIX) as [VisitKind, number][]) {
      const seen = row.filter((visit) => visit.kind === kind).length / row.length;
      assert.ok(Math.abs(seen - part) < 0.01, `${kind}: ${seen} instead of ${part}`);
    }
  });

  it('fill a cart of their own before they check out, as customer or as guest', () => {
    const orders = take(5, 2000).filter(({ kind }) => kind === 'order' || kind === 'guestOrder');
    const carts = new Set<string>();
    for (const { kind, requests } of orders) {
      const [fill, checkout] = requests;
      assert.equal(checkout?.path, '/checkout');
      assert.equal(fill?.path, `/cart/${checkout?.body?.cart}`);
      assert.equal('customerId' in (checkout?.body ?? {}), kind === 'order');
      carts.add(fill?.path ?? '');
    }
    assert.equal(carts.size, orders.length);
    const declined = orders
      .map(({ requests }, index) => (requests[1]?.body?.card === 'tok_good' ? -1 : index))
      .filter((index) => index >= 0);
    assert.ok(declined.length > 5 && declined.every((index) => index % 40 === 39), 'every fortieth card is declined');
    const withCode = orders.filter(({ requests }) => requests[1]?.body?.discountCode !== undefined).length;
    assert.ok(withCode > orders.length * 0.2 && withCode < orders.length * 0.4);
  });
});

describe('traffic', () => {
  it('keeps coming however slow the shop answers, and ends when it is stopped', async () => {
    let seen = 0;
    const waiting: (() => void)[] = [];
    const server = createServer((_, response) => {
      seen += 1;
      waiting.push(() => response.end('{}'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const traffic = startTraffic({ url, visitsPerSec: 400, seed: 1, timeOfDayMs: () => 20 * HOUR_MS });
    try {
      while (seen < 20) await once(server, 'request');
      traffic.stop();
      await new Promise((resolve) => setTimeout(resolve, 50));
      const afterStop = seen;
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(seen, afterStop);
      assert.equal(waiting.length, seen, 'nothing was ever answered');
    } finally {
      traffic.stop();
      server.closeAllConnections();
      server.close();
    }
  });
});
