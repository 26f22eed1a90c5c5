import assert from 'node:assert/strict';
import { Packr } from 'msgpackr';
import { agentRoutes } from '../../../../src/sandbox/intake/agentRoutes';
import { createRouter } from '../../../../src/sandbox/router';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';
import { post } from './posting';

describe('the agent’s routes', () => {
  const store = createTelemetryStore();
  const find = createRouter(agentRoutes(store));
  const call = (method: string, path: string, body: unknown = '') => {
    const match = find(method, path);
    assert.ok(typeof match === 'object' && match !== null, path);
    return match.route.handle(post(body));
  };

  it('tell tracers to send every span', async () => {
    const { body } = await call('GET', '/info');
    assert.equal((body as { client_drop_p0s: boolean }).client_drop_p0s, false);
    assert.ok((body as { endpoints: string[] }).endpoints.includes('/v0.4/traces'));
  });

  it('take traces by PUT and POST in three versions', () => {
    for (const version of ['v0.3', 'v0.4', 'v0.5']) {
      for (const method of ['PUT', 'POST']) assert.ok(typeof find(method, `/${version}/traces`) === 'object');
    }
  });

  it('check statistics but count nothing from them', async () => {
    const stats = Buffer.from(new Packr({ useRecords: false }).pack({ Stats: [{ Start: 1, Duration: 1, Stats: [] }] }));
    assert.equal((await call('PUT', '/v0.6/stats', stats)).status, 200);
    assert.deepEqual(store.metricNames(0), []);
    assert.throws(() => call('PUT', '/v0.6/stats', Buffer.from([0x80])), /no array Stats/);
  });

  it('have no remote configuration, and let telemetry about the tracer go', async () => {
    assert.deepEqual(await call('POST', '/v0.7/config', {}), { status: 200, body: {} });
    assert.equal((await call('POST', '/telemetry/proxy/api/v2/apmtelemetry', {})).status, 200);
  });

  it('ask for no key, as a local agent does', () => {
    for (const route of agentRoutes(store)) assert.equal(route.auth, 'none');
  });
});
