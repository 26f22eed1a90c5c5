import assert from 'node:assert/strict';
import { createFixedClock } from '../../../../src/sandbox/clock';
import { evaluateMonitors } from '../../../../src/sandbox/monitors/monitorLoop';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';
import { askOf } from '../../../fakes/apiCalls';
import { filledStore, METRIC_MONITOR, NOW_MS } from '../../../fakes/sandboxTelemetry';

interface Monitor {
  readonly id: number;
  readonly name: string;
  readonly overall_state: string;
  readonly options: Record<string, unknown>;
  readonly state?: { readonly groups: Record<string, { status: string; last_triggered_ts: number | null }> };
  readonly custom?: string;
}

const empty = () => {
  const store = createTelemetryStore({ clock: createFixedClock(NOW_MS) });
  return { store, ask: askOf(store) };
};
const create = async (ask: ReturnType<typeof askOf>, overrides: object = {}) =>
  (await ask<Monitor>('POST', '/api/v1/monitor', { ...METRIC_MONITOR, ...overrides })).body;

describe('the monitors API', () => {
  it('creates monitors without data and numbers them', async () => {
    const { ask } = empty();
    const [first, second] = [await create(ask, { custom: 'kept' }), await create(ask)];
    assert.notEqual(first.id, second.id);
    assert.equal(first.overall_state, 'No Data');
    assert.equal(first.custom, 'kept');
    assert.deepEqual(first.options.thresholds, { critical: 80, warning: 70 });
  });

  it('refuses and validates the same monitors', async () => {
    const { ask } = empty();
    const { id } = await create(ask);
    for (const overrides of [
      { query: 'avg:m{*}' },
      { query: 'avg(last_5m):avg:m{* > 80' },
      { query: 'avg(last_5m):avg:m{*} > 81' },
      { type: undefined },
      { tags: 'a' },
    ]) {
      for (const path of ['/api/v1/monitor', '/api/v1/monitor/validate', `/api/v1/monitor/${id}/validate`]) {
        const answer = await ask('POST', path, { ...METRIC_MONITOR, ...overrides });
        assert.deepEqual([answer.status, answer.shape], [400, 'classic'], `${path} ${JSON.stringify(overrides)}`);
      }
    }
    assert.deepEqual((await ask('POST', '/api/v1/monitor/validate', METRIC_MONITOR)).body, {});
    assert.deepEqual((await ask('POST', `/api/v1/monitor/${id}/validate`, METRIC_MONITOR)).body, {});
  });

  it('accepts monitors that it does not evaluate', async () => {
    const { ask } = empty();
    for (const overrides of [
      { type: 'event-v2 alert', query: 'events("*").rollup("count").last("5m") > 0' },
      { type: 'query alert', query: "avg(last_5m):anomalies(avg:m{*}, 'basic', 2) >= 1", options: {} },
    ])
      assert.equal((await create(ask, overrides)).overall_state, 'No Data');
  });

  it('tells the states of groups when asked to', async () => {
    const store = filledStore();
    const ask = askOf(store);
    const { id } = await create(ask);
    evaluateMonitors({ store, clock: store.clock });
    const get = async (more: string) => (await ask<Monitor>('GET', `/api/v1/monitor/${id}${more}`)).body;
    assert.equal((await get('')).state, undefined);
    const all = (await get('?group_states=all')).state?.groups;
    assert.deepEqual(
      Object.entries(all ?? {}).map(([name, { status }]) => [name, status]),
      [
        ['host:node-2', 'Alert'],
        ['host:node-1', 'OK'],
      ],
    );
    assert.equal(all?.['host:node-2']?.last_triggered_ts, NOW_MS / 1000);
    assert.deepEqual(Object.keys((await get('?group_states=alert,warn')).state?.groups ?? {}), ['host:node-2']);
  });

  it('updates what is sent, and begins anew when the query changes', async () => {
    const store = filledStore();
    const ask = askOf(store);
    const { id } = await create(ask);
    evaluateMonitors({ store, clock: store.clock });
    const put = async (change: object) => (await ask<Monitor>('PUT', `/api/v1/monitor/${id}`, change)).body;
    const renamed = await put({ name: 'New', options: { renotify_interval: 5 } });
    assert.deepEqual([renamed.name, renamed.overall_state, renamed.options.renotify_interval], ['New', 'Alert', 5]);
    assert.deepEqual(renamed.options.thresholds, { critical: 80, warning: 70 });
    assert.equal((await put({ query: METRIC_MONITOR.query.replace('avg(last_5m)', 'max(last_5m)') })).overall_state, 'No Data');
    assert.equal((await ask('PUT', `/api/v1/monitor/${id}`, { query: 'nonsense' })).status, 400);
  });

  it('lists by name, tags and scope, in pages', async () => {
    const { ask } = empty();
    const ids = [
      await create(ask, { name: 'One' }),
      await create(ask, { name: 'Two', tags: ['a:b'] }),
      await create(ask, { name: 'Three' }),
    ].map(({ id }) => id);
    const list = async (more: string) => (await ask<Monitor[]>('GET', `/api/v1/monitor?${more}`)).body.map(({ id }) => id);
    assert.deepEqual(await list(''), ids);
    assert.deepEqual(await list('name=t'), [ids[1], ids[2]]);
    assert.deepEqual(await list('monitor_tags=a:b'), [ids[1]]);
    assert.deepEqual(await list('tags=env:prod'), ids);
    assert.deepEqual(await list('tags=env:other'), []);
    assert.deepEqual(await list('page=1&page_size=2'), [ids[2]]);
    assert.deepEqual(await list(`id_offset=${ids[0]}&page_size=1`), [ids[1]]);
    assert.equal((await ask('GET', '/api/v1/monitor?page_size=x')).status, 400);
  });

  it('deletes, and does not find what is gone', async () => {
    const { ask } = empty();
    const { id } = await create(ask);
    assert.deepEqual((await ask('DELETE', `/api/v1/monitor/${id}`)).body, { deleted_monitor_id: id });
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await ask(method, `/api/v1/monitor/${id}`, {});
      assert.deepEqual([answer.status, answer.message], [404, 'Monitor not found']);
    }
    assert.equal((await ask('GET', '/api/v1/monitor/abc')).status, 400);
  });
});
