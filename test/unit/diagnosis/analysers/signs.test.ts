import assert from 'node:assert/strict';
import {
  areWorkloadsWell,
  gaugesOf,
  idsOf,
  isAlertAbout,
  isBad,
  saying,
  troubledWorkloads,
} from '../../../../src/diagnosis/analysers/signs';
import { MEMORY } from '../../../../src/diagnosis/analysers/topics';
import { findings, gauge, ONSET_MS, statement, workload } from '../../../fakes/findings';

describe('saying', () => {
  it('hears systems speak of a topic around the onset, and the alert only as what somebody noticed', () => {
    const said = statement('OOMKilled');
    const early = statement('OOMKilled', { lastMs: ONSET_MS - 2 * 3_600_000 });
    const alert = statement('OOMKilled', { source: 'alert' });
    const given = findings({ statements: [said, early, alert, statement('timeout')] });
    assert.deepEqual(saying(given, MEMORY), [said]);
    assert.equal(isAlertAbout(given, MEMORY), true);
    assert.equal(isAlertAbout(findings({ statements: [said] }), MEMORY), false);
  });
});

describe('isBad', () => {
  const stands = (resource: 'memory' | 'traffic' | 'cpu' | 'queue', state: 'full' | 'fallen' | 'risen' | 'recovered') =>
    isBad(gauge('x', { resource, state }));

  it('knows what hurts: a limit that is reached, room that is gone, and what piles up', () => {
    assert.equal(stands('cpu', 'full'), true);
    assert.equal(stands('memory', 'fallen'), true);
    assert.equal(stands('queue', 'risen'), true);
  });

  it('does not take more work, or what came back, for harm', () => {
    assert.equal(stands('traffic', 'full'), false);
    assert.equal(stands('traffic', 'risen'), false);
    assert.equal(stands('queue', 'fallen'), false);
    assert.equal(stands('queue', 'recovered'), false);
  });
});

describe('workloads', () => {
  const down = workload('a', { isReady: false });
  const leaving = workload('b', { isReady: false, isLeaving: true });

  it('are in trouble unless they are being removed', () => {
    assert.deepEqual(troubledWorkloads(findings({ workloads: [down, leaving, workload('c')] })), [down]);
  });

  it('are well only where any is reported beside nodes', () => {
    assert.equal(areWorkloadsWell(findings({ workloads: [workload('c'), leaving] })), true);
    assert.equal(areWorkloadsWell(findings({ workloads: [workload('n', { kind: 'node' })] })), false);
    assert.equal(areWorkloadsWell(findings({ workloads: [workload('c'), down] })), false);
  });
});

describe('gaugesOf and idsOf', () => {
  it('give the gauges of a topic, and ids once and only where there are any', () => {
    const memory = gauge('heap', { resource: 'memory' });
    assert.deepEqual(gaugesOf(findings({ gauges: [memory, gauge('cpu', { resource: 'cpu' })] }), MEMORY), [memory]);
    assert.deepEqual(idsOf([{ evidence: 'E1' }, { evidence: null }], [{ evidence: 'E1' }, { evidence: 'E2' }]), ['E1', 'E2']);
  });
});
