import * as z from 'zod';
import type { TimeWindow } from '../../domain/timeSeries';
import { HttpError } from '../http';
import type { Scalar, Searchable } from '../query/searchMatch';
import { boundValue } from '../query/searchParser';
import { durationMs } from './requests';

const AGGREGATIONS = ['count', 'cardinality', 'sum', 'avg', 'min', 'max', 'median', 'pc75', 'pc90', 'pc95', 'pc98', 'pc99'] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

const computeSchema = z.looseObject({
  aggregation: z.enum(AGGREGATIONS, { error: `only ${AGGREGATIONS.join(', ')} are supported` }),
  metric: z.string().optional(),
  type: z.enum(['total', 'timeseries']).optional(),
  interval: z.string().optional(),
});
const sortSchema = z.looseObject({
  type: z.enum(['alphabetical', 'measure']).optional(),
  order: z.enum(['asc', 'desc']).optional(),
  aggregation: z.enum(AGGREGATIONS).optional(),
  metric: z.string().optional(),
});
const groupSchema = z.looseObject({
  facet: z.string(),
  limit: z.number().int().min(1).max(10_000).optional(),
  missing: z.union([z.string(), z.number()]).optional(),
  total: z.literal(false, { error: 'totals of groups are not supported' }).optional(),
  histogram: z.undefined({ error: 'histograms are not supported' }).optional(),
  sort: sortSchema.optional(),
});

export const computesSchema = z.array(computeSchema).optional();
export const groupsSchema = z.array(groupSchema).optional();

export type Compute = z.infer<typeof computeSchema>;
export type GroupBy = z.infer<typeof groupSchema>;

export interface AggregateRequest<T> {
  readonly items: readonly T[];
  readonly documentOf: (item: T) => Searchable;
  readonly timeMs: (item: T) => number;
  readonly window: TimeWindow;
  /** Absent: count. */
  readonly compute?: readonly Compute[];
  readonly groupBy?: readonly GroupBy[];
}

export type ComputeValue = number | null | readonly { readonly time: string; readonly value: number | null }[];

export interface Bucket {
  /** Facet → value, as in the request. */
  readonly by: Readonly<Record<string, Scalar>>;
  /** `c0`, `c1`, … in the order of the request. */
  readonly computes: Readonly<Record<string, ComputeValue>>;
}

const DEFAULT_GROUP_LIMIT = 10;

/** Groups items by facets, sorts and limits the groups (by count, descending, 10 a facet unless told otherwise), computes. */
export function aggregateItems<T>(request: AggregateRequest<T>): Bucket[] {
  const compute = request.compute === undefined || request.compute.length === 0 ? [{ aggregation: 'count' as const }] : request.compute;
  for (const one of compute)
    if (one.aggregation !== 'count' && one.metric === undefined)
      throw new HttpError(400, `input_validation_error(Field 'compute.metric' is invalid: ${one.aggregation} needs a metric)`);
  return groupsOf(request.items, request.groupBy ?? [], request.documentOf).map(({ by, items }) => ({
    by,
    computes: Object.fromEntries(compute.map((one, at) => [`c${at}`, computeOf(one, items, request)])),
  }));
}

interface Group<T> {
  readonly by: Readonly<Record<string, Scalar>>;
  readonly items: readonly T[];
}

function groupsOf<T>(items: readonly T[], groupBy: readonly GroupBy[], documentOf: (item: T) => Searchable): Group<T>[] {
  const [facet, ...rest] = groupBy;
  if (facet === undefined) return items.length === 0 ? [] : [{ by: {}, items }];
  const groups = new Map<Scalar, T[]>();
  for (const item of items) {
    const value = facetOf(documentOf(item), facet.facet) ?? facet.missing;
    if (value === undefined) continue;
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [item]);
    else group.push(item);
  }
  return sortGroups([...groups], facet, documentOf)
    .slice(0, facet.limit ?? DEFAULT_GROUP_LIMIT)
    .flatMap(([value, inGroup]) =>
      groupsOf(inGroup, rest, documentOf).map(({ by, items: inner }) => ({ by: { [facet.facet]: value, ...by }, items: inner })),
    );
}

