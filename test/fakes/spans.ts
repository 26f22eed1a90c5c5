import type { Span } from '../../src/domain/span';
import type { Point, TimeSeries } from '../../src/domain/timeSeries';

/** A span with what matters; the rest is filled in. */
export function span(given: Partial<Span> & Pick<Span, 'spanId'>): Span {
  return {
    traceId: 't1',
    parentId: null,
    service: 'shop',
    name: 'web.request',
    resource: 'GET /',
    type: 'web',
    startMs: 0,
    durationMs: 100,
    isError: false,
    meta: {},
    metrics: {},
    ...given,
  };
}

/** A series of one value a minute from `startSec` on. */
export function series(values: readonly (number | null)[], given: Partial<TimeSeries> & { readonly startSec?: number } = {}): TimeSeries {
  const { startSec = 0, intervalSec = 60, ...rest } = given;
  const points = values.map((value, index): Point => [startSec + index * intervalSec, value]);
  return { metric: 'service.latency', tags: ['service:shop'], unit: 'millisecond', intervalSec, points, ...rest };
}
