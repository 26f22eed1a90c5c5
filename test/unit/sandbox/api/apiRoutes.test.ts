import assert from 'node:assert/strict';
import { apiRoutes } from '../../../../src/sandbox/api/apiRoutes';
import { createRouter } from '../../../../src/sandbox/router';
import { filledStore } from '../../../fakes/sandboxTelemetry';

const store = filledStore();
const routes = apiRoutes({ store, clock: store.clock });

describe('apiRoutes', () => {
  it('serves each operation once, behind keys and a rate limit', () => {
    const names = routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    assert.deepEqual([...new Set(names)], names);
    for (const { path, auth, rateLimit } of routes) {
      assert.notEqual(auth, 'none', path);
      assert.notEqual(rateLimit, undefined, path);
    }
  });

  it('does not take the words of a path for an id', () => {
    const router = createRouter(routes);
    for (const [method, path] of [
      ['GET', '/api/v1/monitor/search'],
      ['POST', '/api/v1/monitor/validate'],
      ['GET', '/api/v2/incidents/search'],
    ] as const) {
      const match = router(method, path);
      assert.deepEqual(typeof match === 'object' ? match?.params : match, {}, path);
    }
  });
});
