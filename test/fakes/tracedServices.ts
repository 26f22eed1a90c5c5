import type { MetricResult } from '../../src/domain/ports';
import type { Point, TimeSeries, TimeWindow } from '../../src/domain/timeSeries';
import { createFakeTelemetry, type FakeTelemetry } from './telemetry';

/** A service as its requests would make Datadog count it; functions of the minutes before now. */
export interface TracedService {
  readonly service: string;
  readonly env?: string;
  readonly operation?: string;
  readonly requestsPerMin?: (minutesAgo: number) => number;
  readonly errorShare?: (minutesAgo: number) => number;
  readonly p95Ms?: (minutesAgo: number) => number;
}

/** At the end of a whole minute, in the afternoon. */
export const SURVEY_NOW_MS = Date.UTC(2026, 10, 3, 14, 20, 30);
export const MINUTE_MS = 60_000;

/** Repeatable noise in -1..1. */
export const ripple = (step: number) => Math.sin(step * 12.9898) * 0.6 + Math.sin(step * 4.1414) * 0.4;

export const steadily =
  (level: number, noise = 0.05) =>
  (minutesAgo: number) =>
    level * (1 + noise * ripple(minutesAgo));

/** `before` until so many minutes ago, `after` since. */
export const stepping =
  (before: number, after: number, sinceMinutes: number, noise = 0.05) =>
  (minutesAgo: number) =>
    (minutesAgo <= sinceMinutes ? after : before) * (1 + noise * ripple(minutesAgo));

type Options = NonNullable<Parameters<typeof createFakeTelemetry>[1]> & { readonly nowMs?: number; readonly metrics?: readonly string[] };

/** Telemetry that rolls up trace metrics of these services, as Datadog does, for queries grouped by `env` and `service`. */
export function createTracedTelemetry(services: readonly TracedService[], options: Options = {}): FakeTelemetry {
  const nowMs = options.nowMs ?? SURVEY_NOW_MS;
  const names = options.metrics ?? services.map((one) => `trace.${operationOf(one)}.hits`);
  const series = [...new Set(names)].map((metric): TimeSeries => ({ metric, tags: [], unit: null, intervalSec: 60, points: [] }));
  const telemetry = createFakeTelemetry({ series }, options);
  return {
    ...telemetry,
    async queryMetrics(queries, window, signal) {
      await telemetry.queryMetrics(queries, window, signal);
      return queries.map((query) => answer(query, services, window, nowMs));
    },
  };
}

const operationOf = ({ operation }: TracedService) => operation ?? 'express.request';

function answer(query: string, services: readonly TracedService[], window: TimeWindow, nowMs: number): MetricResult {
  const [, operation = '', facet = ''] = /:trace\.(.+?)(\.hits|\.errors|)\{/.exec(query) ?? [];
  const stepSec = Number(/rollup\((?:sum, )?(\d+)\)/.exec(query)?.[1]);
  const env = /env:([^,}]+)/.exec(query)?.[1];
  const matching = services.filter((one) => operationOf(one) === operation && (env === undefined || one.env === env));
  return { query, series: matching.map((one) => seriesOf(one, facet, stepSec, window, nowMs)) };
}

function seriesOf(one: TracedService, facet: string, stepSec: number, window: TimeWindow, nowMs: number): TimeSeries {
  const points: Point[] = [];
  for (let sec = Math.ceil(window.fromMs / 1000 / stepSec) * stepSec; sec * 1000 < window.toMs; sec += stepSec) {
    const value = measured(one, facet, sec, stepSec, nowMs);
    if (value !== null) points.push([sec, value]);
  }
  const tags = [`env:${one.env ?? 'N/A'}`, `service:${one.service}`];
  return { metric: `trace.${operationOf(one)}${facet}`, tags, unit: facet === '' ? 'second' : null, intervalSec: stepSec, points };
}

/** What one step holds; null for no requests, which Datadog reports as nothing. */
function measured(one: TracedService, facet: string, sec: number, stepSec: number, nowMs: number): number | null {
  const minutes = Array.from({ length: stepSec / 60 }, (_, at) => (nowMs / 1000 - sec) / 60 - at);
  const { requestsPerMin = steadily(120), errorShare = () => 0, p95Ms = steadily(80) } = one;
  const counted = minutes.map((minute) => ({ minute, hits: Math.round(requestsPerMin(minute)) })).filter(({ hits }) => hits > 0);
  if (counted.length === 0) return null;
  const total = (of: (minute: number, hits: number) => number) => counted.reduce((sum, { minute, hits }) => sum + of(minute, hits), 0);
  if (facet === '.hits') return total((_, hits) => hits);
  if (facet === '.errors') return total((minute, hits) => Math.round(hits * errorShare(minute)));
  return total((minute) => p95Ms(minute)) / counted.length / 1000;
}
