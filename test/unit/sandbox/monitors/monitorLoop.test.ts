import assert from 'node:assert/strict';
import { createSettableClock } from '../../../../src/sandbox/clock';
import { evaluateMonitors, startMonitorLoop, tagsOf } from '../../../../src/sandbox/monitors/monitorLoop';
import type { StoredMonitor } from '../../../../src/sandbox/store/store';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';
import { NOW_MS } from '../../../fakes/sandboxTelemetry';

const BODY = {
  name: 'CPU',
  type: 'metric alert',
  query: 'avg(last_5m):avg:m{*} by {service} > 80',
  message: 'look',
  tags: ['service:shop'],
  options: { thresholds: { critical: 80 } },
};

function world(body: Readonly<Record<string, unknown>> = BODY, state: StoredMonitor['state'] = 'No Data') {
  const clock = createSettableClock(NOW_MS);
  const store = createTelemetryStore({ clock });
  store.putMonitor({ id: 1, body, state, stateSinceMs: NOW_MS - 1000, lastTriggeredMs: null });
  const report = (value: number) =>
    store.addSeries(
      { metric: 'm', tags: ['service:cart'], unit: null, intervalSec: 60, points: [[Math.floor(clock.nowMs() / 1000), value]] },
      'gauge',
    );
  const alerts = () => [...store.events({ fromMs: 0, toMs: clock.nowMs() + 1 })];
  return { clock, store, context: { store, clock }, report, alerts, monitor: () => store.monitor(1) };
}

describe('evaluateMonitors', () => {
  it('raises an alert once, and tells of it in an event', () => {
    const { context, report, alerts, monitor } = world();
    report(90);
    evaluateMonitors(context);
    evaluateMonitors(context);
    assert.equal(monitor()?.state, 'Alert');
    assert.equal(monitor()?.lastTriggeredMs, NOW_MS);
    const [event, ...others] = alerts();
    assert.equal(others.length, 0);
    assert.equal(event?.change.title, '[Triggered on {service:cart}] CPU');
    assert.equal(event?.change.service, 'cart');
    assert.deepEqual(event?.tags, ['service:shop', 'monitor_id:1']);
    assert.deepEqual(event?.change.attributes, {
      monitor_id: 1,
      state: 'Alert',
      previous_state: 'No Data',
      group: 'service:cart',
      value: 90,
    });
  });

  it('recovers when the value does, and remembers when it last alerted', () => {
    const { clock, context, report, alerts, monitor } = world();
    report(90);
    evaluateMonitors(context);
    clock.advance(600_000);
    report(10);
    evaluateMonitors(context);
    assert.equal(monitor()?.state, 'OK');
    assert.equal(monitor()?.stateSinceMs, NOW_MS + 600_000);
    assert.equal(monitor()?.lastTriggeredMs, NOW_MS);
    assert.equal(alerts().at(-1)?.change.title, '[Recovered on {service:cart}] CPU');
  });

  it('makes no event of a monitor that is found well at first', () => {
    const { context, report, alerts, monitor } = world();
    report(10);
    evaluateMonitors(context);
    assert.equal(monitor()?.state, 'OK');
    assert.deepEqual(alerts(), []);
  });

  it('keeps the state of monitors without data, of other forms, and with queries that cannot be read', () => {
    for (const body of [
      BODY,
      { ...BODY, query: "avg(last_5m):anomalies(avg:m{*}, 'basic', 2) >= 1" },
      { ...BODY, type: 'event-v2 alert', query: 'x' },
      { ...BODY, query: 'nonsense' },
    ]) {
      const { context, monitor, alerts } = world(body, 'Alert');
      evaluateMonitors(context);
      assert.equal(monitor()?.state, 'Alert');
      assert.deepEqual(alerts(), []);
    }
  });
});

describe('startMonitorLoop', () => {
  it('evaluates at once, then again and again until it is disposed', async () => {
    const { context, clock, report, monitor } = world();
    report(90);
    const loop = startMonitorLoop(context, 5);
    assert.equal(monitor()?.state, 'Alert');
    clock.advance(600_000);
    report(10);
    while (monitor()?.state !== 'OK') await new Promise((resolve) => setTimeout(resolve, 5));
    loop.dispose();
    clock.advance(600_000);
    report(90);
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(monitor()?.state, 'OK');
  });
});

describe('tagsOf', () => {
  it('takes only texts', () => {
    assert.deepEqual(tagsOf({ body: { tags: ['a:b', 5, null] } }), ['a:b']);
    assert.deepEqual(tagsOf({ body: {} }), []);
  });
});
