import assert from 'node:assert/strict';
import type { IncidentCheck } from '../../../../src/domain/incidentCheck';
import type { Alert } from '../../../../src/domain/monitor';
import { type AskedIncident, incidentQuestion } from '../../../../src/investigation/knowledge/incidentQuestion';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';

const { incident, verdict, hypotheses, culprits } = sampleInvestigation('/shop');
const alert: Alert = {
  title: 'CheckoutErrors',
  summary: 'too many errors',
  service: 'checkout',
  metric: null,
  threshold: null,
  observed: null,
  severity: 'high',
  firedAtMs: 0,
  monitorId: null,
};
const best = hypotheses[0]!;
const asked = (over: Partial<AskedIncident> = {}) =>
  incidentQuestion({ alert, incident, verdict, hypotheses, culprits, findings: { failures: [], metrics: [] }, ...over });
const check = (over: Partial<IncidentCheck>): IncidentCheck => ({
  type: 'disk_space',
  isInteresting: true,
  summary: '',
  evidence: best.evidenceFor,
  unchecked: [],
  ...over,
});

describe('the question of an incident to runbooks', () => {
  it('asks for the alert and the best explanation before anything else', () => {
    const { parts } = asked();
    const weightOf = (text: string | undefined) => parts.find((part) => part.text === text)?.weight ?? 0;
    assert.ok(weightOf(alert.title) > weightOf(alert.summary));
    assert.ok(weightOf(best.title) > weightOf(alert.summary));
  });

  it('names the service in trouble and the one to blame', () => {
    assert.ok(asked().services.includes(incident.service ?? ''));
    assert.ok(asked({ hypotheses: [{ ...best, service: 'ledger' }] }).services.includes('ledger'));
  });

  it('takes the kind of incident from checks that saw what the explanation rests on, and only from those', () => {
    const checks = [
      check({ type: 'disk_space' }),
      check({ type: 'contention', isInteresting: false }),
      check({ type: 'traffic_surge', evidence: ['E99'] }),
      check({ type: 'healthy' }),
    ];
    const types = asked({ checks }).types;
    assert.ok(types.includes('disk_space'));
    assert.ok(!types.includes('contention') && !types.includes('traffic_surge') && !types.includes('healthy'));
  });

  it('asks for advice on a mere symptom only until a cause is known', () => {
    const checks = [check({ type: 'latency_regression' }), check({ type: 'disk_space' })];
    const types = (verdict: AskedIncident['verdict']) => asked({ checks, verdict }).types;
    assert.ok(types('inconclusive').includes('latency_regression'));
    assert.ok(!types('infrastructure').includes('latency_regression') && types('infrastructure').includes('disk_space'));
  });

  it('asks for a flag as for a setting, and for nothing but recovery where all is well', () => {
    assert.ok(asked({ hypotheses: [{ ...best, kind: 'feature_flag' }] }).types.includes('configuration_change'));
    assert.deepEqual(asked({ verdict: 'healthy', checks: [check({})] }).types, ['healthy']);
  });

  it('gives errors and metrics little weight and cuts what is long', () => {
    const failure = { type: 'DiskError', message: 'x'.repeat(5000) };
    const findings = { failures: [failure], metrics: [{ query: 'avg:disk.free{host:a}' }] } as unknown as AskedIncident['findings'];
    const { parts } = asked({ findings });
    const details = parts.filter(({ text }) => text.startsWith('DiskError') || text.startsWith('avg:disk.free'));
    assert.equal(details.length, 2);
    assert.ok(details.every(({ text, weight }) => weight < 1 && text.length <= 300 && !text.includes('host')));
  });
});
