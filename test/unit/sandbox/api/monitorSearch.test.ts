import assert from 'node:assert/strict';
import { askOf } from '../../../fakes/apiCalls';
import { filledStore, METRIC_MONITOR, NOW_MS } from '../../../fakes/sandboxTelemetry';

interface Found {
  readonly monitors: readonly { id: number; metrics: string[]; scopes: string[]; last_triggered_ts: number | null }[];
  readonly groups: readonly { monitor_id: number; group: string; status: string }[];
  readonly counts: {
    status: { name: string; count: number }[];
    tag: { name: string; count: number }[];
    type: { name: string; count: number }[];
  };
  readonly metadata: { total_count: number; page_count: number };
}

const store = filledStore();
store.putMonitor({ id: 1, body: METRIC_MONITOR, state: 'Alert', stateSinceMs: NOW_MS, lastTriggeredMs: NOW_MS - 60_000 });
store.putMonitor({
  id: 2,
  body: { name: 'Errors of cart', type: 'log alert', query: 'logs("service:cart").rollup("count").last("5m") > 5', tags: ['service:cart'] },
  state: 'OK',
  stateSinceMs: NOW_MS,
  lastTriggeredMs: null,
});
store.putMonitor({
  id: 3,
  body: { name: 'Odd one', type: 'event-v2 alert', query: 'x', tags: ['team:shop'] },
  state: 'No Data',
  stateSinceMs: NOW_MS,
  lastTriggeredMs: null,
});
const ask = askOf(store);
const search = async (query: string, more = '') =>
  (await ask<Found>('GET', `/api/v1/monitor/search?query=${encodeURIComponent(query)}${more}`)).body;
const ids = async (query: string, more = '') => (await search(query, more)).monitors.map(({ id }) => id);

describe('monitor search', () => {
  it('finds by state, type, tags, metric, id and words', async () => {
    assert.deepEqual(await ids(''), [1, 2, 3]);
    assert.deepEqual(await ids('status:alert'), [1]);
    assert.deepEqual(await ids('status:"no data"'), [3]);
    assert.deepEqual(await ids('status:(Alert OR OK)'), [1, 2]);
    assert.deepEqual(await ids('type:metric'), [1]);
    assert.deepEqual(await ids('tag:"service:cart"'), [2]);
    assert.deepEqual(await ids('service:cart'), [2]);
    assert.deepEqual(await ids('metric:system.cpu.*'), [1]);
    assert.deepEqual(await ids('scope:env\\:prod'), [1]);
    assert.deepEqual(await ids('id:3'), [3]);
    assert.deepEqual(await ids('errors -status:Alert'), [2]);
  });

  it('tells facts, facets and pages', async () => {
    const found = await search('', '&per_page=2&page=0&sort=name,desc');
    assert.deepEqual(
      found.monitors.map(({ id }) => id),
      [3, 2],
    );
    assert.deepEqual(found.metadata, { total_count: 3, page_count: 2, page: 0, per_page: 2 });
    assert.deepEqual(found.counts.status, [
      { name: 'Alert', count: 1 },
      { name: 'No Data', count: 1 },
      { name: 'OK', count: 1 },
    ]);
    assert.deepEqual(found.counts.tag[0], { name: 'team:shop', count: 2 });
    assert.deepEqual(
      found.counts.type.map(({ name }) => name),
      ['event-v2', 'log', 'metric'],
    );
    const [first] = (await search('id:1')).monitors;
    assert.deepEqual([first?.metrics, first?.scopes, first?.last_triggered_ts], [['system.cpu.user'], ['env:prod'], NOW_MS / 1000 - 60]);
  });

  it('searches groups', async () => {
    const { body } = await ask<Found>('GET', '/api/v1/monitor/groups/search?query=status:alert');
    assert.deepEqual(
      body.groups.map(({ monitor_id, group, status }) => [monitor_id, group, status]),
      [[1, 'host:node-2', 'Alert']],
    );
    const host = await ask<Found>('GET', '/api/v1/monitor/groups/search?query=host:node-1');
    assert.deepEqual(
      host.body.groups.map(({ status }) => status),
      ['OK'],
    );
  });

  it('refuses unknown states and orders in the words of Datadog', async () => {
    const answer = await ask('GET', '/api/v1/monitor/groups/search?query=status:notastatus');
    assert.deepEqual([answer.status, answer.message], [400, "Query parsing error: 'notastatus' is not a valid monitor status"]);
    assert.equal((await ask('GET', '/api/v1/monitor/search?query=a+OR+NOT+status:bad')).status, 400);
    assert.equal((await ask('GET', '/api/v1/monitor/search?sort=color,asc')).status, 400);
    assert.equal((await ask('GET', '/api/v1/monitor/search?sort=name,up')).status, 400);
  });
});
