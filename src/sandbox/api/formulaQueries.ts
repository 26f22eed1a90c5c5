import * as z from 'zod';
import type { TimeWindow } from '../../domain/timeSeries';
import type { ApiContext } from '../context';
import { HttpError } from '../http';
import { type EvaluatedSeries, presentOnly } from '../query/evaluatedSeries';
import { evaluateMetric, metricScope } from '../query/metricEvaluate';
import { parseFormula, parseMetricQuery } from '../query/metricParser';
import { reduce } from '../query/metricTerm';
import { logDocument, spanDocument } from '../query/searchDocuments';
import type { Searchable } from '../query/searchMatch';
import { type Aggregation, aggregateItems, type Bucket } from './aggregate';
import { documentOf, matchingEvents } from './events';
import { matchingLogs } from './logs';
import { matchingSpans } from './spans';

const SOURCES = ['metrics', 'logs', 'spans', 'events'] as const;
const AGGREGATORS = ['avg', 'min', 'max', 'sum', 'last', 'mean'] as const;

const querySchema = z.looseObject({
  name: z.string().optional(),
  data_source: z.enum(SOURCES, { error: `the sandbox has the data sources ${SOURCES.join(', ')} only` }),
  query: z.string().optional(),
  aggregator: z.enum(AGGREGATORS, { error: `only ${AGGREGATORS.join(', ')} are supported` }).optional(),
  compute: z.looseObject({ aggregation: z.string(), metric: z.string().optional(), interval: z.number().optional() }).optional(),
  search: z.looseObject({ query: z.string() }).optional(),
  group_by: z.array(z.looseObject({ facet: z.string(), limit: z.number().int().min(1).optional() })).optional(),
});
const formulaSchema = z.looseObject({
  formula: z.string(),
  limit: z.looseObject({ count: z.number().int().min(1).optional(), order: z.enum(['asc', 'desc']).optional() }).optional(),
});

export type FormulaQuery = z.infer<typeof querySchema>;
export type Formula = z.infer<typeof formulaSchema>;

/** The request body of both v2 query endpoints; times in epoch milliseconds. */
export function formulaRequestSchema(type: 'timeseries_request' | 'scalar_request') {
  const attributes = z.looseObject({
    from: z.number(),
    to: z.number(),
    interval: z.number().min(1).optional(),
    queries: z.array(querySchema).min(1),
    formulas: z.array(formulaSchema).optional(),
  });
  return z.looseObject({ data: z.looseObject({ type: z.literal(type), attributes }) });
}

export interface FormulaRequest {
  readonly window: TimeWindow;
  readonly wantedIntervalSec: number | null;
  readonly queries: readonly FormulaQuery[];
  /** Absent: each query by itself. */
  readonly formulas?: readonly Formula[];
}

export interface FormulaAnswer {
  readonly formula: string;
  readonly index: number;
  readonly series: readonly EvaluatedSeries[];
}

/**
 * Series of every formula. For scalars each query is first reduced to one point, at the window's start: metrics by their
 * `aggregator` (avg unless told otherwise), events by computing over all of them. Throws 400s.
 */
export function evaluateFormulas(request: FormulaRequest, context: ApiContext, answer: 'timeseries' | 'scalar'): FormulaAnswer[] {
  const { queries, window, wantedIntervalSec } = request;
  const parsed = queries.map((query) => (query.data_source === 'metrics' ? parseMetricQuery(required(query.query, 'query')) : null));
  const expressions = parsed.filter((expression) => expression !== null);
  const scope = metricScope(expressions, context.store, window, wantedIntervalSec);
  const references = new Map<string, readonly EvaluatedSeries[]>();
  queries.forEach((query, at) => {
    const expression = parsed[at] ?? null;
    const series =
      expression === null
        ? eventSeries(query, context, window, answer === 'scalar' ? null : scope.intervalSec)
        : evaluateMetric(expression, scope);
    const aggregator = query.aggregator ?? 'avg';
    references.set(query.name ?? `query${at}`, answer === 'scalar' ? series.map((one) => atStart(one, window, aggregator)) : series);
  });
  const formulas: readonly Formula[] = request.formulas ?? [...references.keys()].map((formula) => ({ formula }));
  const formulaScope = answer === 'scalar' ? { ...scope, ...startOf(window) } : scope;
  return formulas.map(({ formula, limit }, index) => {
    const series = evaluateMetric(parseFormula(formula), { ...formulaScope, references });
    return { formula, index, series: limit === undefined ? series : limited(series, limit.count ?? series.length, limit.order ?? 'desc') };
  });
}

