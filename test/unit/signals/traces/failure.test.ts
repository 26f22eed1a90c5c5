import assert from 'node:assert/strict';
import type { Span } from '../../../../src/domain/span';
import { failureOrigin } from '../../../../src/signals/traces/failure';
import { peerOf } from '../../../../src/signals/traces/spanTags';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { span } from '../../../fakes/spans';

const originOf = (spans: readonly Span[]) => failureOrigin(buildTraces(spans)[0]!);

describe('failureOrigin', () => {
  it('goes down a chain of failing spans to where it began', () => {
    const origin = originOf([
      span({ spanId: 'a', service: 'web', isError: true }),
      span({ spanId: 'b', parentId: 'a', service: 'cart', isError: true }),
      span({ spanId: 'c', parentId: 'b', service: 'stock', isError: true, meta: { 'error.message': 'no such item' } }),
      span({ spanId: 'd', parentId: 'c', service: 'db' }),
    ]);
    assert.equal(origin?.service, 'stock');
    assert.equal(origin.message, 'no such item');
    assert.equal(origin.peer, null);
  });

  it('lets the caller say what went wrong where a call is marked for its status alone', () => {
    const origin = originOf([
      span({ spanId: 'a', service: 'web', isError: true, meta: { 'error.message': 'payments answered 502' } }),
      span({ spanId: 'b', parentId: 'a', service: 'payments', isError: true, meta: { 'error.message': 'acquirer answered 503' } }),
      span({ spanId: 'c', parentId: 'b', service: 'payments', isError: true, meta: { 'span.kind': 'client', 'out.host': 'acquirer' } }),
    ]);
    assert.equal(origin?.node.span.spanId, 'c');
    assert.equal(origin.peer, 'acquirer');
    assert.equal(origin.message, 'acquirer answered 503');
    assert.equal(origin.telling.spanId, 'b');
  });

  it('passes over client spans that tracers leave unmarked', () => {
    const origin = originOf([
      span({ spanId: 'a', service: 'web', isError: true }),
      span({ spanId: 'b', parentId: 'a', service: 'web', meta: { 'span.kind': 'client' } }),
      span({ spanId: 'c', parentId: 'b', service: 'payments', isError: true }),
    ]);
    assert.equal(origin?.service, 'payments');
  });

  it('takes the first of several calls at the same time to fail, and prefers one that was passed on to one that was handled', () => {
    const handled = span({ spanId: 'h', parentId: 'm', service: 'cache', isError: true, startMs: 0, durationMs: 1 });
    const origin = originOf([
      span({ spanId: 'a', service: 'web', isError: true }),
      span({ spanId: 'm', parentId: 'a', service: 'reviews' }),
      handled,
      span({ spanId: 'b', parentId: 'a', service: 'cart', isError: true, startMs: 10, durationMs: 20 }),
      span({ spanId: 'c', parentId: 'a', service: 'stock', isError: true, startMs: 10, durationMs: 50 }),
    ]);
    assert.equal(origin?.service, 'cart');
  });

  it('takes a failure after which the caller went on to call others for one that it handled', () => {
    const origin = originOf([
      span({ spanId: 'a', service: 'web', isError: true }),
      span({ spanId: 'b', parentId: 'a', service: 'cart', isError: true, startMs: 10, durationMs: 20 }),
      span({ spanId: 'c', parentId: 'a', service: 'stock', isError: true, startMs: 40, durationMs: 20 }),
    ]);
    assert.equal(origin?.service, 'stock');
  });

  it('believes the caller that repeats what one of them said', () => {
    const origin = originOf([
      span({ spanId: 'a', service: 'web', isError: true, meta: { 'error.message': 'cart: no such coupon' } }),
      span({
        spanId: 'b',
        parentId: 'a',
        service: 'cart',
        isError: true,
        startMs: 10,
        durationMs: 20,
        meta: { 'error.message': 'no such coupon' },
      }),
      span({
        spanId: 'c',
        parentId: 'a',
        service: 'log',
        isError: true,
        startMs: 40,
        durationMs: 20,
        meta: { 'error.message': 'queue is full' },
      }),
    ]);
    assert.equal(origin?.service, 'cart');
  });

  it('gives the way up, who handled it, and whether a caller gave up on a call that succeeded', () => {
    const origin = originOf([
      span({ spanId: 'a', service: 'web' }),
      span({ spanId: 'b', parentId: 'a', service: 'web', meta: { 'span.kind': 'client' }, isError: true }),
      span({ spanId: 'c', parentId: 'b', service: 'cart', meta: { 'span.kind': 'server' }, isError: true }),
      span({ spanId: 'd', parentId: 'c', service: 'cart', meta: { 'span.kind': 'client' }, isError: true, durationMs: 50 }),
      span({ spanId: 'e', parentId: 'd', service: 'stock', meta: { 'span.kind': 'server' }, durationMs: 400 }),
    ]);
    assert.deepEqual(
      origin?.path.map((node) => node.span.spanId),
      ['d', 'c', 'b'],
    );
    assert.equal(origin.handledBy?.span.spanId, 'a');
    assert.equal(origin.isGivenUp, true);
  });

  it('does not blame the request for what the receiver of a message did later', () => {
    const origin = originOf([
      span({ spanId: 'a', service: 'web', isError: true }),
      span({ spanId: 'b', parentId: 'a', service: 'mailer', isError: true, startMs: 10, durationMs: 5, meta: { 'span.kind': 'consumer' } }),
    ]);
    assert.equal(origin?.service, 'web');
  });

  it('survives a chain of 100,000 failing spans', () => {
    const chain = Array.from({ length: 100_000 }, (_, at) =>
      span({ spanId: `s${at}`, parentId: at === 0 ? null : `s${at - 1}`, isError: true, startMs: at, durationMs: 200_000 - 2 * at }),
    );
    assert.equal(originOf(chain)?.node.span.spanId, 's99999');
  });

  it('falls back to a handled failure, and to null when nothing failed', () => {
    assert.equal(
      originOf([span({ spanId: 'a' }), span({ spanId: 'b', parentId: 'a', service: 'cache', isError: true })])?.service,
      'cache',
    );
    assert.equal(originOf([span({ spanId: 'a' })]), null);
  });

  it('names the peer of a call that got an error for an answer', () => {
    const origin = originOf([
      span({ spanId: 'a', service: 'payments', isError: true, meta: { 'error.message': 'acquirer answered 503' } }),
      span({
        spanId: 'b',
        parentId: 'a',
        service: 'payments',
        durationMs: 5,
        meta: { 'span.kind': 'client', 'out.host': 'acquirer.example', 'http.status_code': '503' },
      }),
    ]);
    assert.equal(origin?.peer, 'acquirer.example');
  });

  it('names the peer of a call that took the time when the error speaks of time, and not otherwise', () => {
    const failing = (message: string) =>
      originOf([
        span({ spanId: 'a', service: 'payments', isError: true, meta: { 'error.message': message } }),
        span({ spanId: 'b', parentId: 'a', service: 'payments', durationMs: 95, meta: { 'span.kind': 'client', 'out.host': 'bank' } }),
      ]);
    assert.equal(failing('the operation timed out')?.peer, 'bank');
    assert.equal(failing('x is undefined')?.peer, null);
  });

  it('does not take a traced service for a peer outside', () => {
    const origin = originOf([
      span({ spanId: 'a', service: 'web', isError: true, meta: { 'error.message': 'timeout' } }),
      span({ spanId: 'b', parentId: 'a', service: 'web', durationMs: 99, meta: { 'span.kind': 'client', 'out.host': 'cart' } }),
      span({ spanId: 'c', parentId: 'b', service: 'cart' }),
    ]);
    assert.equal(origin?.peer, null);
  });
});

describe('peerOf', () => {
  it('reads the tags of client spans, then their address', () => {
    assert.equal(peerOf(span({ spanId: 'a', meta: { 'peer.service': 'stripe', 'out.host': 'api.stripe.com' } })), 'stripe');
    assert.equal(peerOf(span({ spanId: 'a', meta: { 'span.kind': 'client', 'http.url': 'https://api.example:8443/x' } })), 'api.example');
  });

  it('says nothing of spans that serve requests or whose address is none', () => {
    assert.equal(peerOf(span({ spanId: 'a', meta: { 'span.kind': 'server', 'out.host': 'me' } })), null);
    assert.equal(peerOf(span({ spanId: 'a', meta: { 'span.kind': 'client', 'http.url': 'not an address' } })), null);
    assert.equal(peerOf(span({ spanId: 'a' })), null);
  });
});
