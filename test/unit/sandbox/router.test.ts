import assert from 'node:assert/strict';
import type { Route } from '../../../src/sandbox/http';
import { createRouter } from '../../../src/sandbox/router';

const route = (method: Route['method'], path: string): Route => ({ method, path, auth: 'none', handle: () => ({ status: 200 }) });

describe('the router', () => {
  const search = route('GET', '/api/v1/monitor/search');
  const one = route('GET', '/api/v1/monitor/:id');
  const update = route('PUT', '/api/v1/monitor/:id');
  const proxy = route('POST', '/telemetry/proxy/*');
  const find = createRouter([one, update, search, proxy]);

  it('prefers a path without parameters', () => {
    assert.deepEqual(find('GET', '/api/v1/monitor/search'), { route: search, params: {} });
  });

  it('decodes parameters', () => {
    assert.deepEqual(find('GET', '/api/v1/monitor/a%2Fb'), { route: one, params: { id: 'a/b' } });
  });

  it('tells routes with the same path apart by method', () => {
    assert.deepEqual(find('PUT', '/api/v1/monitor/7'), { route: update, params: { id: '7' } });
    assert.equal(find('DELETE', '/api/v1/monitor/7'), 'wrongMethod');
  });

  it('takes any rest for a star', () => {
    assert.deepEqual(find('POST', '/telemetry/proxy/api/v2/apmtelemetry'), { route: proxy, params: {} });
  });

  it('overlooks a slash at the end', () => {
    assert.deepEqual(find('GET', '/api/v1/monitor/7/'), { route: one, params: { id: '7' } });
  });

  it('knows no other path, nor one that cannot be decoded', () => {
    assert.equal(find('GET', '/api/v1/monitors'), null);
    assert.equal(find('GET', '/api/v1/monitor/%E0%A4%A'), null);
  });
});
