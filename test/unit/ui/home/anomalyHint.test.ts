import assert from 'node:assert/strict';
import { anomalyHint } from '../../../../src/ui/home/anomalyHint';
import { anomaly, report } from '../../../fixtures/homeSnapshots';

const hint = (...anomalies: Parameters<typeof anomaly>[0][]) =>
  anomalyHint({ kind: 'ready', report: report({ anomalies: anomalies.map(anomaly) }), progress: null, problem: null });

describe('the hint at anomalies', () => {
  it('counts those that go on, and names each service once', () => {
    const over = { id: 'A4', service: 'old', endedMs: 5 };
    assert.deepEqual(hint({}, { id: 'A2' }, { id: 'A3', service: 'payments' }, over), { count: 3, services: ['checkout', 'payments'] });
  });

  it('is none before the first survey and when all is over', () => {
    assert.deepEqual(anomalyHint({ kind: 'running', report: null, progress: null, problem: null }), { count: 0, services: [] });
    assert.deepEqual(hint({ endedMs: 5 }), { count: 0, services: [] });
  });
});
