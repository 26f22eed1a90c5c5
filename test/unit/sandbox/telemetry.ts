import type { Change } from '../../../src/domain/change';
import type { LogEvent } from '../../../src/domain/log';
import type { Span } from '../../../src/domain/span';
import type { StoredEvent } from '../../../src/sandbox/store/store';

/** Noon of some day; whole minutes make buckets easy to read. */
export const NOON_MS = Date.parse('2026-06-20T12:00:00Z');

/** All of time. */
export const ALWAYS = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

export function aSpan(over: Partial<Span> = {}): Span {
  return {
    traceId: '0000000000000000000000000000000a',
    spanId: '1',
    parentId: null,
    service: 'shop',
    name: 'web.request',
    resource: 'GET /cart',
    type: 'web',
    startMs: NOON_MS - 60_000,
    durationMs: 100,
    isError: false,
    meta: {},
    metrics: {},
    ...over,
  };
}

export function aLog(over: Partial<LogEvent> = {}): LogEvent {
  return {
    timestampMs: NOON_MS - 60_000,
    service: 'shop',
    status: 'info',
    host: null,
    message: 'hello',
    attributes: {},
    tags: [],
    ...over,
  };
}

export function aChange(over: Partial<Change> = {}): Change {
  return {
    timestampMs: NOON_MS - 60_000,
    kind: 'deployment',
    service: 'shop',
    title: 'Deployed shop 2',
    text: '',
    author: null,
    version: '2',
    commit: null,
    attributes: {},
    ...over,
  };
}

export function anEvent(over: Partial<StoredEvent> = {}): StoredEvent {
  return { id: 'event-1', change: aChange(), source: 'deployment', tags: [], ...over };
}
