import assert from 'node:assert/strict';
import { workSigns } from '../../../../src/diagnosis/localisation/workSigns';
import { findings, metric } from '../../../fakes/findings';

const writes = (given: Parameters<typeof metric>[1] = {}) =>
  metric('container.syscalls.write', { service: 'stock', before: 100, during: 300, score: 1.6, ...given });
const requests = (before: number, during: number) => metric('service.requests', { service: 'stock', before, during, score: 1 });
const signsOf = (...metrics: ReturnType<typeof metric>[]) => workSigns(findings({ metrics }));

describe('workSigns', () => {
  it('finds work that grew while requests did not', () => {
    const [sign] = signsOf(writes(), requests(50, 50));
    assert.deepEqual([sign?.service, sign?.kind], ['stock', 'work_rate']);
    assert.ok((sign?.score ?? 0) > 0.5);
    assert.match(sign?.reason ?? '', /^container\.syscalls\.write rose from 100 to 300, its requests did not$/);
  });

  it('takes more work for more requests for usual', () => {
    assert.equal(signsOf(writes(), requests(50, 160))[0]?.score, 0);
  });

  it('says nothing without a count of requests, and of less work', () => {
    assert.deepEqual(signsOf(writes()), []);
    assert.deepEqual(signsOf(writes({ direction: 'down' }), requests(50, 50)), []);
  });
});
