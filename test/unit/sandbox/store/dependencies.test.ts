import assert from 'node:assert/strict';
import { dependenciesOf } from '../../../../src/sandbox/store/dependencies';
import { aSpan } from '../telemetry';

describe('dependencies read off spans', () => {
  it('follow a call from one service into another', () => {
    const trace = [
      aSpan({ spanId: '1', service: 'web' }),
      aSpan({ spanId: '2', parentId: '1', service: 'web', name: 'http.request' }),
      aSpan({ spanId: '3', parentId: '2', service: 'cart' }),
      aSpan({ spanId: '4', parentId: '3', service: 'stock' }),
      aSpan({ spanId: '5', parentId: '3', service: 'price' }),
    ];
    assert.deepEqual(
      dependenciesOf(trace, () => trace),
      { cart: ['price', 'stock'], web: ['cart'] },
    );
  });

  it('take the peer’s name where the callee sends no spans', () => {
    const span = aSpan({ service: 'cart', meta: { 'peer.service': 'orders-db' } });
    assert.deepEqual(
      dependenciesOf([span], () => [span]),
      { cart: ['orders-db'] },
    );
  });

  it('know nothing of a parent that never arrived', () => {
    const span = aSpan({ parentId: '99' });
    assert.deepEqual(
      dependenciesOf([span], () => [span]),
      {},
    );
  });
});
