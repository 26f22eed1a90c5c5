import assert from 'node:assert/strict';
import { askOf } from '../../../fakes/apiCalls';
import { filledStore, NOW_MS } from '../../../fakes/sandboxTelemetry';

const store = filledStore();
const ask = askOf(store);

describe('the services API', () => {
  it('knows who calls whom in the last hour', async () => {
    assert.deepEqual((await ask('GET', '/api/v1/service_dependencies?env=prod')).body, {
      checkout: { calls: ['payment'] },
      payment: { calls: [] },
    });
    assert.deepEqual((await ask('GET', '/api/v1/service_dependencies/payment?env=prod')).body, {
      name: 'payment',
      calls: [],
      called_by: ['checkout'],
    });
  });

  it('looks at the window that was asked for', async () => {
    const before = NOW_MS / 1000 - 7200;
    assert.deepEqual((await ask('GET', `/api/v1/service_dependencies?env=prod&start=${before - 60}&end=${before}`)).body, {});
  });

  it('lists the services of an environment', async () => {
    const services = async (env: string) =>
      (await ask<{ data: { attributes: { services: string[] } } }>('GET', `/api/v2/apm/services?filter[env]=${env}`)).body.data.attributes
        .services;
    assert.deepEqual(await services('prod'), ['checkout', 'payment']);
    assert.deepEqual(await services('*'), ['checkout', 'payment']);
    assert.deepEqual(await services('test'), []);
  });

  it('has no service definitions', async () => {
    assert.deepEqual((await ask('GET', '/api/v2/services/definitions')).body, { data: [] });
    assert.equal((await ask('GET', '/api/v2/services/definitions/checkout')).status, 404);
  });

  it('refuses requests without an environment, and unknown services', async () => {
    assert.equal((await ask('GET', '/api/v1/service_dependencies')).status, 400);
    assert.equal((await ask('GET', '/api/v2/apm/services')).status, 400);
    assert.equal((await ask('GET', '/api/v1/service_dependencies?env=prod&start=9&end=9')).status, 400);
    assert.equal((await ask('GET', '/api/v1/service_dependencies/nobody?env=prod')).status, 404);
  });
});
