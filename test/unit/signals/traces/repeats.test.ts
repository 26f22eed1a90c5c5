import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Span } from '../../../../src/domain/span';
import { maskResource, newRepeats, repeatedCalls } from '../../../../src/signals/traces/repeats';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { span } from '../../../fakes/spans';

/** A request that makes `count` queries, each for another id. */
const request = (traceId: string, count: number): Span[] => [
  span({ spanId: `${traceId}-root`, traceId, resource: 'GET /cart', durationMs: 10 * count }),
  ...Array.from({ length: count }, (_, index) =>
    span({
      spanId: `${traceId}-${index}`,
      traceId,
      parentId: `${traceId}-root`,
      name: 'pg.query',
      type: 'sql',
      resource: `SELECT * FROM items WHERE id = ${index}`,
      startMs: index * 10,
      durationMs: 8,
    }),
  ),
];

describe('repeatedCalls', () => {
  it('sees one call made many times below one span, whatever the ids in it', () => {
    const [found] = repeatedCalls(buildTraces([...request('t1', 20), ...request('t2', 24)]));
    assert.equal(found?.calls, 22);
    assert.equal(found.resource, 'SELECT * FROM items WHERE id = ?');
    assert.equal(found.totalMs, 176);
    assert.equal(found.traces, 2);
    assert.equal(found.parent.span.resource, 'GET /cart');
  });

  it('does not mind a few calls', () => {
    assert.deepEqual(repeatedCalls(buildTraces(request('t1', 4))), []);
  });
});

describe('newRepeats', () => {
  it('keeps what has more than doubled', () => {
    const during = repeatedCalls(buildTraces(request('t1', 30)));
    assert.equal(newRepeats(during, repeatedCalls(buildTraces(request('t2', 2)), 1)).length, 1);
    assert.equal(newRepeats(during, repeatedCalls(buildTraces(request('t2', 20)), 1)).length, 0);
    assert.equal(newRepeats(during, []).length, 1);
  });
});

describe('maskResource', () => {
  it('masks ids of all kinds and leaves words, and names with digits, alone', () => {
    assert.equal(maskResource('GET /users/42/orders/9f86d081884c7d65'), 'GET /users/?/orders/?');
    assert.equal(maskResource("SELECT * FROM t1 WHERE n = 'Ann' AND id IN (1, 2, 3)"), 'SELECT * FROM t1 WHERE n = ? AND id IN (?)');
    assert.equal(maskResource('GET /v2/6f1c2d3e-0000-4000-8000-123456789abc'), 'GET /v2/?');
  });

  it('gives the same for what it has masked', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(maskResource(maskResource(text)), maskResource(text))));
  });
});
