import assert from 'node:assert/strict';
import { groupStatesBody, isMulti, monitorBody, monitorGroups, text, triggeredSec } from '../../../../src/sandbox/api/monitorBody';
import type { StoredMonitor } from '../../../../src/sandbox/store/store';
import { filledStore, METRIC_MONITOR, NOW_MS } from '../../../fakes/sandboxTelemetry';

const monitor = (overrides: Partial<StoredMonitor> = {}): StoredMonitor => ({
  id: 3,
  body: METRIC_MONITOR,
  state: 'Alert',
  stateSinceMs: NOW_MS,
  lastTriggeredMs: null,
  ...overrides,
});
const store = filledStore();
const context = { store, clock: store.clock };

describe('monitorBody', () => {
  it('adds what Datadog adds, and lets what was loaded win', () => {
    const body = monitorBody(monitor({ body: { ...METRIC_MONITOR, org_id: 42, created: 'then', options: { include_tags: false } } }));
    assert.deepEqual([body.id, body.org_id, body.created, body.overall_state, body.multi], [3, 42, 'then', 'Alert', true]);
    assert.deepEqual(body.options, { notify_no_data: false, notify_audit: false, include_tags: false, new_host_delay: 300, silenced: {} });
  });

  it('is whole for a monitor that was loaded with next to nothing', () => {
    const body = monitorBody(monitor({ body: {} }));
    assert.deepEqual([body.name, body.type, body.query, body.message, body.tags], ['', '', '', '', []]);
  });
});

describe('isMulti', () => {
  it('sees groups in both query forms', () => {
    assert.deepEqual(
      [
        'avg(last_5m):avg:m{*} by {host} > 1',
        'avg(last_5m):avg:m{*} > 1',
        'avg(last_5m):avg:m{*} by {*} > 1',
        'logs("a").by("service").last("5m") > 1',
        'logs("a").by("*").last("5m") > 1',
      ].map(isMulti),
      [true, false, false, true, false],
    );
  });
});

describe('monitorGroups', () => {
  it('evaluates groups when they explain the state', () => {
    assert.deepEqual(
      monitorGroups(monitor(), context).map(({ group }) => group),
      ['host:node-2', 'host:node-1'],
    );
  });

  it('has one group with the state it was given otherwise', () => {
    for (const body of [
      { ...METRIC_MONITOR, query: 'nonsense' },
      { type: 'event-v2 alert', query: 'x' },
      { ...METRIC_MONITOR, query: 'avg(last_5m):avg:none{*} > 1' },
    ])
      assert.deepEqual(monitorGroups(monitor({ body }), context), [{ group: '*', state: 'Alert' }]);
    assert.deepEqual(monitorGroups(monitor({ state: 'Warn' }), context), [{ group: '*', state: 'Warn' }]);
  });
});

describe('groupStatesBody', () => {
  it('has only the wanted states', () => {
    const names = (...wanted: string[]) => Object.keys((groupStatesBody(monitor(), context, wanted) as { groups: object }).groups);
    assert.deepEqual(names('all'), ['host:node-2', 'host:node-1']);
    assert.deepEqual(names('OK'), ['host:node-1']);
    assert.deepEqual(names('no data', 'warn'), []);
  });
});

describe('triggeredSec', () => {
  it('falls back to since when the monitor alerts', () => {
    assert.equal(triggeredSec(monitor({ lastTriggeredMs: 5000 }), 'OK'), 5);
    assert.equal(triggeredSec(monitor(), 'Alert'), NOW_MS / 1000);
    assert.equal(triggeredSec(monitor(), 'OK'), null);
  });
});

describe('text', () => {
  it('is empty for what is no text', () => assert.deepEqual([text('a'), text(5), text(null)], ['a', '', '']));
});
