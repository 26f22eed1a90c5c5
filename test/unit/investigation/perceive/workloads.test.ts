import assert from 'node:assert/strict';
import { isReport, workloadFindings } from '../../../../src/investigation/perceive/workloads';
import { change } from '../../../fakes/findings';
import { createRun, gathered } from '../../../fakes/gathered';
import { deployment, node, pod, said, wellPods } from '../../../fakes/miniIncidents/world';

const of = (...items: ReturnType<typeof pod>[]) => gathered({ logs: { query: '*', items } });
const looping = pod('orders-x', { ready: false, restarts: 4, reason: 'CrashLoopBackOff', message: 'back-off' });

describe('workloadFindings', () => {
  it('give each workload in trouble a fact, and one to those that are well', () => {
    const run = createRun();
    const found = workloadFindings(of(looping, ...wellPods), run);
    assert.deepEqual(
      found.map(({ kind, isReady }) => [kind, isReady]),
      [
        ['pod', false],
        ['pod', true],
        ['pod', true],
        ['pod', true],
        ['deployment', true],
        ['node', true],
        ['node', true],
      ],
    );
    const told = run.evidence.all().map(({ summary }) => summary);
    assert.ok(told.some((text) => text.startsWith('Pod orders-x is Running, not ready, 4 restarts; CrashLoopBackOff')));
    assert.ok(told.some((text) => text.startsWith('3 pods healthy, Running and Ready with 0 restarts: orders-5d8-a')));
    assert.ok(told.some((text) => text.includes('3 replicas desired, 3 ready, 3 available, 0 unavailable')));
    assert.ok(told.some((text) => text.includes('no memory pressure, disk pressure or PID pressure')));
  });

  it('say which troubles of pods nothing speaks of', () => {
    const run = createRun();
    const told = () => run.evidence.all().find(({ summary }) => summary.startsWith('Of '))?.summary ?? '';
    workloadFindings({ ...of(looping), changes: [change('other', 3, { text: 'The node was low on memory: evicted' }).change] }, run);
    assert.match(told(), /OOMKilled.*ImagePullBackOff.*FailedScheduling/);
    assert.doesNotMatch(told(), /CrashLoopBackOff|evicted/);
  });

  it('take the latest report of each, and know what is being removed', () => {
    const earlier = { ...pod('orders-x'), timestampMs: 1 };
    const leaving = pod('orders-old', { ready: false, isLeaving: true, restarts: 2 });
    const found = workloadFindings(of(looping, earlier, leaving), createRun());
    assert.equal(found.find(({ name }) => name === 'orders-x')?.isReady, false);
    assert.equal(found.find(({ name }) => name === 'orders-old')?.isLeaving, true);
  });

  it('read nodes that are lost or under pressure, and replicas that are missing', () => {
    const found = workloadFindings(of(node('n1', false), node('n2', true, { disk_pressure: 'True' }), deployment(3, 1)), createRun());
    assert.deepEqual(
      found.map(({ name, isReady, reason }) => [name, isReady, reason]),
      [
        ['n1', false, 'NodeNotReady'],
        ['n2', false, 'DiskPressure'],
        ['orders', false, null],
      ],
    );
  });

  it('pass over objects without a name or of another shape', () => {
    const odd = [
      said(1, 'x', 'info', 'a', { pod: { phase: 'Running' } }),
      said(1, 'x', 'info', 'a', { pod: 'text' }),
      said(1, 'x', 'info', 'a', { node: [] }),
    ];
    assert.deepEqual(workloadFindings(of(...odd), createRun()), []);
  });
});

describe('isReport', () => {
  it('is a log that carries an object, not a message', () => {
    assert.ok(isReport(looping));
    assert.ok(!isReport(said(1, 'pod failed')));
  });
});
