import assert from 'node:assert/strict';
import { errorSigns } from '../../../../src/diagnosis/localisation/errorSigns';
import { unansweredCalls } from '../../../../src/diagnosis/localisation/unansweredCalls';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { failure, findings } from '../../../fakes/findings';
import { span } from '../../../fakes/spans';

const answeredBy = (service: string) => [
  span({ traceId: service, spanId: 'c', name: 'http.client' }),
  span({ traceId: service, spanId: 's', parentId: 'c', service }),
];
const before = buildTraces([...answeredBy('stock'), ...answeredBy('mail')]);
const call = (peer: string, count = 10) =>
  failure({ peer, count, message: `no answer from ${peer}`, span: span({ traceId: `f-${peer}`, spanId: 'c', name: 'http.client' }) });
const scoresOf = (...failures: ReturnType<typeof failure>[]) =>
  Object.fromEntries(errorSigns(findings({ before, failures })).map(({ service, score }) => [service, Math.round(100 * score) / 100]));

describe('unansweredCalls', () => {
  it('tell of the callee, or the way there, more than of the caller', () => {
    assert.deepEqual(scoresOf(call('stock')), { shop: 0.25, stock: 0.75 });
    const [sign] = errorSigns(findings({ before, failures: [call('stock')] })).filter(({ service }) => service === 'stock');
    assert.equal(sign?.reason, 'calls from shop do not reach it (10 requests: TypeError: no answer from stock)');
  });

  it('tell of a caller that reaches nobody', () => {
    const scores = scoresOf(call('stock'), call('mail'));
    assert.ok((scores.shop ?? 0) > (scores.stock ?? 1) && scores.stock === scores.mail);
  });

  it('know a service by the first part of its host', () => {
    assert.equal(unansweredCalls([call('stock.prod.svc.cluster.local:8080')], findings({ before }))[0]?.callee, 'stock');
  });

  it('are none where the callee has a span for the call, where it is never traced, and for errors that are no calls', () => {
    const answered = failure({ peer: 'stock', span: span({ traceId: 'stock', spanId: 'c' }) });
    assert.deepEqual(unansweredCalls([answered, call('api.provider.example'), failure()], findings({ before })), []);
  });
});
