import assert from 'node:assert/strict';
import { networkLatency } from '../../../../src/diagnosis/analysers/networkLatency';
import { code, findings, gauge, metric, statement } from '../../../fakes/findings';

const look = (given: Parameters<typeof findings>[0]) => networkLatency.look(findings(given), { culprits: [], code: code() });

describe('networkLatency', () => {
  it('is packets that are lost, measured at one end', () => {
    const [found] = look({ metrics: [metric('system.net.tcp.retrans_segs', { score: 4 })] }).explanations;
    assert.equal(found?.kind, 'infrastructure_outage');
    assert.equal(found.evidenceClass, 'mechanism');
    assert.match(found.title, /retrans_segs rose to 50/);
  });

  it('is an association where only words tell', () => {
    const [found] = look({ statements: [statement('write: network is unreachable')] }).explanations;
    assert.equal(found?.evidenceClass, 'association');
  });

  it('is not what an application drops', () => {
    assert.deepEqual(look({ metrics: [metric('orders.dropped_messages', { score: 4 })] }).explanations, []);
  });

  it('is ruled out by losses that did not rise, and not by how many bytes were sent', () => {
    assert.equal(look({ metrics: [metric('system.net.packets_dropped', { score: 0 })] }).ruledOut.length, 1);
    const { check, ruledOut } = look({ gauges: [gauge('system.net.bytes_sent', { resource: 'network' })] });
    assert.deepEqual(ruledOut, []);
    assert.equal(check.unchecked.length, 1);
  });
});
