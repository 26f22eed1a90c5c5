import assert from 'node:assert/strict';
import { expiredCertificate } from '../../../../src/diagnosis/analysers/expiredCertificate';
import { areFewLines, weighedByLines } from '../../../../src/diagnosis/analysers/fewLines';
import type { Findings } from '../../../../src/diagnosis/findings';
import { code, failure, findings, gauge, metric, statement, workload } from '../../../fakes/findings';

const line = statement('the certificate has expired', { count: 1 });
const areFew = (given: Partial<Findings> = {}, evidence: readonly string[] = ['E60']) =>
  areFewLines(evidence, findings({ statements: [line], ...given }));

describe('A few log lines', () => {
  it('are one or two of one service, or next to none of what is logged', () => {
    assert.equal(areFew(), true);
    assert.equal(areFew({ statements: [{ ...line, count: 3 }] }), false);
    const flood = statement('timed out', { count: 5000, evidence: 'E61' });
    assert.equal(areFew({ statements: [{ ...line, count: 3 }, flood] }), true);
    assert.equal(areFew({ statements: [line, { ...line, service: 'stock', evidence: 'E61' }] }, ['E60', 'E61']), false);
  });

  it('are borne out by an event, by another fact, or by failing requests that say nothing else', () => {
    assert.equal(areFew({ statements: [{ ...line, source: 'event' }] }), false);
    assert.equal(areFew({}, ['E60', 'E20']), false);
    assert.equal(areFew({ failures: [failure({ type: null, message: null })] }), false);
    assert.equal(areFew({ failures: [failure()] }), true);
  });

  it('are borne out by the restart of a process, which says its last words once', () => {
    assert.equal(areFew({ workloads: [workload('shop-1', { isReady: false })] }), false);
    assert.equal(areFew({ gauges: [gauge('kubernetes.containers.restarts', { resource: 'restarts', state: 'risen' })] }), false);
    assert.equal(areFew({ metrics: [metric('kubernetes.containers.restarts')] }), false);
  });

  it('make an explanation that rests on them an association', () => {
    const told = (count: number) => {
      const given = findings({ statements: [{ ...line, count }] });
      return expiredCertificate
        .look(given, { culprits: [], code: code() })
        .explanations.map((one) => weighedByLines(one, given).evidenceClass);
    };
    assert.deepEqual([told(1), told(9)], [['association'], ['mechanism']]);
  });
});
