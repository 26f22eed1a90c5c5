import assert from 'node:assert/strict';
import { isSettled, troubles } from '../../../../src/diagnosis/analysers/settled';
import { CONNECTIONS, CRASH, DISK } from '../../../../src/diagnosis/analysers/topics';
import { findings, gauge, ONSET_MS, statement, workload } from '../../../fakes/findings';

const full = statement('No space left on device', { source: 'event' });

describe('isSettled', () => {
  it('believes numbers that leave room, and not those that leave none', () => {
    assert.equal(isSettled(statement('Connections exceeded the warning level: 268 of 500'), CONNECTIONS, findings()), true);
    assert.equal(isSettled(statement('Connections exceeded the warning level: 498 of 500'), CONNECTIONS, findings()), false);
  });

  it('counts workloads that are all as wanted more than an event about one', () => {
    const loops = statement('Back-off restarting failed container of pod a', { source: 'event' });
    assert.equal(isSettled(loops, CRASH, findings({ workloads: [workload('a')] })), true);
    assert.equal(isSettled(loops, CRASH, findings({ workloads: [workload('a', { isReady: false })] })), false);
    assert.equal(isSettled(loops, CRASH, findings()), false);
  });

  it('counts a gauge that is back more than an event, and one that stays up less', () => {
    const disk = (state: 'recovered' | 'full') => gauge('system.disk.in_use', { resource: 'disk', state, movedAtMs: ONSET_MS });
    assert.equal(isSettled(full, DISK, findings({ gauges: [disk('recovered')] })), true);
    assert.equal(isSettled(full, DISK, findings({ gauges: [disk('full')] })), false);
  });

  it('is over when it was said to be over later, about the same service', () => {
    const over = { isTrouble: false, source: 'event', atMs: ONSET_MS + 60_000 } as const;
    const said = (given: object) => findings({ statements: [full, statement('Storage autoscaling completed', { ...over, ...given })] });
    assert.equal(isSettled(full, DISK, said({})), true);
    assert.equal(isSettled(full, DISK, said({ service: 'stock' })), false);
    assert.equal(isSettled(full, DISK, said({ atMs: ONSET_MS - 60_000 })), false);
  });
});

describe('troubles', () => {
  it('are what is said of a topic, is trouble, and is still so', () => {
    const calm = statement('disk is full of joy', { isTrouble: false });
    assert.deepEqual(troubles(findings({ statements: [full, calm, statement('timeout')] }), DISK), [full]);
  });
});
