import assert from 'node:assert/strict';
import { shapeSigns } from '../../../../src/diagnosis/localisation/shapeSigns';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { findings } from '../../../fakes/findings';
import { span } from '../../../fakes/spans';

/** A request of `shop` that calls the given services one after the other. */
const request = (id: string, ...callees: readonly string[]) =>
  buildTraces([
    span({ traceId: id, spanId: 'r', resource: 'POST /buy', durationMs: 1000 }),
    ...callees.flatMap((callee, at) => [
      span({ traceId: id, spanId: `${at}`, parentId: 'r', name: 'call', resource: `call ${callee}`, startMs: at * 100, durationMs: 50 }),
      span({
        traceId: id,
        spanId: `${at}s`,
        parentId: `${at}`,
        service: callee,
        name: 'serve',
        resource: callee,
        startMs: at * 100 + 1,
        durationMs: 40,
      }),
    ]),
  ]);
const several = (count: number, prefix: string, ...callees: readonly string[]) =>
  Array.from({ length: count }, (_, at) => request(`${prefix}${at}`, ...callees)).flat();
const usual = several(4, 'q', 'stock', 'bank', 'mail');

describe('shapeSigns', () => {
  it('blames the service after whose call requests end early', () => {
    const [sign, ...others] = shapeSigns(findings({ before: usual, during: several(4, 't', 'stock') }));
    assert.equal(sign?.service, 'stock');
    assert.equal(sign?.kind, 'missing_calls');
    assert.equal(sign?.score, 0.8);
    assert.match(sign?.reason ?? '', /^100 % of the requests of POST \/buy end after they called it/);
    assert.deepEqual(others, []);
  });

  it('blames the service itself whose requests call nobody any more', () => {
    assert.equal(shapeSigns(findings({ before: usual, during: several(4, 't') }))[0]?.service, 'shop');
  });

  it('blames the service that leaves a call out and goes on', () => {
    const [sign] = shapeSigns(findings({ before: usual, during: several(4, 't', 'stock', 'mail') }));
    assert.equal(sign?.service, 'shop');
    assert.match(sign?.reason ?? '', /leaves out a call that it usually makes, call bank$/);
  });

  it('takes what the quiet hour shows as well for usual', () => {
    const mixed = [...several(6, 'q', 'stock', 'bank', 'mail'), ...several(3, 'p', 'stock')];
    const during = [...several(4, 't', 'stock', 'bank', 'mail'), ...several(2, 'u', 'stock')];
    assert.deepEqual(shapeSigns(findings({ before: mixed, during })), []);
    assert.deepEqual(shapeSigns(findings({ before: usual, during: several(4, 't', 'stock', 'bank', 'mail') })), []);
  });

  it('needs more than one request of either time', () => {
    assert.deepEqual(shapeSigns(findings({ before: usual, during: several(1, 't', 'stock') })), []);
    assert.deepEqual(shapeSigns(findings({ during: several(4, 't', 'stock') })), []);
  });

  it('takes calls that ceased in metrics for the caller’s doing, unless traces name where its requests end', () => {
    const silentCalls = [{ caller: 'shop', callee: 'mail', certainty: 1, evidence: 'E7' }];
    const [sign] = shapeSigns(findings({ silentCalls }));
    assert.deepEqual([sign?.service, sign?.score, sign?.reason, sign?.evidence], ['shop', 0.75, 'it no longer calls mail', 'E7']);
    const signs = shapeSigns(findings({ silentCalls, before: usual, during: several(4, 't', 'stock') }));
    assert.ok((signs.find(({ service }) => service === 'shop')?.score ?? 1) < 0.2);
  });
});
