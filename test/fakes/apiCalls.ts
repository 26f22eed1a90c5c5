import { apiRoutes } from '../../src/sandbox/api/apiRoutes';
import type { ApiContext } from '../../src/sandbox/context';
import { HttpError } from '../../src/sandbox/http';
import { createRouter } from '../../src/sandbox/router';
import type { TelemetryStore } from '../../src/sandbox/store/store';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  /** Of an error: its shape and text. */
  readonly shape?: HttpError['shape'];
  readonly message?: string;
}

/** Asks the routes of the API without a server in between. The body's type is what the test says it is. */
export type Ask = <T>(method: string, path: string, body?: unknown) => Promise<Answer<T>>;

export function askOf(store: TelemetryStore, context: Partial<ApiContext> = {}): Ask {
  const router = createRouter(apiRoutes({ store, clock: store.clock, ...context }));
  return async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const url = new URL(path, 'http://127.0.0.1');
    const match = router(method, url.pathname);
    if (match === null || match === 'wrongMethod') throw new Error(`no route for ${method} ${path}`);
    const bytes = Buffer.from(typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body));
    const request = {
      method,
      path: url.pathname,
      params: match.params,
      query: url.searchParams,
      headers: { host: 'sandbox:1', 'dd-api-key': 'key' },
      body: bytes,
    };
    try {
      const reply = await match.route.handle(request);
      const parsed = typeof reply.body === 'string' ? JSON.parse(reply.body) : JSON.parse(JSON.stringify(reply.body ?? null));
      return { status: reply.status, body: parsed as T };
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      return { status: error.status, body: null as T, shape: error.shape, message: error.message };
    }
  };
}
