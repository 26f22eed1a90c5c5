import assert from 'node:assert/strict';
import { createFixedClock } from '../../../../src/sandbox/clock';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';
import { askOf } from '../../../fakes/apiCalls';
import { METRIC_MONITOR, NOW_MS } from '../../../fakes/sandboxTelemetry';

interface Incident {
  readonly id: string;
  readonly attributes: {
    readonly title: string;
    readonly state: string;
    readonly severity: string;
    readonly resolved: string | null;
    readonly fields: Record<string, { value: unknown }>;
  };
}
interface Page {
  readonly data: readonly Incident[];
  readonly meta: { readonly pagination: object };
}

const store = createTelemetryStore({ clock: createFixedClock(NOW_MS) });
store.putMonitor({ id: 1, body: METRIC_MONITOR, state: 'Alert', stateSinceMs: NOW_MS - 60_000, lastTriggeredMs: null });
store.putMonitor({
  id: 2,
  body: { name: 'Was bad', type: 'metric alert', query: 'avg(last_5m):avg:m{env:x,service:cart} > 1' },
  state: 'OK',
  stateSinceMs: NOW_MS - 1000,
  lastTriggeredMs: NOW_MS - 120_000,
});
store.putMonitor({ id: 3, body: METRIC_MONITOR, state: 'OK', stateSinceMs: NOW_MS, lastTriggeredMs: null });
const ask = askOf(store);
const search = async (query: string) =>
  (
    await ask<{ data: { attributes: { total: number; incidents: { data: Incident }[] } } }>(
      'GET',
      `/api/v2/incidents/search?query=${encodeURIComponent(query)}`,
    )
  ).body.data.attributes;

describe('the incidents API', () => {
  it('has one incident for each monitor that alerts or has alerted, the newest first', async () => {
    const { body } = await ask<Page>('GET', '/api/v2/incidents');
    assert.deepEqual(
      body.data.map(({ attributes: { title, state, severity } }) => [title, state, severity]),
      [
        ['CPU is high', 'active', 'SEV-2'],
        ['Was bad', 'resolved', 'UNKNOWN'],
      ],
    );
    assert.equal(body.data[1]?.attributes.resolved, new Date(NOW_MS - 1000).toISOString());
    assert.deepEqual(
      body.data.map(({ attributes }) => attributes.fields.services?.value),
      [['checkout'], ['cart']],
    );
    assert.deepEqual(body.meta.pagination, { offset: 0, size: 2 });
  });

  it('pages by offset', async () => {
    const { body } = await ask<Page>('GET', '/api/v2/incidents?page[size]=1&page[offset]=0');
    assert.deepEqual(body.meta.pagination, { offset: 0, size: 1, next_offset: 1 });
    const second = await ask<Page>('GET', '/api/v2/incidents?page[size]=1&page[offset]=1');
    assert.deepEqual(
      second.body.data.map(({ attributes }) => attributes.title),
      ['Was bad'],
    );
  });

  it('searches by state, severity, service and words', async () => {
    assert.equal((await search('state:(active OR stable)')).total, 1);
    assert.equal((await search('severity:SEV-2')).total, 1);
    assert.equal((await search('service:cart')).incidents[0]?.data.attributes.title, 'Was bad');
    assert.equal((await search('CPU')).total, 1);
    assert.equal((await search('state:stable')).total, 0);
  });

  it('finds an incident by its id or public id', async () => {
    const [first] = (await ask<Page>('GET', '/api/v2/incidents')).body.data;
    for (const id of [first?.id, '1'])
      assert.equal((await ask<{ data: Incident }>('GET', `/api/v2/incidents/${id}`)).body.data.attributes.title, 'CPU is high');
    const none = await ask('GET', '/api/v2/incidents/none');
    assert.deepEqual([none.status, none.shape], [404, 'jsonApi']);
  });

  it('refuses a search that it cannot read', async () => {
    assert.equal((await ask('GET', '/api/v2/incidents/search?query=(state:active')).status, 400);
    assert.equal((await ask('GET', '/api/v2/incidents/search')).status, 400);
    assert.equal((await ask('GET', '/api/v2/incidents?page[size]=0')).status, 400);
  });
});
