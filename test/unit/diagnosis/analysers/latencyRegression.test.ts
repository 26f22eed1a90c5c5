import assert from 'node:assert/strict';
import { latencyRegression } from '../../../../src/diagnosis/analysers/latencyRegression';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { code, findings, metric } from '../../../fakes/findings';
import { span } from '../../../fakes/spans';

const look = (given: Parameters<typeof findings>[0]) => latencyRegression.look(findings(given), { culprits: [], code: code() });
const traces = buildTraces([span({ spanId: 'a' })]);

describe('latencyRegression', () => {
  it('tells which latency rose', () => {
    const { check } = look({ metrics: [metric('trace.http.request', { score: 3 })] });
    assert.equal(check.isInteresting, true);
    assert.equal(check.summary, 'trace.http.request of shop rose.');
  });

  it('hears an alert about latency where nothing else was read', () => {
    const { check, ruledOut } = look({ symptom: 'latency', alertWords: 'latency of shop rose from 40 ms to 1.2 s at worst' });
    assert.equal(check.summary, 'latency of shop rose from 40 ms to 1.2 s at worst.');
    assert.deepEqual(check.evidence, ['E1', 'E2']);
    assert.deepEqual(check.unchecked, []);
    assert.deepEqual(ruledOut, []);
  });

  it('is ruled out by requests of before and during, not by those of the incident alone', () => {
    assert.equal(look({ during: traces, before: traces }).ruledOut.length, 1);
    const { check, ruledOut } = look({ during: traces });
    assert.deepEqual(ruledOut, []);
    assert.equal(check.unchecked.length, 1);
  });
});
