import assert from 'node:assert/strict';
import { localise } from '../../../../src/diagnosis/localisation/localise';
import { callGraph } from '../../../../src/signals/topology';
import { failure, findings, metric } from '../../../fakes/findings';

describe('localise', () => {
  it('names the best service with its signs, the strongest first', () => {
    const metrics = [metric('container.cpu.usage', { service: 'stock', score: 4, evidence: 'E3' })];
    const { best, culprits } = localise(findings({ metrics, failures: [failure({ service: 'stock', evidence: 'E4' })] }));
    assert.equal(best?.service, 'stock');
    assert.equal(culprits[0]?.service, 'stock');
    assert.deepEqual(
      best.signs.slice(0, 2).map(({ kind, evidence }) => [kind, evidence]),
      [
        ['errors', 'E4'],
        ['saturation', 'E3'],
      ],
    );
    assert.ok(best.margin > 0.5 && best.margin <= 1);
  });

  it('says whether calls lead there', () => {
    const at = (service: string, graph = findings().graph) =>
      localise(findings({ graph, failures: [failure({ service, count: 50 })] })).best?.isPathVerified;
    assert.equal(at('stock'), true);
    assert.equal(at('stock', callGraph()), null);
    assert.equal(at('elsewhere'), null);
  });

  it('has no margin between equals, and no best without a service', () => {
    const failures = [failure({ service: 'a', count: 5 }), failure({ service: 'b', count: 5 })];
    assert.ok((localise(findings({ alerting: null, graph: callGraph(), path: [], failures })).best?.margin ?? 1) < 0.01);
    assert.deepEqual(localise(findings({ alerting: null, graph: callGraph(), path: [] })), { culprits: [], best: null });
  });
});
