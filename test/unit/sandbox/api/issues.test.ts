import assert from 'node:assert/strict';
import { askOf } from '../../../fakes/apiCalls';
import { filledStore, NOW_MS, STACK, span } from '../../../fakes/sandboxTelemetry';

interface Issues {
  readonly data: readonly { readonly id: string; readonly attributes: { readonly total_count: number } }[];
  readonly included?: readonly { readonly attributes: Record<string, unknown> }[];
}

const store = filledStore();
const late = {
  'error.type': 'RangeError',
  'error.message': 'too far',
  'error.stack': STACK.replace('TypeError', 'RangeError'),
  env: 'prod',
  version: '1.5.0',
};
store.addSpans([span({ service: 'cart', isError: true, startMs: NOW_MS - 5000, meta: late, traceId: '77' })]);
const ask = askOf(store);
const SEARCH = '/api/v2/error-tracking/issues/search';
const request = (attributes: object) => ({
  data: { type: 'search_request', attributes: { query: '*', from: NOW_MS - 3_600_000, to: NOW_MS + 1, track: 'trace', ...attributes } },
});
const found = async (attributes: object) =>
  (await ask<Issues>('POST', `${SEARCH}?include=issue`, request(attributes))).body.included?.map(({ attributes: { service } }) => service);

describe('the error tracking API', () => {
  it('finds issues by any field of their errors', async () => {
    assert.deepEqual(await found({}), ['checkout', 'cart']);
    assert.deepEqual(await found({ query: 'service:cart env:prod @error.type:RangeError' }), ['cart']);
    assert.deepEqual(await found({ query: 'version:1.4.2' }), ['checkout']);
    assert.deepEqual(await found({ query: 'service:none' }), []);
  });

  it('orders by count, or by when they were first seen', async () => {
    assert.deepEqual(await found({ order_by: 'TOTAL_COUNT' }), ['checkout', 'cart']);
    assert.deepEqual(await found({ order_by: 'FIRST_SEEN' }), ['cart', 'checkout']);
  });

  it('looks at logs in their track, at nothing in that of browsers', async () => {
    assert.deepEqual(await found({ track: 'logs' }), ['checkout']);
    assert.deepEqual(await found({ track: 'rum' }), []);
    assert.deepEqual(await found({ track: undefined, persona: 'BACKEND' }), ['checkout', 'cart']);
    assert.deepEqual(await found({ track: undefined, persona: 'MOBILE' }), []);
    assert.deepEqual(await found({ states: ['RESOLVED'] }), []);
  });

  it('includes the issue only when asked to', async () => {
    const { body } = await ask<Issues>('POST', SEARCH, request({}));
    assert.equal(body.included, undefined);
    assert.equal(body.data[0]?.attributes.total_count, 6);
  });

  it('gives one issue with where and when it was seen', async () => {
    const [first] = (await ask<Issues>('POST', SEARCH, request({ query: 'service:checkout' }))).body.data;
    const { body } = await ask<{ data: { attributes: Record<string, unknown> } }>('GET', `/api/v2/error-tracking/issues/${first?.id}`);
    const { attributes } = body.data;
    assert.equal(attributes.error_type, 'TypeError');
    assert.equal(attributes.first_seen, NOW_MS - 3_540_000);
    assert.equal(attributes.first_seen_version, '1.4.2');
    assert.deepEqual(attributes.languages, ['TYPESCRIPT']);
  });

  it('refuses in the JSON:API shape', async () => {
    const refusals = [
      [await ask('GET', '/api/v2/error-tracking/issues/none'), 404],
      [await ask('POST', SEARCH, request({ track: undefined })), 400],
      [await ask('POST', SEARCH, request({ from: NOW_MS, to: 0 })), 400],
      [await ask('POST', SEARCH, request({ query: '(' })), 400],
      [await ask('POST', SEARCH, { data: { type: 'search_request', attributes: { query: '*' } } }), 400],
    ] as const;
    for (const [answer, status] of refusals) assert.deepEqual([answer.status, answer.shape], [status, 'jsonApi'], answer.message);
  });
});
