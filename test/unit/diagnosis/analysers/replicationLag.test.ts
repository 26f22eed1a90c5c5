import assert from 'node:assert/strict';
import { replicationLag } from '../../../../src/diagnosis/analysers/replicationLag';
import { findings, gauge, statement } from '../../../fakes/findings';

const lag = gauge('aws.rds.replica_lag', {
  resource: 'replication',
  state: 'risen',
  unit: 'second',
  first: 1,
  last: 900,
  service: 'shop-replica-1',
});

describe('replicationLag', () => {
  it('is blamed on the primary whose writes a replica cannot replay', () => {
    const writes = gauge('aws.rds.write_iops', { resource: 'storage_io', state: 'risen', first: 400, last: 18_000, evidence: 'E71' });
    const found = replicationLag(findings({ gauges: [lag, writes] }));
    assert.equal(found?.service, 'shop');
    assert.match(found.title, /Replication lag of shop-replica-1: writes grew far beyond/);
    assert.equal(found.strength, 1);
    assert.deepEqual(found.evidenceFor, ['E70', 'E71']);
  });

  it('is less sure without the writes, and says that replay does not keep up', () => {
    const found = replicationLag(findings({ gauges: [lag] }));
    assert.match(found?.title ?? '', /replay does not keep up/);
    assert.ok((found?.strength ?? 1) < 1);
  });

  it('asks for the metric where only an event tells of it', () => {
    const said = statement('The replica is lagging behind the primary', { source: 'event', service: 'shop-replica-1' });
    assert.match(replicationLag(findings({ statements: [said] }))?.missing.join() ?? '', /metric itself/);
  });

  it('is nothing while a replica keeps up, or has caught up', () => {
    assert.equal(replicationLag(findings()), null);
    assert.equal(replicationLag(findings({ gauges: [{ ...lag, state: 'recovered' }] })), null);
  });
});
