import { HttpError, type HttpReply, type HttpRequest, type Route } from '../http';
import type { TelemetryStore } from '../store/store';
import { createTraceIntake, unpack } from './traceIntake';

/** What the trace agent serves to tracers. */
export function agentRoutes(store: TelemetryStore): Route[] {
  const traces = createTraceIntake(store);
  const route = (method: Route['method'], path: string, handle: Route['handle']): Route => ({ method, path, auth: 'none', handle });
  const both = (path: string, handle: Route['handle']) => [route('PUT', path, handle), route('POST', path, handle)];
  return [
    route('GET', '/info', () => INFO),
    ...both('/v0.3/traces', traces.v04),
    ...both('/v0.4/traces', traces.v04),
    ...both('/v0.5/traces', traces.v05),
    ...both('/v0.6/stats', acceptStats),
    ...both('/v0.7/config', () => ({ status: 200, body: {} })),
    ...both('/telemetry/proxy/*', () => ({ status: 200, body: {} })),
  ];
}

/** `client_drop_p0s: false` tells tracers to send every span, so that counts made from spans are whole. */
const INFO: HttpReply = {
  status: 200,
  body: {
    version: '7.70.0',
    endpoints: ['/v0.3/traces', '/v0.4/traces', '/v0.5/traces', '/v0.6/stats', '/v0.7/config', '/telemetry/proxy/', '/dogstatsd/v2/proxy'],
    client_drop_p0s: false,
    span_meta_structs: false,
    long_running_spans: false,
    config: { default_env: 'none', statsd_port: 8125, receiver_port: 8126 },
  },
};

/** Statistics that tracers computed are checked and let go: trace metrics come from the spans, which all arrive, so nothing counts twice. */
function acceptStats(request: HttpRequest): HttpReply {
  const payload = unpack(request.body);
  const stats = typeof payload === 'object' && payload !== null ? (payload as { Stats?: unknown }).Stats : undefined;
  if (!Array.isArray(stats)) throw new HttpError(400, 'The payload has no array Stats.');
  return { status: 200, body: {} };
}