/** The second in which a window begins, as a window of one interval. */
function startOf({ fromMs }: TimeWindow): { window: TimeWindow; intervalSec: number } {
  const startMs = Math.floor(fromMs / 1000) * 1000;
  return { window: { fromMs: startMs, toMs: startMs + 1000 }, intervalSec: 1 };
}

function atStart(series: EvaluatedSeries, window: TimeWindow, aggregator: (typeof AGGREGATORS)[number]): EvaluatedSeries {
  const secs = [startOf(window).window.fromMs / 1000];
  return { ...series, intervalSec: 1, ...presentOnly({ secs, values: [reduced(series.values, aggregator)] }) };
}

function required(text: string | undefined, field: string): string {
  if (text === undefined) throw new HttpError(400, `API input validation failed: '${field}' is required`);
  return text;
}

/** The series with the highest (or lowest) mean first. */
function limited(series: readonly EvaluatedSeries[], count: number, order: 'asc' | 'desc'): EvaluatedSeries[] {
  const mean = (one: EvaluatedSeries) => reduced(one.values, 'avg') ?? 0;
  return [...series].sort((a, b) => (order === 'asc' ? mean(a) - mean(b) : mean(b) - mean(a))).slice(0, count);
}

/** A series' values as one number, null without any. */
function reduced(points: EvaluatedSeries['values'], aggregator: (typeof AGGREGATORS)[number]): number | null {
  const values = points.filter((value) => value !== null);
  const last = values.at(-1);
  if (last === undefined || aggregator === 'last') return last ?? null;
  return reduce(values, aggregator === 'mean' ? 'avg' : aggregator);
}

interface Event {
  readonly document: Searchable;
  readonly ms: number;
}

/** Counts and measures of logs, spans or events by group; without an interval one value over the window. */
function eventSeries(query: FormulaQuery, context: ApiContext, window: TimeWindow, defaultSec: number | null): EvaluatedSeries[] {
  const { aggregation = 'count', metric, interval } = query.compute ?? {};
  const intervalSec = interval === undefined || defaultSec === null ? defaultSec : Math.max(1, Math.round(interval / 1000));
  const search = query.search?.query ?? '*';
  const compute = { aggregation: known(aggregation), metric };
  const buckets = aggregateItems({
    items: eventsOf(query, context, search, window),
    documentOf: (event) => event.document,
    timeMs: (event) => event.ms,
    window,
    compute: [intervalSec === null ? compute : { ...compute, type: 'timeseries', interval: `${intervalSec}s` }],
    groupBy: query.group_by,
  });
  return buckets.map((bucket) => bucketSeries(bucket, `${query.data_source}("${search}")`, intervalSec ?? 1, window));
}

function known(aggregation: string): Aggregation {
  const names: readonly string[] = ['count', 'cardinality', 'sum', 'avg', 'min', 'max', 'median', 'pc75', 'pc90', 'pc95', 'pc98', 'pc99'];
  if (!names.includes(aggregation))
    throw new HttpError(400, `API input validation failed: compute.aggregation '${aggregation}' is not one of ${names.join(', ')}`);
  return aggregation as Aggregation;
}

function eventsOf(query: FormulaQuery, { store }: ApiContext, search: string, window: TimeWindow): Event[] {
  switch (query.data_source) {
    case 'logs':
      return matchingLogs(store, search, window).map((log) => ({ document: logDocument(log), ms: log.timestampMs }));
    case 'spans':
      return matchingSpans(store, search, window).map((span) => ({ document: spanDocument(span), ms: span.startMs }));
    default:
      return matchingEvents(store, search, window).map((event) => ({ document: documentOf(event), ms: event.change.timestampMs }));
  }
}

function bucketSeries({ by, computes }: Bucket, text: string, intervalSec: number, window: TimeWindow): EvaluatedSeries {
  const value = computes.c0 ?? null;
  const tags = Object.entries(by).map(([facet, group]) => `${facet}:${group}`);
  const columns = Array.isArray(value)
    ? { secs: value.map(({ time }) => Date.parse(time) / 1000), values: value.map((point) => point.value) }
    : { secs: [window.fromMs / 1000], values: [value] };
  return { metric: text, tags, scope: tags.join(',') || '*', expression: text, unit: null, aggregator: null, intervalSec, ...columns };
}
