import assert from 'node:assert/strict';
import type { Findings } from '../../../src/diagnosis/findings';
import { diagnose } from '../../../src/investigation/diagnose';
import { failure, findings, metric } from '../../fakes/findings';
import { createRun, gathered } from '../../fakes/gathered';

const of = (found: Findings) => diagnose(gathered(), { findings: found, forecasts: [], charts: [] }, createRun());

describe('diagnose', () => {
  it('wraps the best explanation up as an incident', async () => {
    const { incident, verdict, hypotheses, culprits } = await of(
      findings({ failures: [failure({ peer: 'bank.example', message: 'bank answered 503' })] }),
    );
    assert.equal(verdict, 'external');
    assert.equal(incident.type, 'dependency_outage');
    assert.equal(incident.primarySymptom, 'shop: TypeError: bank answered 503');
    assert.equal(culprits[0]?.service, 'shop');
    assert.equal(hypotheses[0]?.id, 'H1');
  });

  it('names the type by the symptom, and no onset that was not seen', async () => {
    const { incident } = await of(findings({ symptom: 'latency', isOnsetSeen: false, metrics: [metric('cpu', { score: 5 })] }));
    assert.equal(incident.type, 'latency_regression');
    assert.equal(incident.startedAt, null);
    assert.equal(incident.primarySymptom, 'More than 5 % of orders fail');
  });

  it('keeps titles to one line of bounded length', async () => {
    const { hypotheses, incident } = await of(
      findings({ failures: [failure({ peer: 'bank.example', message: `a\nb ${'x'.repeat(5000)}` })] }),
    );
    for (const text of [incident.primarySymptom, ...hypotheses.map(({ title }) => title)])
      assert.ok(text.length < 400 && !text.includes('\n'));
  });
});
