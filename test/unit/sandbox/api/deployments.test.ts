import assert from 'node:assert/strict';
import { askOf } from '../../../fakes/apiCalls';
import { deployment, filledStore, NOW_MS } from '../../../fakes/sandboxTelemetry';

interface Deployments {
  readonly data: readonly { readonly id: string; readonly attributes: Record<string, unknown> }[];
}

const store = filledStore();
store.addEvents([
  { ...deployment({ service: 'payment', timestampMs: NOW_MS - 30_000, commit: null, version: '9' }), id: 'deploy-2', tags: [] },
  { ...deployment({ service: null }), id: 'deploy-3' },
]);
const ask = askOf(store);
const LIST = '/api/v2/dora/deployments';
const request = (attributes: object) => ({
  data: { type: 'dora_deployments_list_request', attributes: { from: new Date(NOW_MS - 3_600_000).toISOString(), ...attributes } },
});
const listed = async (attributes: object) => (await ask<Deployments>('POST', LIST, request(attributes))).body.data.map(({ id }) => id);

describe('the deployments API', () => {
  it('lists the deployments of services, the newest first, and nothing else', async () => {
    assert.deepEqual(await listed({}), ['deploy-2', 'deploy-1']);
    assert.deepEqual(await listed({ sort: 'started_at' }), ['deploy-1', 'deploy-2']);
    assert.deepEqual(await listed({ limit: 1 }), ['deploy-2']);
    assert.deepEqual(await listed({ query: 'service:checkout version:1.4.*' }), ['deploy-1']);
    assert.deepEqual(await listed({ to: new Date(NOW_MS - 60_000).toISOString() }), ['deploy-1']);
  });

  it('tells version, commit and repository', async () => {
    const { body } = await ask<{ data: Deployments['data'][number] }>('GET', `${LIST}/deploy-1`);
    assert.equal(body.data.attributes.version, '1.4.2');
    assert.equal(body.data.attributes.env, 'prod');
    assert.deepEqual(body.data.attributes.git, {
      commit_sha: 'c7d2e9a3f1b04658e8a72c0d9b5e34176af2c801',
      repository_id: 'github.com/shop/shop',
    });
    assert.equal('git' in (await ask<{ data: Deployments['data'][number] }>('GET', `${LIST}/deploy-2`)).body.data.attributes, false);
  });

  it('refuses in the JSON:API shape, as recorded', async () => {
    const untyped = await ask('POST', LIST, { data: { attributes: { limit: 10 } } });
    assert.deepEqual(
      [untyped.status, untyped.shape, untyped.message],
      [400, 'jsonApi', 'got type "" expected one of "dora_deployments_list_request"'],
    );
    assert.deepEqual((await ask('GET', `${LIST}/flag-1`)).status, 404);
    assert.equal((await ask('POST', LIST, request({ limit: 5000 }))).status, 400);
  });
});
