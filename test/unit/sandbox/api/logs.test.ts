import assert from 'node:assert/strict';
import { matchingLogs } from '../../../../src/sandbox/api/logs';
import { askOf } from '../../../fakes/apiCalls';
import { filledStore, NOW_MS } from '../../../fakes/sandboxTelemetry';

interface Logs {
  readonly data: readonly {
    readonly id: string;
    readonly attributes: { readonly timestamp: string; readonly status: string; readonly attributes: Record<string, unknown> };
  }[];
  readonly meta: { readonly page?: { readonly after: string } };
}

const store = filledStore();
const ask = askOf(store);
const SEARCH = '/api/v2/logs/events/search';
const hour = { from: 'now-1h', to: 'now' };

describe('the logs API', () => {
  it('answers logs as Datadog does, the newest first', async () => {
    const { body } = await ask<Logs>('POST', SEARCH, { filter: { query: 'status:error', ...hour } });
    assert.equal(body.data.length, 6);
    const [newest, next] = body.data.map(({ attributes }) => attributes.timestamp);
    assert.ok(String(newest) > String(next));
    const { timestamp, ...rest } = body.data[5]!.attributes;
    assert.equal(Date.parse(timestamp), NOW_MS - 3_540_000);
    assert.equal(rest.status, 'error');
    assert.equal((rest.attributes.error as { kind: string }).kind, 'TypeError');
    assert.equal(body.meta.page, undefined);
  });

  it('pages by cursor, each log once', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const { body }: { body: Logs } = await ask<Logs>('POST', SEARCH, { filter: hour, page: { limit: 25, cursor }, sort: 'timestamp' });
      ids.push(...body.data.map(({ id }) => id));
      cursor = body.meta.page?.after;
    } while (cursor !== undefined);
    assert.equal(new Set(ids).size, 60);
    assert.equal(ids.length, 60);
  });

  it('takes the same from a query string', async () => {
    const { body } = await ask<Logs>(
      'GET',
      '/api/v2/logs/events?filter[query]=status:info&filter[from]=now-1h&page[limit]=2&sort=timestamp',
    );
    assert.equal(body.data.length, 2);
    assert.equal(Date.parse(body.data[0]!.attributes.timestamp), NOW_MS - 3_540_000 + 59_000);
  });

  it('aggregates', async () => {
    const request = { filter: { query: '*', ...hour }, compute: [{ aggregation: 'count' }], group_by: [{ facet: '@http.status_code' }] };
    const { body } = await ask<{ data: { buckets: unknown[] } }>('POST', '/api/v2/logs/analytics/aggregate', request);
    assert.deepEqual(body.data.buckets, [
      { by: { '@http.status_code': 200 }, computes: { c0: 54 } },
      { by: { '@http.status_code': 500 }, computes: { c0: 6 } },
    ]);
  });

  it('refuses in the classic shape', async () => {
    for (const body of [
      { filter: { query: '(open' } },
      { filter: { from: 'now', to: 'now-1h' } },
      { page: { limit: 2000 } },
      { sort: 'name' },
      'no json',
    ]) {
      const answer = await ask('POST', SEARCH, body);
      assert.deepEqual([answer.status, answer.shape], [400, 'classic'], JSON.stringify(body));
    }
  });
});

describe('matchingLogs', () => {
  it('gives the logs of the window in ascending time', () => {
    const logs = matchingLogs(store, 'service:checkout', { fromMs: NOW_MS - 600_000, toMs: NOW_MS });
    assert.ok(logs.length > 5);
    assert.deepEqual(
      [...logs].sort((a, b) => a.timestampMs - b.timestampMs),
      logs,
    );
  });
});
