import type { Commit } from '../../../src/domain/change';
import type { Span } from '../../../src/domain/span';
import { span } from '../spans';
import { event, MINI_NOW_MS } from './world';

const MINUTE_MS = 60_000;
/** What the service's tracer would write, one request in two minutes. */
const ASKED = Array.from({ length: 50 }, (_, at) => 100 - 2 * at - 0.5);

interface Answered {
  readonly ms?: number;
  readonly error?: { readonly type: string; readonly message: string; readonly stack?: string };
  readonly calls?: readonly (Partial<Span> & { readonly ms: number })[];
  readonly meta?: Readonly<Record<string, string>>;
}

/** Requests to `GET /baskets`, each as it was answered so many minutes ago. */
export function answered(how: (ago: number) => Answered): Span[] {
  return ASKED.flatMap((ago, at) => {
    const { ms = 40, error, calls = [], meta = {} } = how(ago);
    const startMs = MINI_NOW_MS - ago * MINUTE_MS;
    const failed: Record<string, string> = error
      ? { 'error.type': error.type, 'error.message': error.message, 'http.status_code': '500' }
      : {};
    const stack: Record<string, string> = error?.stack === undefined ? {} : { 'error.stack': error.stack };
    const traceId = `1${String(at).padStart(15, '0')}`;
    const shared = { traceId, service: 'orders' };
    const root = { durationMs: ms, isError: error !== undefined, meta: { ...failed, ...stack, ...meta } };
    let beginMs = startMs + 1;
    const callees = calls.map(({ ms: durationMs, ...call }, index) => {
      const child = span({ ...shared, spanId: `${traceId}${index}`, parentId: traceId, startMs: beginMs, durationMs, ...call });
      beginMs += durationMs;
      return child;
    });
    return [span({ ...shared, spanId: traceId, name: 'http.request', resource: 'GET /baskets', startMs, ...root }), ...callees];
  });
}

export const query = (ms: number, given: Partial<Span> = {}) =>
  ({ ms, service: 'orders-db', name: 'pg.query', resource: 'SELECT * FROM lines WHERE basket = ?', type: 'sql', ...given }) as const;
export const since = (ago: number, at: number) => ago <= at;
export const within = (ago: number, from: number, to: number) => ago <= from && ago > to;
export const sha = (letter: string) => letter.repeat(40);

export function commit(letter: string, minutesAgo: number, message: string, file: string, at: string, lines: readonly string[]): Commit {
  const diff = `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ ${at} @@\n${lines.join('\n')}\n`;
  return {
    sha: sha(letter),
    repository: 'orders',
    author: 'Kim',
    timestampMs: MINI_NOW_MS - minutesAgo * MINUTE_MS,
    message,
    files: [file],
    diff,
  };
}

export const deployed = (letter: string, ago: number) => ({ ...event(ago, 'Deployed orders 7.2', '', 'deployment'), commit: sha(letter) });
