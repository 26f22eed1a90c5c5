import assert from 'node:assert/strict';
import { withPlacesOf } from '../../../src/demo/sanitise';
import type { Span } from '../../../src/domain/span';

const span: Span = {
  traceId: 't',
  spanId: '1',
  parentId: null,
  service: 'payments',
  name: 'http.request',
  resource: 'POST',
  type: 'http',
  startMs: 1,
  durationMs: 1,
  isError: true,
  meta: {
    'error.stack':
      'Error: no\n    at call (/home/me/aidog/.demo/releases/payments-2068ef1/lib/http.js:24:11)\n    at x (/home/me/aidog/node_modules/express/index.js:1:1)',
    'http.url': 'http://127.0.0.1:4711/v2/charges',
    'out.host': '127.0.0.1',
    'runtime-id': 'r',
    '_dd.p.dm': '-0',
    '_dd.code_origin.frames.0.file': '/home/me/aidog/.demo/releases/payments-2068ef1/services/payments/acquirer.js',
    'git.commit.sha': 'c',
  },
  metrics: { process_id: 77, '_dd.top_level': 1, 'network.destination.port': 4711, _sample_rate: 0.1 },
};
const places = { folders: ['/home/me/aidog/.demo', '/home/me/aidog'], hosts: new Map([[4711, 'api.acquirer.example']]) };

describe('sanitising a recording', () => {
  it('moves paths to where the shop pretends to run', () => {
    const [clean] = withPlacesOf({ spans: [span] }, places).spans;
    assert.match(clean?.meta['error.stack'] ?? '', /\(\/srv\/shop\/releases\/payments-2068ef1\/lib\/http\.js:24:11\)/);
    assert.match(clean?.meta['error.stack'] ?? '', /\(\/srv\/shop\/node_modules\/express\/index\.js:1:1\)/);
    assert.equal(clean?.meta['_dd.code_origin.frames.0.file'], '/srv/shop/releases/payments-2068ef1/services/payments/acquirer.js');
    assert.ok(!JSON.stringify(clean).includes('/home/me'));
  });

  it('finds paths that JSON has to escape', () => {
    const windows = { ...span, meta: { 'error.stack': 'at x (C:\\work\\aidog\\.demo\\releases\\a.js:1:1)' } };
    const [clean] = withPlacesOf({ spans: [windows] }, { ...places, folders: ['C:\\work\\aidog\\.demo'] }).spans;
    assert.equal(clean?.meta['error.stack'], 'at x (/srv/shop\\releases\\a.js:1:1)');
  });

  it('names what was called instead of this machine', () => {
    const [clean] = withPlacesOf({ spans: [span] }, places).spans;
    assert.equal(clean?.meta['http.url'], 'http://api.acquirer.example/v2/charges');
    assert.equal(clean?.meta['out.host'], 'api.acquirer.example');
  });

  it('rewrites the other texts of the recording too, and drops what tracers say of themselves', () => {
    const recording = { spans: [span], logs: [{ message: 'at /home/me/aidog/.demo/releases/x.js:1, localhost:9999' }] };
    const clean = withPlacesOf(recording, places);
    assert.deepEqual(clean.logs, [{ message: 'at /srv/shop/releases/x.js:1, unknown.kiln.internal' }]);
    assert.deepEqual(Object.keys(clean.spans[0]?.metrics ?? {}), ['_dd.top_level']);
    assert.equal('runtime-id' in (clean.spans[0]?.meta ?? {}), false);
    assert.equal(clean.spans[0]?.meta['git.commit.sha'], 'c');
  });
});
