import assert from 'node:assert/strict';
import { platformOutages } from '../../../../src/diagnosis/analysers/platformOutage';
import { findings, statement, workload } from '../../../fakes/findings';

const event = (text: string, given = {}) => statement(text, { source: 'event', ...given });
const missing = [workload('a', { isReady: false })];

describe('platformOutages', () => {
  it('tell of a lost node, of no room, and of evictions while workloads are in trouble', () => {
    for (const text of [
      'Node n2 status is now: NodeNotReady',
      '0/4 nodes are available: 4 Insufficient memory.',
      'Evicted: The node was low on resource',
    ]) {
      assert.equal(platformOutages(findings({ statements: [event(text)], workloads: missing }))[0]?.kind, 'infrastructure_outage');
      assert.deepEqual(platformOutages(findings({ statements: [event(text)], workloads: [workload('a')] })), []);
    }
  });

  it('count a failover that has ended, since it broke connections, but none that was planned or is long ago', () => {
    const failover = 'Multi-AZ failover completed: the underlying host was unhealthy';
    assert.equal(platformOutages(findings({ statements: [event(failover)] })).length, 1);
    assert.deepEqual(platformOutages(findings({ statements: [event(`Scheduled maintenance: ${failover}`)] })), []);
    assert.deepEqual(platformOutages(findings({ statements: [event(failover, { atMs: 0, lastMs: 0 })] })), []);
  });

  it('make little of pods that waited for room once, where none is seen that waits', () => {
    const [told] = platformOutages(findings({ statements: [event('0/4 nodes are available: 4 Insufficient cpu.')] }));
    assert.ok((told?.strength ?? 1) <= 0.3);
    const [lost] = platformOutages(findings({ statements: [event('Node n2 status is now: NodeNotReady')] }));
    assert.ok((lost?.strength ?? 0) > 0.5);
  });

  it('see a node that is not ready without any event', () => {
    const node = workload('n2', { kind: 'node', isReady: false, reason: 'NodeNotReady', evidence: 'E81' });
    assert.deepEqual(platformOutages(findings({ workloads: [node] }))[0]?.evidenceFor, ['E81']);
  });
});
