import assert from 'node:assert/strict';
import { isHarmSeen, observedSymptoms } from '../../../src/diagnosis/observedSymptoms';
import { failure, findings, metric, template } from '../../fakes/findings';

const kinds = (given: Parameters<typeof findings>[0], text = '', service: string | null = 'shop') =>
  [...observedSymptoms(findings({ symptom: 'unknown', ...given }), service, text)].sort();

describe('The symptoms that a service shows', () => {
  it('are what its own errors say', () => {
    assert.deepEqual(kinds({}, 'FATAL: sorry, too many clients already'), ['connections']);
  });

  it('are what the alert is about', () => {
    assert.deepEqual(kinds({ symptom: 'latency' }), ['latency']);
    assert.deepEqual(kinds({ symptom: 'availability' }), ['errors']);
  });

  it('are which of its metrics got worse, not those of others and not small changes', () => {
    const full = metric('db_pool_in_use', { service: 'shop', score: 4, kind: 'saturation' });
    assert.deepEqual(kinds({ metrics: [full] }), ['connections']);
    assert.deepEqual(kinds({ metrics: [full] }, '', 'stock'), []);
    assert.deepEqual(kinds({ metrics: [{ ...full, change: { ...full.change, score: 0.4 } }] }), []);
    assert.deepEqual(kinds({ metrics: [{ ...full, change: { ...full.change, isHarmful: false } }] }), []);
  });

  it('are a load where more requests reach it', () => {
    const more = metric('http.requests', { service: 'shop', score: 2, kind: 'traffic', isHarmful: false, direction: 'up' });
    assert.deepEqual(kinds({ metrics: [more] }), ['load']);
  });

  it('are what the alert and the platform say in words', () => {
    const said = {
      source: 'alert' as const,
      service: 'shop',
      text: 'memory limit exceeded (OOM)',
      atMs: 1,
      lastMs: 1,
      count: 1,
      isTrouble: false,
      evidence: 'E1',
    };
    assert.deepEqual(kinds({ statements: [said] }), ['memory']);
    assert.deepEqual(kinds({ statements: [{ ...said, service: 'stock' }] }), []);
    assert.deepEqual(kinds({ statements: [{ ...said, source: 'log' }] }), []);
  });
});

describe('Harm', () => {
  it('is seen in errors, messages and metrics, not in an alert alone', () => {
    assert.ok(!isHarmSeen(findings({})));
    assert.ok(isHarmSeen(findings({ failures: [failure()] })));
    assert.ok(isHarmSeen(findings({ templates: [template('no room')] })));
    assert.ok(isHarmSeen(findings({ metrics: [metric('cpu', { score: 2 })] })));
    assert.ok(!isHarmSeen(findings({ metrics: [metric('cpu', { score: 0.5 })] })));
    const said = { service: 'shop', text: 'down', atMs: 1, lastMs: 1, count: 1, isTrouble: true, evidence: 'E1' };
    assert.ok(!isHarmSeen(findings({ statements: [{ ...said, source: 'alert' }] })));
    assert.ok(isHarmSeen(findings({ statements: [{ ...said, source: 'event' }] })));
  });
});
