import assert from 'node:assert/strict';
import { createFaults } from '../../../src/sandbox/faults';
import type { HttpRequest } from '../../../src/sandbox/http';

const to = (path: string): HttpRequest => ({
  method: 'GET',
  path,
  params: {},
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.alloc(0),
});

describe('injected faults', () => {
  it('befall one request unless told otherwise', () => {
    const faults = createFaults();
    faults.inject({ fault: { kind: 'hang' } });
    assert.deepEqual(faults.take(to('/a')), { kind: 'hang' });
    assert.equal(faults.take(to('/a')), null);
  });

  it('befall as many matching requests as asked for', () => {
    const faults = createFaults();
    faults.inject({ fault: { kind: 'truncate' }, times: 2, matches: ({ path }) => path === '/b' });
    assert.equal(faults.take(to('/a')), null);
    assert.equal(faults.take(to('/b'))?.kind, 'truncate');
    assert.equal(faults.take(to('/b'))?.kind, 'truncate');
    assert.equal(faults.take(to('/b')), null);
  });

  it('can be called off', () => {
    const faults = createFaults();
    faults.inject({ fault: { kind: 'hang' }, times: 10 });
    faults.clear();
    assert.equal(faults.take(to('/a')), null);
  });
});
