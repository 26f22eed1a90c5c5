import assert from 'node:assert/strict';
import { contention } from '../../../../src/diagnosis/analysers/contention';
import { code, databaseWork, findings, gauge, statement } from '../../../fakes/findings';

const look = (given: Parameters<typeof findings>[0]) => contention.look(findings(given), { culprits: [], code: code() });
const lag = gauge('aws.rds.replica_lag', {
  resource: 'replication',
  state: 'risen',
  unit: 'second',
  first: 1,
  last: 900,
  service: 'shop-replica-1',
});
const writes = gauge('aws.rds.write_iops', { resource: 'storage_io', state: 'risen', first: 400, last: 18_000, evidence: 'E71' });

describe('contention', () => {
  it('explains replication lag by the writes that cannot be replayed', () => {
    const [found] = look({ gauges: [lag, writes] }).explanations;
    assert.match(
      found?.title ?? '',
      /Replication lag of shop-replica-1: writes grew far beyond what it can replay \(aws\.rds\.write_iops 400 to 18,000\)/,
    );
    assert.equal(found?.service, 'shop');
    assert.deepEqual(found?.evidenceFor, ['E70', 'E71']);
  });

  it('hears of lag that is not measured, and says so', () => {
    const said = statement('Replication lag has exceeded 900 seconds', { source: 'event' });
    const [found] = look({ statements: [said] }).explanations;
    assert.equal(found?.evidenceClass, 'mechanism');
    assert.match(found?.missing.join() ?? '', /metric itself, which is not reported/);
  });

  it('names the lock that most of the load waits for', () => {
    const work = [databaseWork('wait', 'Lock:transactionid', 8), databaseWork('wait', 'CPU', 1)];
    assert.match(look({ databaseWork: work }).explanations[0]?.title ?? '', /waits for locks: Lock:transactionid/);
  });

  it('sees work that waits for the disk, and takes more work on the disk for none', () => {
    const waits = gauge('system.io.await', { resource: 'storage_io', state: 'risen', first: 1, last: 380 });
    assert.match(look({ gauges: [waits] }).explanations[0]?.title ?? '', /piles up in shop: system\.io\.await grew from 1 to 380/);
    assert.deepEqual(look({ gauges: [writes] }).explanations, []);
  });

  it('takes locks for a consequence where the storage is full', () => {
    const full = statement('could not write: No space left on device');
    assert.deepEqual(look({ databaseWork: [databaseWork('wait', 'Lock:relation', 8)], statements: [full] }).explanations, []);
  });

  it('tells of work that piles up', () => {
    const queue = gauge('kafka.consumer_lag', { resource: 'queue', state: 'risen', first: 20, last: 9000 });
    assert.match(
      look({ gauges: [queue] }).explanations[0]?.title ?? '',
      /Work piles up in shop: kafka\.consumer_lag grew from 20 to 9,000/,
    );
  });

  it('rules itself out with the gauges that did not grow, and says what it could not check', () => {
    const { check, ruledOut } = look({ gauges: [{ ...lag, state: 'calm', last: 1 }] });
    assert.equal(check.isInteresting, false);
    assert.match(ruledOut[0]?.reason ?? '', /aws\.rds\.replica_lag 1 s did not grow/);
    assert.deepEqual(look({}).check.unchecked, ['lock waits, replication lag and queue lengths: none were found']);
    assert.deepEqual(look({}).ruledOut, []);
  });
});
