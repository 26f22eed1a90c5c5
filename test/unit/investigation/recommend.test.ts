import assert from 'node:assert/strict';
import type { GaugeFinding } from '../../../src/diagnosis/findings';
import type { Hypothesis } from '../../../src/domain/hypothesis';
import { type RecommendInput, recommend } from '../../../src/investigation/recommend';
import { newRepeats, repeatedCalls } from '../../../src/signals/traces/repeats';
import { buildTraces } from '../../../src/signals/traces/traceTree';
import { change, failure, findings } from '../../fakes/findings';
import { gathered } from '../../fakes/gathered';
import { span } from '../../fakes/spans';

const traced = buildTraces([span({ spanId: 'a' })]);
const broken: Hypothesis = {
  id: 'H1',
  title: '',
  service: 'shop',
  kind: 'code_change',
  confidence: 0.9,
  commit: null,
  location: { file: 'shop/prices.js', line: 4, function: 'price' },
  workspace: null,
  evidenceFor: ['E1'],
  evidenceAgainst: [],
  missing: [],
  confidenceFactors: [],
};
const complete = findings({ during: traced, changes: [change('deployment', 3)] });
const { opening } = gathered();
const recommendations = (given: Partial<RecommendInput> = {}) =>
  recommend({ opening, findings: complete, hypotheses: [broken], verdict: 'code', ...given });
const titles = (given: Partial<RecommendInput> = {}) => recommendations(given).map(({ title }) => title);

describe('recommend', () => {
  it('wants a test for the path that failed', () => {
    assert.ok(titles().includes('Test the path through price that failed'));
    assert.ok(titles({ hypotheses: [{ ...broken, kind: 'dependency_outage' }] }).every((title) => !title.startsWith('Test')));
  });

  it('wants a test that counts calls where they repeat', () => {
    const calls = Array.from({ length: 9 }, (_, index) =>
      span({ spanId: `${index}`, parentId: 'a', name: 'sql', resource: 'SELECT 1', startMs: index }),
    );
    const [call] = newRepeats(repeatedCalls(buildTraces([span({ spanId: 'a' }), ...calls])), []);
    assert.ok(
      titles({ findings: { ...complete, repeats: [{ call: call!, before: 0, evidence: 'E9' }] } }).includes(
        'Test that price makes a fixed number of calls',
      ),
    );
  });

  it('wants the telemetry that was missing', () => {
    assert.ok(titles({ findings: findings() }).includes('Trace shop'));
    assert.ok(titles({ findings: findings() }).includes('Report deployments and flags as change events'));
    assert.ok(titles({ findings: { ...complete, failures: [failure()] } }).includes('Report errors of shop with their stack traces'));
    assert.ok(titles().every((title) => !title.startsWith('Report') && !title.startsWith('Trace')));
  });

  it('tunes the monitor: less sensitive, sooner, nearer, or there at all', () => {
    assert.ok(titles({ verdict: 'healthy' }).includes('Make "Orders fail" less sensitive'));
    const late = { ...complete, onsetMs: opening.alert.firedAtMs - 30 * 60_000 };
    assert.ok(titles({ findings: late }).includes('Let "Orders fail" fire sooner'));
    const near = { ...complete, onsetMs: opening.alert.firedAtMs, firstFailing: 'stock' };
    assert.ok(titles({ findings: near, hypotheses: [{ ...broken, service: 'stock' }] }).includes('Watch stock itself'));
    assert.ok(titles({ opening: { ...opening, monitor: null } }).includes('Put a monitor on shop'));
  });

  it('suggests an objective for what suffered and a dashboard along the calls', () => {
    const deep = { ...complete, path: ['shop', 'stock'], symptom: 'latency' } as const;
    assert.ok(titles({ findings: deep }).includes('Set an objective for the latency of shop'));
    const blamed = [{ ...broken, service: 'stock' }];
    assert.ok(titles({ findings: deep, hypotheses: blamed }).includes('Put shop → stock on one dashboard'));
  });

  it('watches and shows only the service that the verdict blames, not one that merely changed', () => {
    const noisy = { ...complete, onsetMs: opening.alert.firedAtMs, firstFailing: 'stock', path: ['shop', 'stock'] };
    assert.ok(titles({ findings: noisy }).every((title) => !title.includes('stock')));
    const lead = { ...broken, kind: 'localised_fault', service: 'stock', confidence: 0.8 };
    const known = recommendations({ findings: noisy, verdict: 'inconclusive', hypotheses: [lead] }).find(
      ({ title }) => title === 'Watch stock itself',
    );
    assert.equal(known?.rationale, 'The trouble began there, but shop alerted.');
    assert.ok(
      titles({ findings: noisy, verdict: 'inconclusive', hypotheses: [{ ...lead, service: 'shop' }] }).every(
        (title) => !title.includes('stock'),
      ),
    );
  });

  it('wants no tracer in what a provider runs, and no objective for what is neither slow nor failing', () => {
    const gauge = { service: 'shop', metric: 'aws.rds.cpuutilization' } as unknown as GaugeFinding;
    const managed = titles({ findings: findings({ gauges: [gauge], symptom: 'latency' }) });
    assert.ok(managed.every((title) => !title.startsWith('Trace') && !title.startsWith('Set an objective')));
    assert.ok(titles({ findings: { ...complete, symptom: 'saturation' } }).every((title) => !title.startsWith('Set an objective')));
  });

  it('is at most five, numbered', () => {
    const list = recommendations({ findings: findings({ path: ['shop', 'stock'] }), opening: { ...opening, monitor: null } });
    assert.ok(list.length <= 5);
    assert.deepEqual(
      list.map(({ id }) => id),
      list.map((_, index) => `R${index + 1}`),
    );
  });
});