function sortGroups<T>(groups: [Scalar, T[]][], { sort }: GroupBy, documentOf: (item: T) => Searchable): [Scalar, T[]][] {
  const sign = (sort?.order ?? (sort?.type === 'alphabetical' ? 'asc' : 'desc')) === 'asc' ? 1 : -1;
  if (sort?.type === 'alphabetical') return groups.sort(([a], [b]) => sign * (String(a) < String(b) ? -1 : 1));
  const measure = new Map(
    groups.map(([value, items]) => [value, aggregate(sort?.aggregation ?? 'count', sort?.metric, items, documentOf) ?? 0]),
  );
  return groups.sort(([a], [b]) => sign * ((measure.get(a) ?? 0) - (measure.get(b) ?? 0)));
}

/** The first value of a facet: `service`, `@http.status_code`. */
export function facetOf(document: Searchable, facet: string): Scalar | undefined {
  return facet.startsWith('@') ? document.values(facet.slice(1), true)[0] : document.values(facet, false)[0];
}

function computeOf<T>(compute: Compute, items: readonly T[], request: AggregateRequest<T>): ComputeValue {
  const total = (some: readonly T[]) => aggregate(compute.aggregation, compute.metric, some, request.documentOf);
  if (compute.type !== 'timeseries') return total(items);
  const intervalMs = durationMs(compute.interval ?? '') ?? (compute.interval === undefined ? defaultIntervalMs(request.window) : null);
  if (intervalMs === null || intervalMs <= 0)
    throw new HttpError(400, `input_validation_error(Field 'compute.interval' is invalid: '${compute.interval}')`);
  const buckets = new Map<number, T[]>();
  for (const item of items) {
    const startMs = Math.floor(request.timeMs(item) / intervalMs) * intervalMs;
    const bucket = buckets.get(startMs);
    if (bucket === undefined) buckets.set(startMs, [item]);
    else bucket.push(item);
  }
  return [...buckets].sort(([a], [b]) => a - b).map(([startMs, some]) => ({ time: new Date(startMs).toISOString(), value: total(some) }));
}

/** About 60 intervals, on a whole minute. */
const defaultIntervalMs = (window: TimeWindow) => Math.max(1, Math.round((window.toMs - window.fromMs) / 3_600_000)) * 60_000;

const QUANTILES: Readonly<Partial<Record<Aggregation, number>>> = {
  median: 0.5,
  pc75: 0.75,
  pc90: 0.9,
  pc95: 0.95,
  pc98: 0.98,
  pc99: 0.99,
};

/** One number over the items; null where no item has the metric. */
export function aggregate<T>(
  aggregation: Aggregation,
  metric: string | undefined,
  items: readonly T[],
  documentOf: (item: T) => Searchable,
): number | null {
  if (aggregation === 'count') return items.length;
  const values = items.map((item) => facetOf(documentOf(item), metric ?? '')).filter((value) => value !== undefined);
  if (aggregation === 'cardinality') return new Set(values).size;
  const numbers = values.map((value) => (typeof value === 'number' ? value : boundValue(String(value)))).filter((value) => value !== null);
  if (numbers.length === 0) return null;
  const quantile = QUANTILES[aggregation];
  if (quantile !== undefined) return quantileOf(numbers, quantile);
  if (aggregation === 'min') return numbers.reduce((a, b) => Math.min(a, b));
  if (aggregation === 'max') return numbers.reduce((a, b) => Math.max(a, b));
  const sum = numbers.reduce((a, b) => a + b, 0);
  return aggregation === 'sum' ? sum : sum / numbers.length;
}

/** Linear interpolation between the closest ranks. */
function quantileOf(values: readonly number[], quantile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = quantile * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}
