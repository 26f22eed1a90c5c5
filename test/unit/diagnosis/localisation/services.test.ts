import assert from 'node:assert/strict';
import { isReachable, isSeenFromOutside, knownServices, ownServices } from '../../../../src/diagnosis/localisation/services';
import { callGraph } from '../../../../src/signals/topology';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { failure, findings, metric } from '../../../fakes/findings';
import { span } from '../../../fakes/spans';

describe('isReachable', () => {
  it('follows calls from the alerting service', () => {
    assert.equal(isReachable(findings(), 'db'), true);
    assert.equal(isReachable(findings(), 'shop'), true);
    assert.equal(isReachable(findings(), 'web'), false);
  });

  it('does not know where the graph knows neither', () => {
    assert.equal(isReachable(findings(), 'elsewhere'), null);
    assert.equal(isReachable(findings({ graph: callGraph() }), 'db'), null);
    assert.equal(isReachable(findings(), null), null);
  });
});

describe('knownServices', () => {
  it('knows services by spans and logs too', () => {
    const seen = findings({ during: buildTraces([span({ spanId: 'a', service: 'edge' })]), failures: [failure({ service: 'mail' })] });
    assert.ok(knownServices(seen).has('edge') && knownServices(seen).has('mail'));
  });
});

describe('ownServices', () => {
  it('leaves out hosts that are only called', () => {
    const found = ownServices(findings({ graph: callGraph({ shop: ['api.bank.example', 'stock'] }) }));
    assert.deepEqual([...found].sort(), ['shop', 'stock']);
  });
});

describe('isSeenFromOutside', () => {
  const graph = callGraph({ shop: ['lb.example.com', 'stock'], 'svc.inner': ['stock'] });
  const seen = findings({ graph, metrics: [metric('latency', { service: 'lb.example.com' })] });

  it('is a host name that calls nobody and tells nothing of itself', () => {
    assert.equal(isSeenFromOutside('lb.example.com', seen, new Set()), true);
    assert.equal(isSeenFromOutside('lb.example.com', seen, new Set(['lb.example.com'])), false);
    assert.equal(isSeenFromOutside('svc.inner', seen, new Set()), false);
    assert.equal(isSeenFromOutside('stock', seen, new Set()), false);
  });
});
