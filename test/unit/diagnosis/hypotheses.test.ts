import assert from 'node:assert/strict';
import type { CodeFindings } from '../../../src/diagnosis/codeFindings';
import type { Findings } from '../../../src/diagnosis/findings';
import { weighHypotheses } from '../../../src/diagnosis/hypotheses';
import { localise } from '../../../src/diagnosis/localisation/localise';
import type { Evidence, EvidenceKind } from '../../../src/domain/evidence';
import type { Hypothesis } from '../../../src/domain/hypothesis';
import { change, code, failure, findings, metric, suspect } from '../../fakes/findings';

const KINDS: Readonly<Record<string, EvidenceKind>> = {
  E1: 'monitor',
  E2: 'metric',
  E10: 'spans',
  E20: 'metric',
  E30: 'logs',
  E40: 'change',
  E50: 'commit',
};
const evidence = Object.entries(KINDS).map(
  ([id, kind]): Evidence => ({
    id,
    kind,
    source: 'datadog',
    query: '',
    from: null,
    to: null,
    summary: '',
    value: null,
    link: null,
  }),
);
const weighAll = (found: Findings, known: CodeFindings = code()) =>
  weighHypotheses({ findings: found, localisation: localise(found), code: known, evidence });
const weigh = (found: Findings, known: CodeFindings = code()) => weighAll(found, known).hypotheses;

