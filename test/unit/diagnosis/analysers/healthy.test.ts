import assert from 'node:assert/strict';
import { healthy } from '../../../../src/diagnosis/analysers/healthy';
import { failure, findings, gauge, metric, ONSET_MS } from '../../../fakes/findings';
import { series } from '../../../fakes/spans';

describe('healthy', () => {
  it('is not claimed while the alerting metric is beyond its limit', () => {
    assert.deepEqual(healthy(findings({ alertState: 'active' })), []);
  });

  it('is sure when the metric came back, nothing fails and the monitor is quiet', () => {
    const [found] = healthy(findings({ alertState: 'recovered', isAlerting: false }));
    assert.equal(found?.evidenceClass, 'mechanism');
    assert.equal(found.strength, 1);
    assert.match(found.title, /is over/);
  });

  it('has the monitor against it while that still alerts', () => {
    const [found] = healthy(findings({ alertState: 'quiet', isAlerting: true }));
    assert.equal(found?.evidenceClass, 'association');
    assert.deepEqual(found.evidenceAgainst, ['E1']);
  });

  it('weakens with every thing that fails', () => {
    const [found] = healthy(findings({ alertState: 'recovered', isAlerting: false, failures: [failure(), failure({ evidence: 'E11' })] }));
    assert.ok((found?.strength ?? 1) < 0.4);
    assert.deepEqual(found?.evidenceAgainst, ['E10', 'E11']);
  });

  it('does not count trouble that was not seen any more after the recovery, and says since when it is over', () => {
    const given = { alertState: 'recovered', isAlerting: false, recoveredAtMs: ONSET_MS + 600_000, failures: [failure()] } as const;
    const [found] = healthy(findings({ ...given, past: new Set(['E10']) }));
    assert.equal(found?.evidenceClass, 'mechanism');
    assert.deepEqual(found.evidenceAgainst, []);
    assert.match(found.title, /over since 12:10 UTC/);
    assert.equal(healthy(findings(given))[0]?.evidenceClass, 'association');
  });

  it('cites no fact that tells of a rise for there being no errors, and says since when there are none', () => {
    const rose = metric('shop.errors', { evidence: 'E23' });
    const back = gauge('shop.errors', { resource: 'errors', state: 'recovered', evidence: 'E23' });
    const given = { alertState: 'recovered', isAlerting: false, recoveredAtMs: ONSET_MS + 600_000 } as const;
    const [found] = healthy(findings({ ...given, past: new Set(['E23']), metrics: [rose], gauges: [back, gauge('shop.cpu.usage')] }));
    assert.deepEqual(found?.evidenceFor, ['E1', 'E2', 'E70']);
    assert.match(found.strengthReason, /found after 12:10 UTC; .* are as usual again/);
    assert.doesNotMatch(healthy(findings({ alertState: 'quiet' }))[0]?.strengthReason ?? '', /after/);
  });

  it('weakens with services below that plainly suffer, not with ones that are called more', () => {
    const given = { alertState: 'recovered', isAlerting: false } as const;
    const suffering = metric('stock.latency', { service: 'stock', score: 4, evidence: 'E22' });
    assert.deepEqual(healthy(findings({ ...given, metrics: [suffering] }))[0]?.evidenceAgainst, ['E22']);
    const busy = metric('stock.requests', { service: 'stock', score: 4 });
    assert.equal(healthy(findings({ ...given, metrics: [busy] }))[0]?.strength, 1);
  });

  it('needs the word of other metrics where the alerting one cannot be read', () => {
    const [found] = healthy(findings({ alertState: 'unknown', calmEvidence: 'E21' }));
    assert.ok(found?.evidenceFor.includes('E21'));
    assert.equal(healthy(findings({ alertState: 'unknown' })).length, 0);
  });

  it('is not believed of a monitor while a resource is full', () => {
    const full = metric('cpu', {
      series: series([], { metric: 'cpu', unit: 'percent' }),
      kind: 'saturation',
      during: 95,
      score: 0,
      isHarmful: false,
    });
    assert.deepEqual(healthy(findings({ alertState: 'unknown', isAlerting: false, metrics: [full] })), []);
  });

  it('believes a monitor that says OK when nothing speaks against it', () => {
    assert.equal(healthy(findings({ alertState: 'unknown', isAlerting: false })).length, 1);
    assert.equal(healthy(findings({ alertState: 'unknown', isAlerting: false, failures: [failure()] })).length, 0);
  });
});
