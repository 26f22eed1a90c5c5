import assert from 'node:assert/strict';
import { isAlertedGaugeWell, presentTrouble } from '../../../../src/diagnosis/analysers/presentTrouble';
import { findings, gauge, statement, workload } from '../../../fakes/findings';

const alert = (text: string) => statement(text, { source: 'alert' });

describe('presentTrouble', () => {
  it('is what gauges, workloads and systems say is wrong now', () => {
    const wrong = findings({
      gauges: [gauge('cpu', { state: 'full', evidence: 'E71' }), gauge('write_iops', { state: 'risen', evidence: 'E72' })],
      workloads: [workload('a', { isReady: false, evidence: 'E81' }), workload('b', { isReady: false, isLeaving: true, evidence: 'E82' })],
      statements: [statement('no space left on device', { evidence: 'E61' })],
    });
    assert.deepEqual(presentTrouble(wrong), ['E71', 'E81', 'E61']);
  });

  it('does not count what the present state has settled', () => {
    const event = statement('Back-off restarting failed container in pod x', { source: 'event' });
    assert.deepEqual(presentTrouble(findings({ statements: [event], workloads: [workload('x')] })), []);
    assert.deepEqual(presentTrouble(findings({ statements: [event], workloads: [workload('x', { isReady: false })] })), ['E80', 'E60']);
  });

  it('does not count what was said to be over later', () => {
    const low = statement('orders is low on storage', { source: 'event', lastMs: 1_900_000_000_000, isTrouble: true });
    const over = statement('storage autoscaling completed', { source: 'event', atMs: 1_900_000_100_000, isTrouble: false });
    assert.deepEqual(presentTrouble(findings({ statements: [low], onsetMs: 1_900_000_000_000 })), ['E60']);
    assert.deepEqual(presentTrouble(findings({ statements: [low, over], onsetMs: 1_900_000_000_000 })), []);
  });
});

describe('isAlertedGaugeWell', () => {
  it('asks the gauges that the alert speaks of', () => {
    const given = { statements: [alert('CPU of shop above 85 %')] };
    assert.equal(isAlertedGaugeWell(findings({ ...given, gauges: [gauge('cpu', { state: 'recovered' })] })), true);
    assert.equal(isAlertedGaugeWell(findings({ ...given, gauges: [gauge('cpu', { state: 'full' })] })), false);
  });

  it('is not well where the gauge is missing or climbs without a known limit, and null where the alert names none', () => {
    const connections = { statements: [alert('database connections high')] };
    assert.equal(isAlertedGaugeWell(findings(connections)), false);
    assert.equal(
      isAlertedGaugeWell(findings({ ...connections, gauges: [gauge('connections', { first: 300, last: 494, worst: 494 })] })),
      false,
    );
    assert.equal(
      isAlertedGaugeWell(findings({ ...connections, gauges: [gauge('connections', { first: 300, last: 320, worst: 330 })] })),
      true,
    );
    assert.equal(isAlertedGaugeWell(findings({ statements: [alert('a pod was pending')] })), null);
  });
});
