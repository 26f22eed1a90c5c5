import assert from 'node:assert/strict';
import { matchingSpans } from '../../../../src/sandbox/api/spans';
import { askOf } from '../../../fakes/apiCalls';
import { filledStore, NOW_MS } from '../../../fakes/sandboxTelemetry';

interface Spans {
  readonly data: readonly { readonly attributes: { readonly span_id: string; readonly custom: Record<string, unknown> } }[];
  readonly meta: { readonly page?: { readonly after: string } };
}

const store = filledStore();
const ask = askOf(store);
const SEARCH = '/api/v2/spans/events/search';
const search = (attributes: object) => ({ data: { type: 'search_request', attributes } });
const hour = { from: 'now-1h', to: 'now' };

describe('the spans API', () => {
  it('finds spans, the newest first, and pages by cursor', async () => {
    const filter = { query: 'service:checkout @http.status_code:500', ...hour };
    const first = await ask<Spans>('POST', SEARCH, search({ filter, page: { limit: 4 } }));
    assert.deepEqual(
      first.body.data.map(({ attributes }) => attributes.span_id),
      ['101', '81', '61', '41'],
    );
    const second = await ask<Spans>('POST', SEARCH, search({ filter, page: { limit: 4, cursor: first.body.meta.page?.after } }));
    assert.deepEqual(
      second.body.data.map(({ attributes }) => attributes.span_id),
      ['21', '1'],
    );
    assert.equal(second.body.meta.page, undefined);
  });

  it('finds the spans of an issue', async () => {
    const [{ attributes } = { attributes: null }] = (
      await ask<Spans>('GET', '/api/v2/spans/events?filter[query]=status:error&filter[from]=now-1h&page[limit]=1')
    ).body.data;
    assert.ok(attributes !== null);
    const issue = (attributes.custom.issue as { id: string }).id;
    const { body } = await ask<Spans>('GET', `/api/v2/spans/events?filter[query]=@issue.id:${issue}&filter[from]=now-1h`);
    assert.equal(body.data.length, 6);
  });

  it('aggregates into buckets', async () => {
    const attributes = {
      filter: { query: '*', ...hour },
      compute: [{ aggregation: 'max', metric: '@duration' }],
      group_by: [{ facet: 'service' }],
    };
    const { body } = await ask<{ data: { attributes: unknown }[] }>('POST', '/api/v2/spans/analytics/aggregate', {
      data: { type: 'aggregate_request', attributes },
    });
    assert.deepEqual(
      body.data.map((bucket) => bucket.attributes),
      [
        { by: { service: 'checkout' }, compute: { c0: 159_000_000 } },
        { by: { service: 'payment' }, compute: { c0: 40_000_000 } },
      ],
    );
  });

  it('gives a trace by any spelling of its id, and says when there is none', async () => {
    const id = 1_000_000_000_007n;
    for (const spelling of [String(id), id.toString(16).padStart(32, '0')]) {
      const { body } = await ask<{ data: { attributes: { spans: unknown[] } } }>('GET', `/api/v2/trace/${spelling}`);
      assert.equal(body.data.attributes.spans.length, 2);
    }
    const none = await ask('GET', '/api/v2/trace/12345');
    assert.deepEqual([none.status, none.shape], [404, 'jsonApi']);
  });

  it('refuses in the JSON:API shape, an empty window with a 422', async () => {
    const order = await ask('POST', SEARCH, search({ filter: { from: 'now', to: 'now-15m' } }));
    assert.deepEqual([order.status, order.shape], [422, 'jsonApi']);
    assert.match(order.message ?? '', /'from' should be anterior to 'to'/);
    const got = await ask('GET', '/api/v2/spans/events?filter[from]=now&filter[to]=now-1m');
    assert.equal(got.status, 422);
    for (const body of [search({ filter: { query: 'a:[1' } }), { data: { type: 'other' } }, {}]) {
      const answer = await ask('POST', SEARCH, body);
      assert.deepEqual([answer.status, answer.shape], [400, 'jsonApi'], JSON.stringify(body));
    }
  });
});

describe('matchingSpans', () => {
  it('looks at when a span began', () => {
    assert.equal(matchingSpans(store, '*', { fromMs: NOW_MS - 3_540_000, toMs: NOW_MS - 3_540_000 + 1 }).length, 1);
  });
});
