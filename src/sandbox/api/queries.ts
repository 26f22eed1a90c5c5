import type { ApiContext } from '../context';
import { HttpError, type HttpReply, type HttpRequest, type Route } from '../http';
import { type EvaluatedSeries, valueAt } from '../query/evaluatedSeries';
import { evaluateFormulas, type FormulaAnswer, type FormulaRequest, formulaRequestSchema } from './formulaQueries';
import { bodyOf, ok } from './requests';
import { unitPair } from './units';

const timeseriesSchema = formulaRequestSchema('timeseries_request');
const scalarSchema = formulaRequestSchema('scalar_request');

/**
 * The v2 query endpoints, several queries and formulas over them in one request: data sources `metrics`, `logs`, `spans`
 * and `events`; any other is a 400. The classic error shape.
 */
export function queryRoutes(context: ApiContext): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v2/query/timeseries',
      auth: 'app',
      rateLimit: 'metrics_query',
      handle: (request) => timeseries(request, context),
    },
    {
      method: 'POST',
      path: '/api/v2/query/scalar',
      auth: 'app',
      rateLimit: 'metrics_query',
      handle: (request) => scalar(request, context),
    },
  ];
}

function timeseries(request: HttpRequest, context: ApiContext): HttpReply {
  const answers = evaluateFormulas(formulaRequest(bodyOf(request, timeseriesSchema).data.attributes, context), context, 'timeseries');
  const rows = answers.flatMap(({ series, index }) => series.map((one) => ({ one, index })));
  const times = timesOf(rows.map(({ one }) => one));
  const series = rows.map(({ one, index }) => ({ group_tags: one.tags, query_index: index, unit: unitOrNull(one) }));
  const values = rows.map(({ one }) => (one.secs.length === times.length ? one.values : times.map(valueAt(one))));
  return ok({ data: { id: '0', type: 'timeseries_response', attributes: { series, times: times.map((sec) => sec * 1000), values } } });
}

/** Every second of any series, in ascending order. */
function timesOf(series: readonly EvaluatedSeries[]): number[] {
  const times = new Set<number>();
  for (const { secs } of series) for (const sec of secs) times.add(sec);
  return [...times].sort((a, b) => a - b);
}

function unitOrNull({ unit }: EvaluatedSeries) {
  return unit === null ? null : unitPair(unit);
}

interface RequestAttributes extends Pick<FormulaRequest, 'queries' | 'formulas'> {
  readonly from: number;
  readonly to: number;
  readonly interval?: number;
}

function formulaRequest({ from, to, interval, queries, formulas }: RequestAttributes, { clock }: ApiContext): FormulaRequest {
  if (from >= to) throw new HttpError(400, "API input validation failed: 'from' must be before 'to'");
  // Intervals that lie in the future would be filled by default_zero() and .fill().
  const toMs = Math.min(to, Math.max(from + 1, clock.nowMs() + 1));
  return { window: { fromMs: from, toMs }, wantedIntervalSec: interval === undefined ? null : interval / 1000, queries, formulas };
}

/** Each query is reduced by its aggregator before formulas see it; a row a group, a column a tag key and a formula. */
function scalar(request: HttpRequest, context: ApiContext): HttpReply {
  const attributes = bodyOf(request, scalarSchema).data.attributes;
  const answers = evaluateFormulas(formulaRequest(attributes, context), context, 'scalar');
  return ok({ data: { id: '0', type: 'scalar_response', attributes: { columns: columnsOf(answers) } } });
}

function columnsOf(answers: readonly FormulaAnswer[]): object[] {
  const groups = new Map<string, readonly string[]>();
  for (const { series } of answers) for (const { tags } of series) groups.set(tags.join('\n'), tags);
  const keys = [...new Set([...groups.values()].flatMap((tags) => tags.map(keyOf)))];
  const groupColumns = keys.map((key) => ({
    name: key,
    type: 'group',
    values: [...groups.values()].map((tags) => tags.filter((tag) => keyOf(tag) === key).map((tag) => tag.slice(key.length + 1))),
  }));
  const numberColumns = answers.map(({ formula, series }) => {
    const byGroup = new Map(series.map((one) => [one.tags.join('\n'), one.values[0] ?? null]));
    return {
      name: formula,
      type: 'number',
      values: [...groups.keys()].map((group) => byGroup.get(group) ?? null),
      meta: { unit: series[0] === undefined ? null : unitOrNull(series[0]) },
    };
  });
  return [...groupColumns, ...numberColumns];
}

const keyOf = (tag: string) => tag.slice(0, tag.indexOf(':'));
