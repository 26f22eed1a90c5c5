import assert from 'node:assert/strict';
import { compareOperations, operations } from '../../../../src/signals/traces/operations';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { span } from '../../../fakes/spans';

/** A request of `web` that calls `cart` through a client span; each number is how long that part takes. */
const trace = (traceId: string, { own, network, cart }: { own: number; network: number; cart: number }, startMs = 0) =>
  buildTraces([
    span({ traceId, spanId: 'a', service: 'web', resource: 'GET /cart/7', startMs, durationMs: own + network + cart }),
    span({
      traceId,
      spanId: 'b',
      parentId: 'a',
      service: 'web',
      name: 'http.request',
      resource: 'GET',
      startMs,
      durationMs: network + cart,
    }),
    span({ traceId, spanId: 'c', parentId: 'b', service: 'cart', resource: 'GET /items', startMs, durationMs: cart }),
  ]);

const usual = { own: 10, network: 5, cart: 20 };
const changes = (now: typeof usual) => compareOperations(operations(trace('t2', now)), operations(trace('t1', usual)));

describe('operations', () => {
  it('sum up like spans, ids masked', () => {
    const found = operations([...trace('t1', usual), ...trace('t2', { ...usual, own: 30 })]);
    const handler = found.find((operation) => operation.resource === 'GET /cart/?');
    assert.equal(handler?.count, 2);
    assert.equal(handler.medianSelfMs, 20);
    assert.equal(handler.example.span.durationMs, 55);
  });

  it('tell own time from the traces that were read with their calls, where there are any', () => {
    const alone = (traceId: string) =>
      buildTraces([span({ traceId, spanId: 'a', service: 'web', resource: 'GET /cart/7', durationMs: 900 })]);
    const found = operations([...trace('t1', usual), ...alone('t2'), ...alone('t3')]);
    const handler = found.find((operation) => operation.resource === 'GET /cart/?');
    assert.deepEqual([handler?.count, handler?.medianSelfMs, handler?.areCallsRead], [3, 10, true]);
  });

  it('look at a window only when told to', () => {
    const all = [...trace('t1', usual, 0), ...trace('t2', usual, 10_000)];
    const late = operations(all, { fromMs: 5000, toMs: 20_000 });
    assert.ok(late.every((operation) => operation.count === 1));
  });

  it('count errors', () => {
    const failing = buildTraces([span({ spanId: 'a', isError: true })]);
    assert.equal(operations(failing)[0]?.errors, 1);
  });
});

describe('compareOperations', () => {
  it('puts the operation whose own time grew first', () => {
    const [first] = changes({ ...usual, cart: 200 });
    assert.equal(first?.during.service, 'cart');
    assert.equal(first.addedSelfMs, 180);
    assert.equal(first.slowdown, 10);
    assert.equal(first.during.spentBy, 'cart');
  });

  it('blames the called side for time that is lost between the services', () => {
    const [first] = changes({ ...usual, network: 500 });
    assert.equal(first?.during.resource, 'GET');
    assert.equal(first.during.spentBy, 'cart');
  });

  it('blames the service itself for time in its handler', () => {
    const [first] = changes({ ...usual, own: 300 });
    assert.equal(first?.during.spentBy, 'web');
  });

  it('blames the peer for time in a call that nobody traced', () => {
    const spans = [
      span({ spanId: 'a', service: 'pay' }),
      span({ spanId: 'b', parentId: 'a', service: 'pay', resource: 'POST', meta: { 'span.kind': 'client', 'out.host': 'bank' } }),
    ];
    const call = operations(buildTraces(spans)).find((operation) => operation.resource === 'POST');
    assert.equal(call?.spentBy, 'bank');
  });

  it('has no slowdown for what is new', () => {
    const [only] = compareOperations(operations(buildTraces([span({ spanId: 'a' })])), []);
    assert.equal(only?.before, null);
    assert.equal(only.slowdown, 1);
  });
});
