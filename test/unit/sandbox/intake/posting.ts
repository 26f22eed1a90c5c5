import type { HttpRequest } from '../../../../src/sandbox/http';

/** A POST as a handler sees it; objects are sent as JSON. */
export function post(body: unknown, options: { query?: string; headers?: Record<string, string>; path?: string } = {}): HttpRequest {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    method: 'POST',
    path: options.path ?? '/',
    params: {},
    query: new URLSearchParams(options.query),
    headers: options.headers ?? {},
    body: bytes,
  };
}
