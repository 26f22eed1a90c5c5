import type { LogEvent } from '../domain/log';
import type { Span } from '../domain/span';
import type { CapturedTrace } from './capturedTrace';
import { type Deployment, deploymentBody } from './deployment';

export interface IntakeOptions {
  /** The sandbox. */
  readonly url: string;
  readonly apiKey: string;
  readonly appKey: string;
}

/** What the demo sends beside what the traced services send themselves. Everything rejects unless the answer is 2xx. */
export interface IntakeClient {
  /** Sends spans through the trace agent's v0.4 intake, a chunk a trace, and logs through the log intake. */
  sendTraces(traces: Iterable<CapturedTrace>): Promise<void>;
  /** Lines of JSON as a service wrote them, shipped as a log collector does. */
  sendLogLines(service: string, host: string, lines: readonly string[]): Promise<void>;
  sendDeployment(deployment: Deployment): Promise<void>;
  /** Creates a monitor and returns its id. */
  createMonitor(monitor: object): Promise<number>;
  monitorState(id: number): Promise<string>;
}

/** Spans in one request: a few megabytes. */
const SPANS_PER_REQUEST = 4000;

export function createIntakeClient({ url, apiKey, appKey }: IntakeOptions): IntakeClient {
  const keys = { 'dd-api-key': apiKey, 'dd-application-key': appKey };
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(new URL(path, url), {
      method,
      headers: { 'content-type': 'application/json', ...keys, ...headers },
      body: text,
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${answer.slice(0, 300)}`);
    return answer === '' ? null : JSON.parse(answer);
  };
  return {
    async sendTraces(traces) {
      let batch: CapturedTrace[] = [];
      let count = 0;
      const flush = async () => {
        const spans = batch.map((trace) => trace.spans.map(rawSpan));
        const logs = batch.flatMap((trace) => trace.logs.map(rawLog));
        [batch, count] = [[], 0];
        if (spans.length > 0) await send('PUT', '/v0.4/traces', spans, { 'datadog-client-computed-top-level': 'yes' });
        if (logs.length > 0) await send('POST', '/api/v2/logs', logs);
      };
      for (const trace of traces) {
        batch.push(trace);
        count += trace.spans.length;
        if (count >= SPANS_PER_REQUEST) await flush();
      }
      await flush();
    },
    async sendLogLines(service, host, lines) {
      const query = new URLSearchParams({ ddsource: 'nodejs', service, hostname: host });
      await send('POST', `/api/v2/logs?${query}`, `[${lines.join(',')}]`);
    },
    async sendDeployment(deployment) {
      await send('POST', '/api/v2/dora/deployment', deploymentBody(deployment));
    },
    async createMonitor(monitor) {
      return ((await send('POST', '/api/v1/monitor', monitor)) as { readonly id: number }).id;
    },
    async monitorState(id) {
      return ((await send('GET', `/api/v1/monitor/${id}`)) as { readonly overall_state: string }).overall_state;
    },
  };
}

/** A span as tracers send it; 64-bit numbers as text, which keeps them exact. */
function rawSpan({ traceId, spanId, parentId, service, name, resource, type, startMs, durationMs, isError, meta, metrics }: Span): object {
  return {
    trace_id: BigInt(`0x${traceId.slice(-16)}`).toString(),
    span_id: spanId,
    parent_id: parentId ?? '0',
    service,
    name,
    resource,
    type,
    start: `${Math.round(startMs * 1000)}000`,
    duration: Math.round(durationMs * 1e6),
    error: isError ? 1 : 0,
    meta: { ...meta, '_dd.p.tid': traceId.slice(0, -16) },
    metrics,
  };
}

function rawLog({ timestampMs, service, status, host, message, attributes, tags }: LogEvent): object {
  return {
    ...attributes,
    timestamp: new Date(timestampMs).toISOString(),
    service,
    status,
    hostname: host,
    message,
    ddtags: tags.join(','),
  };
}
