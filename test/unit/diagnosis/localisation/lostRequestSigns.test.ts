import assert from 'node:assert/strict';
import { lostRequestSigns } from '../../../../src/diagnosis/localisation/lostRequestSigns';
import { callGraph } from '../../../../src/signals/topology';
import { findings, metric } from '../../../fakes/findings';

const requests = (service: string, during: number) => metric('service.requests', { service, before: 100, during });
const errors = (service: string) => metric('service.errors', { service, score: 4 });
const graph = callGraph({ shop: ['stock', 'mail'], stock: ['db'] });
const signsOf = (...metrics: ReturnType<typeof metric>[]) => lostRequestSigns(findings({ graph, metrics }));

describe('lostRequestSigns', () => {
  it('suspect who gets fewer requests while its failing caller gets and sends as many as before', () => {
    const [sign, ...others] = signsOf(requests('shop', 100), errors('shop'), requests('stock', 40), requests('mail', 99));
    assert.equal(sign?.service, 'stock');
    assert.ok(Math.abs((sign?.score ?? 0) - 0.59) < 0.011);
    assert.equal(sign?.reason, '60 % fewer requests reach it, although its callers get and send as many as before');
    assert.deepEqual(others, []);
  });

  it('are none where all callees get fewer, where the caller does, and where it does not fail', () => {
    assert.deepEqual(signsOf(requests('shop', 100), errors('shop'), requests('stock', 40), requests('mail', 40)), []);
    assert.deepEqual(signsOf(requests('shop', 40), errors('shop'), requests('stock', 40), requests('mail', 99)), []);
    assert.deepEqual(signsOf(requests('shop', 100), requests('stock', 40), requests('mail', 99)), []);
  });

  it('count for less where nothing else is called to compare with', () => {
    const [only] = signsOf(requests('stock', 100), errors('stock'), requests('db', 40));
    const [one] = signsOf(requests('shop', 100), errors('shop'), requests('stock', 40), requests('mail', 100));
    assert.ok(only?.service === 'db' && one && only.score < one.score);
  });
});
