import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../../../src/domain/json';
import { workloadOf } from '../../../../src/investigation/perceive/workloadObjects';

const read = (attributes: Record<string, Json>) =>
  workloadOf({ timestampMs: 5, service: 'orders', status: 'info', host: null, message: '', attributes, tags: [] });
const container = (given: Record<string, Json> = {}) => ({ name: 'main', ready: true, restart_count: 0, ...given });

describe('workloadOf', () => {
  it('reads why a pod waits, how often it was started, and what it last ended with', () => {
    const waiting = container({
      ready: false,
      restart_count: 7,
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m' } },
      last_state: { terminated: { exit_code: 137 } },
    });
    const found = read({ pod: { name: 'orders-a', phase: 'Running', containers: [waiting] } });
    assert.deepEqual([found?.isReady, found?.restarts, found?.reason, found?.atMs], [false, 7, 'CrashLoopBackOff', 5]);
    assert.equal(found?.text, 'Pod orders-a is Running, not ready, 7 restarts; exit code 137; CrashLoopBackOff; back-off 5m');
  });

  it('knows a pod that no node takes, and one that is being removed', () => {
    const pending = { name: 'a', phase: 'Pending', containers: [container()], conditions: [{ type: 'PodScheduled', status: 'False' }] };
    assert.deepEqual([read({ pod: pending })?.isReady, read({ pod: pending })?.reason], [false, 'Unschedulable']);
    const leaving = { name: 'b', phase: 'Running', containers: [container()], deletionTimestamp: '2026-01-01T00:00:00Z' };
    assert.equal(read({ pod: leaving })?.isLeaving, true);
  });

  it('counts the replicas of a deployment in either spelling', () => {
    assert.equal(read({ deployment: { name: 'orders', desired: 3, ready: 2, available: 2 } })?.isReady, false);
    assert.equal(read({ deployment: { name: 'orders', replicas: 3, readyReplicas: 3, availableReplicas: 3 } })?.isReady, true);
  });

  it('knows a node that is not ready, or under pressure', () => {
    assert.equal(read({ node: { name: 'n1', ready: 'False' } })?.reason, 'NodeNotReady');
    const pressed = read({ node: { name: 'n2', ready: 'True', disk_pressure: 'True' } });
    assert.deepEqual([pressed?.isReady, pressed?.reason, pressed?.service], [false, 'DiskPressure', null]);
  });

  it('gives nothing for other logs, and survives whatever the objects hold', () => {
    assert.equal(read({}), null);
    assert.equal(read({ pod: { phase: 'Running' } }), null);
    fc.assert(
      fc.property(fc.constantFrom('pod', 'deployment', 'node'), fc.jsonValue(), (kind, value) => {
        const found = read({ [kind]: value as Json });
        assert.ok(found === null || found.name !== '');
      }),
    );
  });
});
