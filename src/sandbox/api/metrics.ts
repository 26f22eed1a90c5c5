import type { ApiContext } from '../context';
import { HttpError, type HttpReply, type HttpRequest, type Route } from '../http';
import type { EvaluatedSeries } from '../query/evaluatedSeries';
import { evaluateMetric, metricScope } from '../query/metricEvaluate';
import { compileTagFilter, parseTagFilter } from '../query/metricFilter';
import { parseMetricQueries } from '../query/metricParser';
import { intParam, ok } from './requests';
import { unitPair } from './units';

/** Metric queries of v1, the names of active metrics, metric search, and metadata; the classic error shape. */
export function metricRoutes(context: ApiContext): readonly Route[] {
  const { store, clock } = context;
  return [
    { method: 'GET', path: '/api/v1/query', auth: 'app', rateLimit: 'metrics_query', handle: (request) => queryV1(context, request) },
    {
      method: 'GET',
      path: '/api/v1/metrics',
      auth: 'app',
      rateLimit: 'metrics_list',
      handle: (request) => activeMetrics(context, request),
    },
    {
      method: 'GET',
      path: '/api/v1/search',
      auth: 'app',
      rateLimit: 'metrics_list',
      handle({ query }) {
        const match = /^metrics:(.*)$/s.exec(query.get('q') ?? '');
        if (match === null) throw new HttpError(400, "The parameter 'q' must be of the form metrics:text");
        const names = store.metricNames(clock.nowMs() - 86_400_000).filter((name) => name.includes(match[1] ?? ''));
        return ok({ results: { metrics: names } });
      },
    },
    {
      method: 'GET',
      path: '/api/v1/metrics/:metric_name',
      auth: 'app',
      rateLimit: 'metrics_list',
      handle({ params }) {
        const [source] = store.metricSources(params.metric_name ?? '');
        if (source === undefined) throw new HttpError(404, `metric_name ${params.metric_name} not found`);
        const [unit = null, perUnit = null] = source.unit?.split('/') ?? [];
        const type = source.type;
        return ok({
          type,
          unit,
          per_unit: perUnit,
          description: null,
          short_name: null,
          integration: null,
          statsd_interval: Math.round(source.intervalSec),
        });
      },
    },
  ];
}

function queryV1({ store, clock }: ApiContext, { query }: HttpRequest): HttpReply {
  const fromSec = intParam(query, 'from', -1, 0, 1e11);
  const toSec = intParam(query, 'to', -1, 0, 1e11);
  const text = query.get('query') ?? '';
  if (fromSec < 0 || toSec < 0 || text === '')
    throw new HttpError(400, "The parameters 'from', 'to' (epoch seconds) and 'query' are required");
  if (fromSec >= toSec) throw new HttpError(400, "The parameter 'from' must be before 'to'");
  const expressions = parseMetricQueries(text);
  const window = { fromMs: fromSec * 1000, toMs: Math.min(toSec * 1000, Math.max(fromSec * 1000 + 1, clock.nowMs() + 1)) };
  const scope = metricScope(expressions, store, { ...window, toMs: toSec * 1000 });
  const series = expressions.flatMap((expression, at) =>
    evaluateMetric(expression, { ...scope, window }).map((one) => seriesBody(one, at)),
  );
  return ok({
    status: 'ok',
    resp_version: 1,
    res_type: 'time_series',
    query: text,
    message: '',
    from_date: fromSec * 1000,
    to_date: toSec * 1000,
    group_by: [],
    times: [],
    values: [],
    series,
  });
}

function seriesBody(series: EvaluatedSeries, queryIndex: number): object {
  const { secs, values, intervalSec } = series;
  return {
    metric: series.metric,
    display_name: series.metric,
    expression: series.expression,
    scope: series.scope,
    tag_set: series.tags,
    unit: unitPair(series.unit),
    aggr: series.aggregator,
    interval: intervalSec,
    length: secs.length,
    query_index: queryIndex,
    attributes: {},
    start: (secs[0] ?? 0) * 1000,
    end: ((secs.at(-1) ?? 0) + intervalSec) * 1000 - 1000,
    pointlist: secs.map((sec, at) => [sec * 1000, values[at]]),
  };
}

function activeMetrics({ store, clock }: ApiContext, { query }: HttpRequest): HttpReply {
  const nowSec = Math.floor(clock.nowMs() / 1000);
  const fromSec = intParam(query, 'from', -1, 0, 1e11);
  if (fromSec < 0) throw new HttpError(400, "The parameter 'from' (epoch seconds) is required");
  const host = query.get('host');
  const filter = query.get('tag_filter');
  const passes = compileTagFilter(parseTagFilter(filter === null || filter === '' ? '*' : filter));
  const isWanted = (name: string) =>
    store.metricSources(name).some((source) => passes(source) && (host === null || source.tags.includes(`host:${host}`)));
  const names = store.metricNames(fromSec * 1000);
  return ok({ from: String(Math.min(fromSec, nowSec)), metrics: filter === null && host === null ? names : names.filter(isWanted) });
}
