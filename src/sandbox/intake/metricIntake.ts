import * as z from 'zod';
import { type HttpReply, type HttpRequest, jsonBody } from '../http';
import type { MetricSource, TelemetryStore } from '../store/store';
import { tagsSchema, validated } from './validated';

const number = z.number();

const v1Series = z.object({
  series: z.array(
    z.object({
      metric: z.string().min(1),
      points: z.array(z.tuple([number, number.nullable()])),
      type: z.enum(['gauge', 'count', 'rate']).nullish(),
      interval: number.nullish(),
      host: z.string().nullish(),
      tags: tagsSchema,
    }),
  ),
});

/** `POST /api/v1/series`. */
export function takeV1Series(store: TelemetryStore, request: HttpRequest): HttpReply {
  for (const { metric, points, type, interval, host, tags } of validated(v1Series, jsonBody(request)).series) {
    const series = { metric, tags: withHost(tags, host), unit: null, intervalSec: interval || 10, points };
    store.addSeries({ ...series, points: points.map(([sec, value]) => [Math.floor(sec), value] as const) }, type ?? 'gauge');
  }
  return { status: 202, body: { status: 'ok' } };
}

/** The numbers of the v2 intake: 0 unspecified, 1 count, 2 rate, 3 gauge. */
const V2_TYPES: readonly MetricSource['type'][] = ['gauge', 'count', 'rate', 'gauge'];

const v2Series = z.object({
  series: z.array(
    z.object({
      metric: z.string().min(1),
      type: z.int().min(0).max(3).nullish(),
      points: z.array(z.object({ timestamp: number, value: number })),
      interval: number.nullish(),
      unit: z.string().nullish(),
      resources: z.array(z.object({ name: z.string().nullish(), type: z.string().nullish() })).nullish(),
      tags: tagsSchema,
    }),
  ),
});

/** `POST /api/v2/series`. */
export function takeV2Series(store: TelemetryStore, request: HttpRequest): HttpReply {
  for (const series of validated(v2Series, jsonBody(request)).series) {
    const host = series.resources?.find(({ type }) => type === 'host')?.name;
    store.addSeries(
      {
        metric: series.metric,
        tags: withHost(series.tags, host),
        unit: series.unit || null,
        intervalSec: series.interval || 10,
        points: series.points.map(({ timestamp, value }) => [Math.floor(timestamp), value] as const),
      },
      V2_TYPES[series.type ?? 0] ?? 'gauge',
    );
  }
  return { status: 202, body: { errors: [] } };
}

const distributions = z.object({
  series: z.array(
    z.object({
      metric: z.string().min(1),
      points: z.array(z.tuple([number, z.array(number)])),
      host: z.string().nullish(),
      tags: tagsSchema,
    }),
  ),
});

/** `POST /api/v1/distribution_points`. */
export function takeDistributionPoints(store: TelemetryStore, request: HttpRequest): HttpReply {
  for (const { metric, points, host, tags } of validated(distributions, jsonBody(request)).series) {
    const values = points.flatMap(([sec, group]) => group.map((value) => [Math.floor(sec), value] as const));
    store.addSeries({ metric, tags: withHost(tags, host), unit: null, intervalSec: 10, points: values }, 'distribution');
  }
  return { status: 202, body: { status: 'ok' } };
}

function withHost(tags: readonly string[], host: string | null | undefined): readonly string[] {
  return host === null || host === undefined || host === '' ? tags : [...tags, `host:${host}`];
}