describe('weighHypotheses', () => {
  it('always has at least one, numbered, best first', () => {
    const all = weigh(
      findings({ failures: [failure()] }),
      code({ suspects: [suspect(), suspect({ sha: 'b'.repeat(40), score: 0.3, evidenceClass: 'association' })] }),
    );
    assert.deepEqual(
      all.map(({ id }) => id),
      all.map((_, index) => `H${index + 1}`),
    );
    assert.deepEqual(
      all.map(({ confidence }) => confidence),
      all.map(({ confidence }) => confidence).sort((a, b) => b - a),
    );
    assert.equal(weigh(findings()).length >= 1, true);
  });

  it('puts a cause that was seen before merely knowing where, which is never likely', () => {
    const [first, ...rest] = weigh(findings({ metrics: [metric('cpu.usage', { score: 3 })] }));
    assert.equal(first?.kind, 'resource_exhaustion');
    assert.ok(rest.some(({ kind, confidence }) => kind === 'unknown' && confidence <= 0.25));
  });

  it('is sure of a commit that changed the failing line', () => {
    const [best] = weigh(findings({ failures: [failure()] }), code({ suspects: [suspect()] }));
    assert.equal(best?.kind, 'code_change');
    assert.ok(best.confidence > 0.8);
    assert.equal(best.confidenceFactors.length, 6);
    assert.ok(best.evidenceFor.includes('E50') && best.evidenceFor.includes('E10'));
  });

  it('no longer says that it may be something unknown once it is sure', () => {
    const sure = weigh(findings({ failures: [failure()] }), code({ suspects: [suspect()] }));
    assert.ok(sure.every(({ kind }) => kind !== 'unknown'));
    assert.equal(weigh(findings())[0]?.kind, 'unknown');
  });

  it('puts a commit that is to blame before what it makes happen, and no other before what is surer', () => {
    const full = findings({ metrics: [metric('db.pool.in_use', { service: 'shop', score: 5, during: 100, kind: 'saturation' })] });
    const first = (isToBlame: boolean) =>
      weigh(full, code({ suspects: [suspect({ score: 0.5, evidenceClass: 'mechanism', isToBlame })] }))[0];
    assert.equal(first(true)?.kind, 'code_change');
    assert.equal(first(true)?.commit, suspect().sha);
  });

  it('blames no commit that only came last when calls to the outside fail', () => {
    const outside = failure({ peer: 'api.bank.example', message: 'bank answered 503' });
    const found = findings({ failures: [outside], changes: [change('deployment', 2)] });
    const timing = suspect({ score: 0.1, evidenceClass: 'timing', isToBlame: false });
    const [best, ...rest] = weigh(found, code({ suspects: [timing] }));
    assert.equal(best?.kind, 'dependency_outage');
    assert.equal(best.commit, null);
    const blamed = rest.find(({ kind }) => kind === 'code_change');
    assert.ok(blamed && blamed.confidence < best.confidence / 4);
  });

  it('takes a full pool for what a commit did, not for its rival', () => {
    const found = findings({ failures: [failure({ message: 'pool exhausted' })], metrics: [metric('db_pool_in_use', { score: 4 })] });
    const [best] = weigh(found, code({ suspects: [suspect({ evidenceClass: 'mechanism', score: 0.7 })] }));
    assert.equal(best?.kind, 'code_change');
  });

  it('weighs two commits against each other', () => {
    const two = code({ suspects: [suspect({ score: 0.8 }), suspect({ sha: 'b'.repeat(40), score: 0.8 })] });
    const [best] = weigh(findings({ failures: [failure()] }), two);
    const [alone] = weigh(findings({ failures: [failure()] }), code({ suspects: [suspect({ score: 0.8 })] }));
    assert.ok((best?.confidence ?? 1) < (alone?.confidence ?? 0));
  });

  it('counts errors that began elsewhere against blaming a service that has none', () => {
    const found = findings({ failures: [failure({ service: 'stock', peer: null })], metrics: [metric('cpu.usage', { score: 4 })] });
    const exhaustion = weigh(found).find(({ kind }) => kind === 'resource_exhaustion');
    assert.deepEqual(exhaustion?.evidenceAgainst, ['E10']);
  });

  it('is plainly surer of a peer that refuses and stays silent than of anything unknown', () => {
    const failures = [
      failure({ peer: 'api.bank.example', message: 'bank answered 503' }),
      failure({ peer: 'api.bank.example', message: 'bank did not answer', evidence: 'E30' }),
    ];
    const latency = metric('trace.http.request', { score: 4, evidence: 'E20' });
    const [best, ...rest] = weigh(findings({ failures, metrics: [latency] }));
    assert.equal(best?.kind, 'dependency_outage');
    assert.ok(best.confidence > 0.7, `${best.confidence}`);
    assert.ok(rest.every(({ confidence }) => confidence < best.confidence / 2));
  });

  it('takes a mechanism that is seen in the alerting service for verified, though a callee explains the symptoms better', () => {
    const found = findings({ alerting: 'shop', failures: [failure({ peer: 'bank.example', message: 'bank answered 503' })] });
    const { best, culprits } = localise(found);
    assert.ok(best);
    const localisation = { culprits, best: { ...best, service: 'shop', isPathVerified: false } };
    const [top] = weighHypotheses({ findings: found, localisation, code: code(), evidence }).hypotheses;
    assert.deepEqual([top?.kind, top?.service, top?.isVerified], ['dependency_outage', 'shop', true]);
  });

  it('never cites a fact for and against the same explanation', () => {
    const elsewhere = failure({ service: 'stock', evidence: 'E20' });
    const all = weigh(findings({ failures: [elsewhere], metrics: [metric('cpu.usage', { score: 4, evidence: 'E20' })] }));
    for (const { evidenceFor, evidenceAgainst } of all) assert.ok(evidenceAgainst.every((id) => !evidenceFor.includes(id)));
    assert.ok(all.some(({ evidenceFor }) => evidenceFor.includes('E20')));
  });

  it('does not count errors of callers against the service that they call', () => {
    const found = findings({ failures: [failure({ service: 'web' })], metrics: [metric('cpu.usage', { score: 4 })] });
    assert.deepEqual(weigh(found).find(({ kind }) => kind === 'resource_exhaustion')?.evidenceAgainst, []);
  });

  it('tells what was not there to look at', () => {
    const [best] = weigh(findings({ failures: [failure({ stack: [] })] }));
    assert.ok(best?.missing.some((gap) => gap.startsWith('spans')));
    assert.ok(best?.missing.some((gap) => gap.startsWith('an error with a stack trace')));
  });

  it('shows nothing that no known fact speaks for, but for the admission that the cause is not known', () => {
    const found = findings({ metrics: [metric('cpu.usage', { score: 4, evidence: 'E77' })], failures: [failure({ evidence: 'E78' })] });
    const all = weigh(found, code({ suspects: [suspect({ evidence: 'E79' })] }));
    const ids = all.flatMap(({ evidenceFor, evidenceAgainst }) => [...evidenceFor, ...evidenceAgainst]);
    assert.ok(
      ids.every((id) => id in KINDS),
      ids.join(),
    );
    assert.ok(all.every(({ kind, evidenceFor }) => kind === 'unknown' || evidenceFor.length > 0));
    assert.deepEqual(
      weigh({ ...found, alertEvidence: [] }, code({ suspects: [suspect({ evidence: 'E79' })] })).map(({ kind }) => kind),
      ['unknown'],
    );
  });

  it('cites no fact in checks and alternatives that does not exist', () => {
    const found = findings({ failures: [failure({ evidence: 'E78' })], metrics: [metric('cpu.usage', { score: 4 })] });
    const { checks, ruledOut } = weighAll(found);
    assert.ok(checks.length > 0);
    for (const { evidence: ids } of [...checks, ...ruledOut])
      assert.ok(
        ids.every((id) => id in KINDS),
        ids.join(),
      );
  });

  it('says where it began when it cannot say why', () => {
    const [best] = weigh(findings({ failures: [failure()] }));
    assert.deepEqual([best?.kind, best?.service, best?.isVerified], ['localised_fault', 'shop', true]);
    assert.match(best?.missing[0] ?? '', /^why shop behaves like this/);
  });

  it('names the place no longer where a cause was found in it, and gives the cause the signs of the place', () => {
    const all = weigh(findings({ failures: [failure()] }), code({ suspects: [suspect({ evidenceClass: 'mechanism', score: 0.7 })] }));
    assert.deepEqual(
      all.map(({ kind }) => kind).filter((kind) => kind === 'localised_fault'),
      [],
    );
    assert.ok(all[0]?.evidenceFor.includes('E10'));
  });

  it('counts it against what merely agrees that the signs point elsewhere', () => {
    const flagged = findings({ changes: [change('feature_flag', 1, { service: 'stock' })], failures: [failure()] });
    const flag = weigh(flagged).find(({ kind }) => kind === 'feature_flag');
    assert.match(flag?.confidenceFactors.find(({ name }) => name === 'path')?.reason ?? '', /but the signs point at shop/);
    assert.equal(flag?.isVerified, false);
  });

  it('gives raw confidences, so that verdicts do not hang on how they are calibrated', () => {
    for (const { confidence, rawConfidence } of weigh(findings({ failures: [failure()] }))) assert.equal(confidence, rawConfidence);
  });

  it('does not call it well because the alerting service looks calm, while the monitor alerts and a sign points elsewhere', () => {
    const calm = { alertState: 'unknown', calmEvidence: 'E2', alertEvidence: ['E1'], failures: [] } as const;
    const elsewhere = metric('cpu.usage_percent', { service: 'stock', before: 10, during: 60, score: 4 });
    const alerting = weigh(findings({ ...calm, isAlerting: true, metrics: [elsewhere] }));
    const over = weigh(findings({ ...calm, isAlerting: false, metrics: [elsewhere] }));
    const confidenceIn = (all: readonly Hypothesis[]) => all.find(({ kind }) => kind === 'healthy')?.confidence ?? 0;
    assert.ok(confidenceIn(alerting) < confidenceIn(over));
    assert.notEqual(alerting[0]?.kind, 'healthy');
  });
});
