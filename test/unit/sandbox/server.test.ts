import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { HttpError, jsonBody, type Route } from '../../../src/sandbox/http';
import { type Sandbox, type SandboxOptions, type ServedRequest, startSandbox } from '../../../src/sandbox/server';

const KEYS = { 'DD-API-KEY': 'api', 'DD-APPLICATION-KEY': 'app' };

const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/app', auth: 'app', rateLimit: 'app', handle: () => ({ status: 200, body: { ok: true } }) },
  { method: 'GET', path: '/api', auth: 'api', handle: () => ({ status: 200, body: { ok: true } }) },
  { method: 'POST', path: '/echo', auth: 'none', handle: (request) => ({ status: 201, body: jsonBody(request) }) },
  { method: 'GET', path: '/text', auth: 'none', handle: () => ({ status: 200, body: 'plain' }) },
  { method: 'GET', path: '/empty', auth: 'none', handle: () => ({ status: 204 }) },
  {
    method: 'GET',
    path: '/modern',
    auth: 'none',
    handle: () => {
      throw new HttpError(404, 'issue not found', 'jsonApi');
    },
  },
  {
    method: 'GET',
    path: '/broken',
    auth: 'none',
    handle: () => {
      throw new Error('secret detail');
    },
  },
];

describe('the sandbox server', () => {
  let sandbox: Sandbox | null = null;
  const start = async (options: SandboxOptions = {}): Promise<Sandbox> => {
    sandbox = await startSandbox({ routes: () => ROUTES, ...options });
    return sandbox;
  };
  const get = async (path: string, headers: Record<string, string> = {}) => fetch(`${sandbox?.url}${path}`, { headers });

  afterEach(async () => {
    await sandbox?.close();
    sandbox = null;
  });

  it('listens on the loopback address only', async () => {
    const { url } = await start();
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('answers 403 in Datadog’s words for a missing or a wrong key', async () => {
    await start({ apiKey: 'api', appKey: 'app' });
    assert.equal((await get('/app', KEYS)).status, 200);
    for (const headers of [{}, { ...KEYS, 'DD-API-KEY': 'other' }, { ...KEYS, 'DD-APPLICATION-KEY': 'other' }]) {
      const response = await get('/app', headers);
      assert.equal(response.status, 403);
      assert.deepEqual(await response.json(), { errors: ['Forbidden'] });
    }
    assert.equal((await get('/api', { 'DD-API-KEY': 'api' })).status, 200);
  });

  it('accepts any keys when it was started without, but not none', async () => {
    await start();
    assert.equal((await get('/app', { 'DD-API-KEY': 'x', 'DD-APPLICATION-KEY': 'y' })).status, 200);
    assert.equal((await get('/app', { 'DD-API-KEY': 'x' })).status, 403);
  });

  it('tells unknown paths and wrong methods apart', async () => {
    await start();
    const unknown = await get('/nowhere');
    assert.equal(unknown.status, 404);
    assert.deepEqual(await unknown.json(), { errors: ['Not found'] });
    assert.equal((await get('/echo')).status, 405);
  });

  it('sends rate-limit headers and refuses what is over the limit', async () => {
    await start({ rateLimits: { app: { limit: 1, periodSec: 3600 } } });
    const first = await get('/app', KEYS);
    assert.equal(first.headers.get('x-ratelimit-remaining'), '0');
    assert.equal(first.headers.get('x-ratelimit-name'), 'app');
    const second = await get('/app', KEYS);
    assert.equal(second.status, 429);
    assert.ok(Number(second.headers.get('x-ratelimit-reset')) > 0);
    assert.deepEqual(await second.json(), { errors: ['Too many requests'] });
  });

  it('answers both of Datadog’s error shapes', async () => {
    await start();
    const modern = await get('/modern');
    assert.deepEqual(await modern.json(), { errors: [{ status: '404', title: 'Not Found', detail: 'issue not found' }] });
    const classic = await fetch(`${sandbox?.url}/echo`, { method: 'POST', body: '{' });
    assert.equal(classic.status, 400);
    assert.deepEqual(await classic.json(), { errors: ['The body is not valid JSON.'] });
  });

  it('hides what broke inside, but tells its owner', async () => {
    const thrown: unknown[] = [];
    await start({ onError: (error) => thrown.push(error) });
    const response = await get('/broken');
    assert.equal(response.status, 500);
    assert.deepEqual(await response.json(), { errors: ['Internal error'] });
    assert.match(String(thrown[0]), /secret detail/);
  });

  it('sends text as text and nothing as nothing', async () => {
    await start();
    assert.equal(await (await get('/text')).text(), 'plain');
    const empty = await get('/empty');
    assert.equal(empty.status, 204);
    assert.equal(await empty.text(), '');
  });

  it('unpacks gzip, deflate and, where Node can, zstd', async () => {
    await start();
    const json = JSON.stringify({ packed: true });
    const packed: [string, Buffer][] = [
      ['gzip', gzipSync(json)],
      ['deflate', deflateSync(json)],
      ...(typeof zstdCompressSync === 'function' ? [['zstd', zstdCompressSync(json)] as [string, Buffer]] : []),
    ];
    for (const [encoding, body] of packed) {
      const response = await fetch(`${sandbox?.url}/echo`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-encoding': encoding },
      });
      assert.deepEqual(await response.json(), { packed: true }, encoding);
    }
  });

  it('refuses bodies that are broken, unknown or too large, packed ones too', async () => {
    await start({ maxBodyBytes: 1000 });
    const post = async (body: Buffer, encoding = 'identity') =>
      (await fetch(`${sandbox?.url}/echo`, { method: 'POST', body: new Uint8Array(body), headers: { 'content-encoding': encoding } }))
        .status;
    assert.equal(await post(Buffer.from('no gzip'), 'gzip'), 400);
    assert.equal(await post(Buffer.from('x'), 'br'), 415);
    assert.equal(await post(Buffer.alloc(200_000, 0x20)), 413);
    assert.equal(await post(gzipSync(Buffer.alloc(200_000, 0x20)), 'gzip'), 413);
  });

  it('reports each request that it served', async () => {
    const served: ServedRequest[] = [];
    await start({ onRequest: (request) => served.push(request) });
    await get('/text?x=1');
    await get('/nowhere');
    assert.deepEqual(served, [
      { method: 'GET', path: '/text', status: 200 },
      { method: 'GET', path: '/nowhere', status: 404 },
    ]);
  });

  it('fails on demand with a status, and with a rate limit', async () => {
    const { faults } = await start();
    faults.inject({ fault: { kind: 'status', status: 502, body: '<html>bad gateway</html>' } });
    faults.inject({ fault: { kind: 'rateLimited', resetSec: 3 } });
    assert.equal((await get('/text')).status, 502);
    const limited = await get('/text');
    assert.equal(limited.status, 429);
    assert.equal(limited.headers.get('x-ratelimit-reset'), '3');
    assert.equal((await get('/text')).status, 200);
  });

  it('cuts an answer on demand', async () => {
    const { faults } = await start();
    faults.inject({ fault: { kind: 'truncate' } });
    await assert.rejects(async () => (await get('/text')).text());
  });

  it('answers late on demand', async () => {
    const { faults } = await start();
    faults.inject({ fault: { kind: 'slow', delayMs: 30 } });
    assert.equal(await (await get('/text')).text(), 'plain');
  });

  it('hangs on demand and still closes', async () => {
    const { faults, port } = await start();
    const reached = new Promise<void>((resolve) => {
      const matches = () => {
        resolve();
        return true;
      };
      faults.inject({ fault: { kind: 'hang' }, matches });
    });
    const hanging = new Promise<string>((resolve) => {
      const request = httpRequest({ port, host: '127.0.0.1', path: '/text' }, () => resolve('answered'));
      request.on('error', () => resolve('cut'));
      request.end();
    });
    await reached;
    await sandbox?.close();
    sandbox = null;
    assert.equal(await hanging, 'cut');
  });

  it('says that a port is taken', async () => {
    const { port } = await start();
    await assert.rejects(startSandbox({ port }), { code: 'EADDRINUSE' });
  });
});
