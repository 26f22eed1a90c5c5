import type { LogEvent } from '../../src/domain/log';
import type { Span } from '../../src/domain/span';
import { createFixedClock } from '../../src/sandbox/clock';
import type { StoredEvent, TelemetryStore } from '../../src/sandbox/store/store';
import { createTelemetryStore } from '../../src/sandbox/store/telemetryStore';

/** What the telemetry of the tests takes for now. */
export const NOW_MS = Date.parse('2026-06-20T14:00:00.000Z');

export const STACK = "TypeError: Cannot read properties of undefined (reading 'total')\n    at checkout (/app/src/checkout.ts:42:17)";

export function span(overrides: Partial<Span> = {}): Span {
  return {
    traceId: '1376633447483012831',
    spanId: '101',
    parentId: null,
    service: 'checkout',
    name: 'express.request',
    resource: 'POST /checkout',
    type: 'web',
    startMs: NOW_MS - 60_000,
    durationMs: 125.25,
    isError: false,
    meta: { env: 'prod', version: '1.4.2', 'http.status_code': '200', 'http.url': 'http://shop/checkout' },
    metrics: { '_dd.top_level': 1, process_id: 7 },
    ...overrides,
  };
}

export function log(overrides: Partial<LogEvent> = {}): LogEvent {
  return {
    timestampMs: NOW_MS - 60_000,
    service: 'checkout',
    status: 'info',
    host: 'node-1',
    message: 'order placed',
    attributes: { http: { status_code: 200 }, duration: 12 },
    tags: ['env:prod', 'version:1.4.2'],
    ...overrides,
  };
}

export function deployment(overrides: Partial<StoredEvent['change']> = {}): StoredEvent {
  return {
    id: 'deploy-1',
    source: 'deployment',
    tags: ['env:prod', 'git.repository_url:https://github.com/shop/shop.git'],
    change: {
      timestampMs: NOW_MS - 600_000,
      kind: 'deployment',
      service: 'checkout',
      title: 'Deployed checkout 1.4.2',
      text: 'by the pipeline',
      author: 'Ada',
      version: '1.4.2',
      commit: 'c7d2e9a3f1b04658e8a72c0d9b5e34176af2c801',
      attributes: { pipeline: 'main' },
      ...overrides,
    },
  };
}

export function flagChange(): StoredEvent {
  const change = {
    ...deployment().change,
    timestampMs: NOW_MS - 300_000,
    kind: 'feature_flag' as const,
    title: 'fast_path: off → on',
    text: '',
    version: null,
    commit: null,
    attributes: { flag: 'fast_path' },
  };
  return { id: 'flag-1', source: 'change', tags: ['env:prod'], change };
}

export const METRIC_MONITOR = {
  name: 'CPU is high',
  type: 'metric alert',
  query: 'avg(last_5m):avg:system.cpu.user{env:prod} by {host} > 80',
  message: 'CPU of {{host.name}} is high',
  tags: ['service:checkout', 'team:shop'],
  priority: 2,
  options: { thresholds: { critical: 80, warning: 70 } },
};

/** A store with an hour of telemetry of a small shop at {@link NOW_MS}, of which some requests fail. */
export function filledStore(): TelemetryStore {
  const store = createTelemetryStore({ clock: createFixedClock(NOW_MS) });
  for (const [host, level] of [
    ['node-1', 20],
    ['node-2', 90],
  ] as const) {
    const points = Array.from({ length: 60 }, (_, at) => [NOW_MS / 1000 - 3600 + at * 60, level + (at % 2)] as const);
    store.addSeries({ metric: 'system.cpu.user', tags: [`host:${host}`, 'env:prod'], unit: 'percent', intervalSec: 60, points }, 'gauge');
  }
  store.addSpans(Array.from({ length: 60 }, (_, at) => request(at)).flat());
  store.addLogs(Array.from({ length: 60 }, (_, at) => requestLog(at)));
  store.addEvents([deployment(), flagChange()]);
  return store;
}

const failureMeta = { 'error.type': 'TypeError', 'error.message': 'no total', 'error.stack': STACK, 'http.status_code': '500' };

/** Checkout and the call of payment that it makes; every tenth checkout fails. */
function request(at: number): Span[] {
  const startMs = NOW_MS - 3_540_000 + at * 59_000;
  const ids = { traceId: String(1_000_000_000_000 + at) };
  const isError = at % 10 === 0;
  const root = span({
    ...ids,
    spanId: String(2 * at + 1),
    startMs,
    durationMs: 100 + at,
    isError,
    ...(isError ? { meta: { ...span().meta, ...failureMeta } } : {}),
  });
  const call = span({
    ...ids,
    spanId: String(2 * at + 2),
    parentId: root.spanId,
    service: 'payment',
    resource: 'POST /pay',
    startMs: startMs + 5,
    durationMs: 40,
  });
  return [root, call];
}

function requestLog(at: number): LogEvent {
  const isError = at % 10 === 0;
  const error = { kind: 'TypeError', message: 'no total', stack: STACK };
  return log({
    timestampMs: NOW_MS - 3_540_000 + at * 59_000,
    status: isError ? 'error' : 'info',
    message: isError ? 'checkout failed' : 'order placed',
    attributes: {
      http: { status_code: isError ? 500 : 200 },
      dd: { trace_id: String(1_000_000_000_000 + at) },
      ...(isError ? { error } : {}),
    },
  });
}
