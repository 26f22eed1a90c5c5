import assert from 'node:assert/strict';
import { gaps, unknown } from '../../../../src/diagnosis/analysers/unknown';
import { localise } from '../../../../src/diagnosis/localisation/localise';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { change, code, failure, findings, metric } from '../../../fakes/findings';
import { span } from '../../../fakes/spans';

describe('unknown', () => {
  it('names the service where the signs point, without a cause', () => {
    const found = findings({ failures: [failure({ service: 'stock' })], path: ['shop', 'stock'] });
    const [only] = unknown(found, localise(found).culprits);
    assert.equal(only?.service, 'stock');
    assert.deepEqual(only.evidenceFor, ['E10']);
    assert.equal(only.evidenceClass, 'absence');
  });

  it('falls back to the alert where nothing points anywhere', () => {
    const [only] = unknown(findings(), localise(findings()).culprits);
    assert.equal(only?.evidenceClass, 'absence');
    assert.deepEqual(only.evidenceFor, ['E1', 'E2']);
  });

  it('admits that not even the service is known', () => {
    const [only] = unknown(findings({ alerting: null }), []);
    assert.equal(only?.service, null);
    assert.match(only.title, /could not be found/);
  });
});

describe('gaps', () => {
  it('names each kind of telemetry that was not there', () => {
    const given = findings({ failures: [failure({ stack: [] })] });
    assert.equal(gaps(given, code({ hasRepository: false })).length, 5);
  });

  it('asks for a stack trace only where there are errors', () => {
    assert.ok(gaps(findings(), code()).every((gap) => !gap.includes('stack trace')));
  });

  it('names none when all was there', () => {
    const traces = buildTraces([span({ spanId: 'a' })]);
    const stack = [{ type: 'E', message: '', relation: null, frames: [] }];
    const whole = findings({
      during: traces,
      before: traces,
      failures: [failure({ stack })],
      metrics: [metric('cpu')],
      changes: [change('deployment', 3)],
    });
    assert.deepEqual(gaps(whole, code()), []);
  });

  it('misses traces to compare with only where there are traces at all', () => {
    assert.ok(gaps(findings({ during: buildTraces([span({ spanId: 'a' })]) }), code()).some((gap) => gap.includes('to compare with')));
    assert.ok(gaps(findings(), code()).every((gap) => !gap.includes('to compare with')));
  });
});
