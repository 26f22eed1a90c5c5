import assert from 'node:assert/strict';
import type { Findings } from '../../../src/diagnosis/findings';
import type { JudgedCause } from '../../../src/domain/memory';
import { diagnose } from '../../../src/investigation/diagnose';
import { failure, findings, metric } from '../../fakes/findings';
import { createRun, gathered } from '../../fakes/gathered';

const FACTS = 60;

/** Diagnoses findings whose facts, E1 to E60, were written down. */
function of(found: Findings, judged: readonly JudgedCause[] = []) {
  const run = createRun();
  for (let count = 0; count < FACTS; count += 1)
    run.evidence.add({ kind: 'logs', source: 'datadog', query: '*', window: null, summary: 'a fact', value: null, link: null });
  return diagnose(gathered(), { findings: found, forecasts: [], charts: [] }, judged, run);
}

describe('diagnose', () => {
  it('wraps the best explanation up as an incident', async () => {
    const { incident, verdict, hypotheses, culprits } = await of(
      findings({ failures: [failure({ peer: 'bank.example', message: 'bank answered 503' })] }),
    );
    assert.equal(verdict, 'external');
    assert.equal(incident.type, 'dependency_outage');
    assert.equal(incident.primarySymptom, 'shop fails: TypeError: bank answered 503');
    assert.equal(culprits[0]?.service, 'shop');
    assert.equal(hypotheses[0]?.id, 'H1');
  });

  it('is less sure, and of the same verdict, where the person said that such causes were wrong', async () => {
    const outage = findings({ failures: [failure({ peer: 'bank.example', message: 'bank answered 503' })] });
    const wrong = Array.from({ length: 40 }, (_, at) => ({
      atMs: at,
      runId: `${at}`,
      group: 'cause' as const,
      raw: 0.5,
      coverage: 1,
      isRight: false,
    }));
    const [before, after] = [await of(outage), await of(outage, wrong)];
    assert.ok((after.hypotheses[0]?.confidence ?? 1) < (before.hypotheses[0]?.confidence ?? 0) - 0.1);
    assert.deepEqual([after.verdict, after.hypotheses[0]?.title], [before.verdict, before.hypotheses[0]?.title]);
    assert.match(after.hypotheses[0]?.confidenceFactors.at(-1)?.reason ?? '', /calibrated from \d+ outcomes/);
  });

  it('names the type by the symptom, and no onset that was not seen', async () => {
    const { incident } = await of(findings({ symptom: 'latency', isOnsetSeen: false, metrics: [metric('cpu', { score: 5 })] }));
    assert.equal(incident.type, 'latency_regression');
    assert.equal(incident.startedAt, null);
    assert.equal(incident.primarySymptom, 'More than 5 % of orders fail');
  });

  it('tells for slowness what the alert is about, not an error that another service makes as well', async () => {
    const { incident } = await of(
      findings({
        symptom: 'latency',
        alertWords: 'p95 latency of shop rose from 22 ms to 185 ms at worst',
        metrics: [metric('cpu', { score: 5 })],
      }),
    );
    assert.equal(incident.primarySymptom, 'p95 latency of shop rose from 22 ms to 185 ms at worst');
  });

  it('tells for errors those of the blamed service, then the numbers of the alert', async () => {
    const { incident } = await of(
      findings({
        alertWords: 'share of failing requests of shop rose from 0 % to 49 % at worst',
        failures: [
          failure({ service: 'web', message: 'shop answered 502' }),
          failure({ peer: 'bank.example', message: 'bank answered 503' }),
        ],
      }),
    );
    assert.equal(
      incident.primarySymptom,
      'shop fails: TypeError: bank answered 503; Share of failing requests of shop rose from 0 % to 49 % at worst',
    );
  });

  it('tells what is over as past', async () => {
    const past = { alertState: 'recovered', isAlerting: false, past: new Set(['E10']) } as const;
    const { incident } = await of(findings({ ...past, failures: [failure()] }));
    assert.equal(incident.primarySymptom, 'shop failed: TypeError: x is undefined');
  });

  it('names the service that the verdict blames, though another one changed deeper in the calls', async () => {
    const failures = [failure({ peer: 'bank.example', message: 'bank answered 503' })];
    const { incident } = await of(findings({ failures, firstFailing: 'stock', path: ['shop', 'stock'], blastRadius: ['stock', 'web'] }));
    assert.equal(incident.service, 'shop');
    assert.deepEqual(incident.blastRadius, ['shop', 'stock', 'web']);
  });

  it('keeps titles to one line of bounded length', async () => {
    const { hypotheses, incident } = await of(
      findings({ failures: [failure({ peer: 'bank.example', message: `a\nb ${'x'.repeat(5000)}` })] }),
    );
    for (const text of [incident.primarySymptom, ...hypotheses.map(({ title }) => title)])
      assert.ok(text.length < 400 && !text.includes('\n'));
  });

  it('tells what each analyser saw, and calibrates what it says after it has decided', async () => {
    const { hypotheses, checks, verdict } = await of(
      findings({ failures: [failure({ peer: 'bank.example', message: 'bank answered 503' })] }),
    );
    assert.ok(checks.some(({ type, isInteresting }) => type === 'dependency_outage' && isInteresting));
    assert.equal(verdict, 'external');
    const [best] = hypotheses;
    assert.equal(best?.confidenceFactors.at(-1)?.name, 'calibration');
    assert.ok((best?.rawConfidence ?? 0) > 0);
  });

  it('says nothing that no written fact speaks for', async () => {
    const unwritten = findings({ failures: [failure({ peer: 'bank.example', message: 'bank answered 503' })] });
    const { hypotheses, verdict } = await diagnose(gathered(), { findings: unwritten, forecasts: [], charts: [] }, [], createRun());
    assert.deepEqual(
      hypotheses.map(({ kind, evidenceFor }) => [kind, evidenceFor]),
      [['unknown', []]],
    );
    assert.equal(verdict, 'inconclusive');
  });
});
