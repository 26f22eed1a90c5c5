import assert from 'node:assert/strict';
import { keyRoutes } from '../../../../src/sandbox/api/keys';
import { askOf } from '../../../fakes/apiCalls';
import { filledStore } from '../../../fakes/sandboxTelemetry';

describe('keyRoutes', () => {
  it('needs only the API key where Datadog does', async () => {
    assert.deepEqual(
      keyRoutes().map(({ path, auth }) => [path, auth]),
      [
        ['/api/v1/validate', 'api'],
        ['/api/v2/validate_keys', 'app'],
        ['/api/v2/validate', 'api'],
      ],
    );
    const ask = askOf(filledStore());
    assert.deepEqual((await ask('GET', '/api/v1/validate')).body, { valid: true });
    assert.deepEqual((await ask('GET', '/api/v2/validate_keys')).body, { status: 'ok' });
    assert.equal((await ask<{ data: { attributes: { valid: boolean } } }>('GET', '/api/v2/validate')).body.data.attributes.valid, true);
  });
});
