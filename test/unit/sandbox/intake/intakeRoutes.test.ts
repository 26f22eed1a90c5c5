import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/server';

describe('the intakes over HTTP', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ apiKey: 'key' });
  });
  after(() => sandbox.close());

  const send = async (
    path: string,
    body: string,
    headers: Record<string, string> = { 'dd-api-key': 'key', 'content-type': 'application/json' },
  ) => (await fetch(`${sandbox.url}${path}`, { method: 'POST', body, headers })).status;

  it('want the API key where Datadog does', async () => {
    for (const path of ['/api/v2/logs', '/v1/input', '/api/v1/series', '/api/v2/series', '/api/v1/events', '/api/v2/events']) {
      assert.equal(await send(path, '{}', {}), 403, path);
    }
  });

  it('take logs, metrics and events', async () => {
    assert.equal(await send('/api/v2/logs', '{"message":"a"}'), 202);
    assert.equal(await send('/v1/input', '{"message":"a"}'), 200);
    assert.equal(await send('/api/v1/series', '{"series":[]}'), 202);
    assert.equal(await send('/api/v2/series', '{"series":[]}'), 202);
    assert.equal(await send('/api/v1/distribution_points', '{"series":[]}'), 202);
    assert.equal(await send('/api/v1/events', '{"title":"a","text":"b"}'), 202);
  });

  it('take DogStatsD without a key and refuse nonsense with the reason', async () => {
    assert.equal(await send('/dogstatsd/v2/proxy', 'hits:1|c', {}), 200);
    const response = await fetch(`${sandbox.url}/dogstatsd/v2/proxy`, { method: 'POST', body: 'nonsense' });
    assert.equal(response.status, 400);
    assert.match(JSON.stringify(await response.json()), /a metric is/);
  });

  it('answer malformed payloads with 400', async () => {
    for (const path of [
      '/api/v2/logs',
      '/api/v1/series',
      '/api/v2/series',
      '/api/v1/events',
      '/api/v2/events',
      '/api/v2/dora/deployment',
      '/v0.4/traces',
    ]) {
      assert.equal(await send(path, '{"oops"'), 400, path);
    }
  });
});
