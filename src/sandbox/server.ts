import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { realClock } from './clock';
import type { ApiContext } from './context';
import { createFaults, type Fault, type Faults } from './faults';
import { HttpError, type HttpReply, type HttpRequest, type Route } from './http';
import { type DogStatsDSocket, listenForDogStatsD } from './intake/dogStatsDSocket';
import { intakeRoutes } from './intake/intakeRoutes';
import { createRateLimits, DEFAULT_RATE_LIMIT, type RateLimit, type RateLimitAnswer, rateLimitHeaders } from './rateLimits';
import { readBody } from './requestBody';
import { createRouter, type RouteMatch } from './router';
import type { SandboxClock, TelemetryStore } from './store/store';
import { createTelemetryStore, type Retention } from './store/telemetryStore';

/** A request that was answered. */
export interface ServedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface RouteContext extends ApiContext {
  readonly faults: Faults;
}

export interface SandboxOptions {
  /** 0 or absent: any free port. The server listens on 127.0.0.1 only. */
  readonly port?: number;
  /** UDP port for DogStatsD: 0 for any free one, null or absent for none. */
  readonly dogStatsdPort?: number | null;
  readonly clock?: SandboxClock;
  readonly store?: TelemetryStore;
  readonly retention?: Partial<Retention>;
  /** Absent: any key that is not empty will do. */
  readonly apiKey?: string;
  readonly appKey?: string;
  /** By bucket name; {@link DEFAULT_RATE_LIMIT} for the others. */
  readonly rateLimits?: Readonly<Record<string, RateLimit>>;
  readonly maxBodyBytes?: number;
  /** Routes beside the intakes. */
  readonly routes?: (context: RouteContext) => readonly Route[];
  readonly onRequest?: (request: ServedRequest) => void;
  /** Told of what no handler meant to throw. */
  readonly onError?: (error: unknown) => void;
}

/** A running Datadog-compatible server. */
export interface Sandbox {
  readonly url: string;
  readonly port: number;
  readonly dogStatsdPort: number | null;
  readonly store: TelemetryStore;
  readonly clock: SandboxClock;
  readonly faults: Faults;
  /** Ends open connections too. */
  close(): Promise<void>;
}

const DEFAULT_MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Starts the intakes and the given routes; rejects when a port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? options.store?.clock ?? realClock;
  const store = options.store ?? createTelemetryStore({ clock, retention: options.retention });
  const faults = createFaults();
  const routes = [...intakeRoutes(store), ...(options.routes?.({ store, clock, faults }) ?? [])];
  const answer = createAnswerer(options, routes, faults);
  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server, options.port ?? 0);
  let dogStatsD: DogStatsDSocket | null = null;
  try {
    if (typeof options.dogStatsdPort === 'number') dogStatsD = await listenForDogStatsD(store, options.dogStatsdPort);
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dogStatsdPort: dogStatsD?.port ?? null,
    store,
    clock,
    faults,
    async close() {
      dogStatsD?.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

type Answerer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function createAnswerer(options: SandboxOptions, routes: readonly Route[], faults: Faults): Answerer {
  const router = createRouter(routes);
  const countRequest = createRateLimits(options.rateLimits ?? {});
  const maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;

  const handle = async (match: RouteMatch, request: HttpRequest): Promise<HttpReply> => {
    if (!isAllowed(match.route, request, options)) throw new HttpError(403, 'Forbidden');
    const limit: RateLimitAnswer | null = match.route.rateLimit === undefined ? null : countRequest(match.route.rateLimit);
    if (limit?.isExceeded) return { ...errorReply(new HttpError(429, 'Too many requests')), headers: limit.headers };
    const reply = await replyOf(() => match.route.handle(request), options.onError);
    return limit === null ? reply : { ...reply, headers: { ...limit.headers, ...reply.headers } };
  };

  return async (incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const method = incoming.method ?? 'GET';
    const served = (status: number) => options.onRequest?.({ method, path: url.pathname, status });
    let fault: Fault | null = null;
    const reply = await replyOf(async () => {
      const match = router(method, url.pathname);
      const body = await readBody(incoming, maxBodyBytes);
      const params = typeof match === 'object' ? (match?.params ?? {}) : {};
      const request = { method, path: url.pathname, params, query: url.searchParams, headers: incoming.headers, body };
      fault = faults.take(request);
      if (match === null) throw new HttpError(404, 'Not found');
      if (match === 'wrongMethod') throw new HttpError(405, 'Method not allowed');
      return handle(match, request);
    }, options.onError);
    await send(response, reply, fault, served);
  };
}

function isAllowed({ auth }: Route, { headers }: HttpRequest, { apiKey, appKey }: SandboxOptions): boolean {
  const fits = (given: string | string[] | undefined, expected: string | undefined) =>
    expected === undefined ? typeof given === 'string' && given !== '' : given === expected;
  if (auth === 'none') return true;
  return fits(headers['dd-api-key'], apiKey) && (auth === 'api' || fits(headers['dd-application-key'], appKey));
}

/** A handler's reply; what it threw becomes one of Datadog's error shapes, without a stack. */
async function replyOf(handle: () => HttpReply | Promise<HttpReply>, onError?: (error: unknown) => void): Promise<HttpReply> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof HttpError) return errorReply(error);
    onError?.(error);
    return errorReply(new HttpError(500, 'Internal error'));
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
};

function errorReply({ status, message, shape }: HttpError): HttpReply {
  const errors = shape === 'classic' ? [message] : [{ status: String(status), title: TITLES[status] ?? 'Error', detail: message }];
  return { status, body: { errors } };
}

async function send(response: ServerResponse, right: HttpReply, fault: Fault | null, served: (status: number) => void): Promise<void> {
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'slow') await sleep(fault.delayMs, undefined, { ref: false });
  const { status, body, headers } = fault === null ? right : faultyReply(fault, right);
  served(status);
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = Buffer.from(body === undefined ? '' : isRaw ? body : JSON.stringify(body));
  const type: Record<string, string> = body === undefined || isRaw ? {} : { 'Content-Type': 'application/json' };
  response.writeHead(status, { ...type, ...headers, 'Content-Length': String(bytes.length) });
  if (fault?.kind === 'truncate') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
  } else {
    response.end(bytes);
  }
}

function faultyReply(fault: Fault, right: HttpReply): HttpReply {
  if (fault.kind === 'rateLimited') {
    const headers = rateLimitHeaders('injected', DEFAULT_RATE_LIMIT, 0, fault.resetSec);
    return { ...errorReply(new HttpError(429, 'Too many requests')), headers };
  }
  return fault.kind === 'status' ? fault : right;
}
