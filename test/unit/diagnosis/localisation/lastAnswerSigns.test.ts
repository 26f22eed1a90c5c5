import assert from 'node:assert/strict';
import { lastAnswerSigns } from '../../../../src/diagnosis/localisation/lastAnswerSigns';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { findings } from '../../../fakes/findings';
import { span } from '../../../fakes/spans';

const request = (id: string, isError: boolean, callees: readonly string[], isCallError = false) =>
  buildTraces([
    span({ traceId: id, spanId: 'r', isError, durationMs: 500 }),
    ...callees.map((service, at) =>
      span({ traceId: id, spanId: `${at}`, parentId: 'r', service, startMs: 10 + at * 50, durationMs: 20, isError: isCallError }),
    ),
  ]);
const several = (count: number, prefix: string, ...rest: [isError: boolean, callees: readonly string[], isCallError?: boolean]) =>
  Array.from({ length: count }, (_, at) => request(`${prefix}${at}`, ...rest)).flat();
const before = several(5, 'q', false, ['stock', 'prices', 'mail']);

describe('lastAnswerSigns', () => {
  it('suspect the service after whose answer requests fail on their own', () => {
    const [sign, ...others] = lastAnswerSigns(findings({ before, during: several(4, 'f', true, ['stock', 'prices']) }));
    assert.deepEqual([sign?.service, sign?.kind, sign?.score], ['prices', 'last_answer', 1]);
    assert.equal(sign?.reason, '100 % of the requests that fail in shop do so right after its answer');
    assert.deepEqual(others, []);
  });

  it('make little of a call that is the last one of well requests too', () => {
    const [sign] = lastAnswerSigns(findings({ before, during: several(4, 'f', true, ['stock', 'prices', 'mail']) }));
    assert.ok(sign?.service === 'mail' && sign.score < 0.31);
  });

  it('are none where the call itself failed, where nobody was called, and of a single failure', () => {
    for (const during of [several(4, 'f', true, ['stock'], true), several(4, 'f', true, []), several(1, 'f', true, ['stock'])])
      assert.deepEqual(lastAnswerSigns(findings({ before, during })), []);
  });
});
