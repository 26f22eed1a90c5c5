import assert from 'node:assert/strict';
import { missingPermission, rateLimited } from '../../../src/domain/errors';
import type { Alert } from '../../../src/domain/monitor';
import type { Subject } from '../../../src/investigation/deps';
import { headingOf, openCase } from '../../../src/investigation/openCase';
import { Run } from '../../../src/investigation/run';
import { createRun } from '../../fakes/gathered';
import { monitor, NOW_MS } from '../../fakes/incidents';
import { createFakeTelemetry, type Method, type World } from '../../fakes/telemetry';

const open = (world: World, subject: Subject, faults: Partial<Record<Method, unknown>> = {}) => {
  const { deps } = createRun();
  const run = new Run({ ...deps, telemetry: createFakeTelemetry(world, { faults }) }, () => undefined, new AbortController().signal);
  return openCase(subject, run).then((opening) => ({ opening, run }));
};
const alert: Alert = {
  title: 'A',
  service: null,
  metric: null,
  threshold: null,
  observed: null,
  severity: 'low',
  firedAtMs: 5,
  monitorId: 1,
  summary: 's',
};

describe('openCase', () => {
  it('makes an alert of a monitor', async () => {
    const { opening } = await open({ monitors: [monitor()] }, { kind: 'monitor', id: 1 });
    assert.deepEqual(opening.alert, {
      title: 'Orders fail',
      service: 'shop',
      metric: 'shop.error_rate',
      threshold: 5,
      observed: null,
      severity: 'high',
      firedAtMs: NOW_MS - 420_000,
      monitorId: 1,
      summary: 'More than 5 % of orders fail',
    });
    assert.equal(opening.service, 'shop');
    assert.equal(opening.isAlerting, true);
    assert.equal(opening.env, null);
  });

  it('reads the environment from the query, then from the tags', async () => {
    const inQuery = monitor({ query: 'avg(last_5m):avg:a.b{env:prod} > 1', tags: ['env:other', 'service:x'] });
    const inTags = monitor({ query: 'logs("x").last("5m") > 1', tags: ['env:stage', 'service:x'] });
    assert.equal((await open({ monitors: [inQuery] }, { kind: 'monitor', id: 1 })).opening.env, 'prod');
    const { opening } = await open({ monitors: [inTags] }, { kind: 'monitor', id: 1 });
    assert.deepEqual([opening.env, opening.service, opening.query, opening.alert.metric], ['stage', 'x', null, null]);
  });

  it('takes the severity from the priority, then from the state', async () => {
    const severity = async (given: Parameters<typeof monitor>[0]) =>
      (await open({ monitors: [monitor(given)] }, { kind: 'monitor', id: 1 })).opening.alert.severity;
    assert.equal(await severity({ priority: 1 }), 'critical');
    assert.equal(await severity({ priority: 5 }), 'low');
    assert.equal(await severity({ priority: null }), 'high');
    assert.equal(await severity({ priority: null, state: 'Warn' }), 'medium');
    assert.equal(await severity({ priority: null, state: 'OK' }), 'unknown');
  });

  it('takes now for the time of a monitor that does not say when it fired', async () => {
    const { opening } = await open({ monitors: [monitor({ triggeredAtMs: null })] }, { kind: 'monitor', id: 1 });
    assert.equal(opening.alert.firedAtMs, NOW_MS);
  });

  it('throws when the monitor of the subject cannot be read', async () => {
    const fault = missingPermission('monitors_read', 'monitors');
    await assert.rejects(open({}, { kind: 'monitor', id: 1 }, { getMonitor: fault }), fault);
  });

  it('goes on with an alert whose monitor cannot be read, and says so', async () => {
    const { opening, run } = await open({}, { kind: 'alert', alert }, { getMonitor: rateLimited('Datadog', 9) });
    assert.deepEqual(opening.alert, alert);
    assert.equal(opening.isAlerting, null);
    assert.equal(run.problems.length, 1);
  });

  it('does not know whether a service alerts when its monitors cannot be read', async () => {
    const subject: Subject = { kind: 'service', service: 'shop', env: null };
    assert.equal((await open({ monitors: [] }, subject)).opening.isAlerting, false);
    assert.equal((await open({}, subject, { listMonitors: rateLimited('Datadog', 9) })).opening.isAlerting, null);
  });

  it('leaves out monitors of other environments', async () => {
    const monitors = [monitor({ id: 2, tags: ['service:shop', 'env:stage'] }), monitor({ id: 3, tags: ['service:shop', 'env:prod'] })];
    const { opening } = await open({ monitors }, { kind: 'service', service: 'shop', env: 'prod' });
    assert.equal(opening.monitor?.id, 3);
    assert.equal(opening.env, 'prod');
  });
});

describe('headingOf', () => {
  it('is what the alert says, before anything is known', async () => {
    const { opening } = await open({ monitors: [monitor()] }, { kind: 'monitor', id: 1 });
    assert.deepEqual(headingOf(opening), {
      title: 'Orders fail',
      severity: 'high',
      service: 'shop',
      type: 'unknown',
      startedAt: null,
      primarySymptom: 'More than 5 % of orders fail',
      blastRadius: ['shop'],
    });
  });
});
