import * as z from 'zod';
import type { Span } from '../../domain/span';
import type { TimeWindow } from '../../domain/timeSeries';
import type { ApiContext } from '../context';
import { HttpError, type HttpReply, type HttpRequest, type Route } from '../http';
import { spanDocument } from '../query/searchDocuments';
import { compileSearch } from '../query/searchMatch';
import { parseSearch } from '../query/searchParser';
import type { TelemetryStore } from '../store/store';
import { aggregateItems, computesSchema, groupsSchema } from './aggregate';
import { hashUuid } from './ids';
import { type PageRequest, pageEnvelope, pageOf, pageRequest, pageRequestFromQuery, pageSchema, requestId, sortSchema } from './paging';
import { bodyOf, filterSchema, ok, reshaped, windowOf } from './requests';
import { spanBody, traceText } from './spanBody';

const searchSchema = z.looseObject({
  data: z.looseObject({
    type: z.literal('search_request').optional(),
    attributes: z.looseObject({ filter: filterSchema, page: pageSchema, sort: sortSchema }).optional(),
  }),
});
const aggregateSchema = z.looseObject({
  data: z.looseObject({
    type: z.literal('aggregate_request').optional(),
    attributes: z.looseObject({ filter: filterSchema, compute: computesSchema, group_by: groupsSchema }).optional(),
  }),
});

const MAX_TRACE_SPANS = 10_000;

/** Spans search (POST and GET), aggregation, and traces by id; errors are in the JSON:API shape. */
export function spanRoutes({ store, clock }: ApiContext): readonly Route[] {
  const answer = (request: HttpRequest, query: string, window: TimeWindow, page: PageRequest): HttpReply => {
    const found = pageOf(matchingSpans(store, query, window), (span) => span.startMs, page);
    const filter = {
      'filter[query]': query,
      'filter[from]': String(window.fromMs),
      'filter[to]': String(window.toMs),
      'page[limit]': String(page.limit),
      sort: page.isOldestFirst ? 'timestamp' : '-timestamp',
    };
    return ok({ data: found.items.map(spanBody), ...pageEnvelope(request, '/api/v2/spans/events', found, filter) });
  };
  return [
    {
      method: 'POST',
      path: '/api/v2/spans/events/search',
      auth: 'app',
      rateLimit: 'spans',
      handle: (request) =>
        reshaped('jsonApi', () => {
          const { filter, page, sort } = bodyOf(request, searchSchema).data.attributes ?? {};
          return answer(request, filter?.query ?? '*', windowOf(filter ?? {}, clock.nowMs(), 422), pageRequest(page, sort));
        }),
    },
    {
      method: 'GET',
      path: '/api/v2/spans/events',
      auth: 'app',
      rateLimit: 'spans',
      handle: (request) =>
        reshaped('jsonApi', () => {
          const { query } = request;
          const times = { from: query.get('filter[from]') ?? undefined, to: query.get('filter[to]') ?? undefined };
          return answer(request, query.get('filter[query]') ?? '*', windowOf(times, clock.nowMs(), 422), pageRequestFromQuery(query));
        }),
    },
    {
      method: 'POST',
      path: '/api/v2/spans/analytics/aggregate',
      auth: 'app',
      rateLimit: 'spans',
      handle: (request) =>
        reshaped('jsonApi', () => {
          const { filter, compute, group_by } = bodyOf(request, aggregateSchema).data.attributes ?? {};
          const window = windowOf(filter ?? {}, clock.nowMs(), 422);
          const items = matchingSpans(store, filter?.query ?? '*', window);
          const buckets = aggregateItems({
            items,
            documentOf: spanDocument,
            timeMs: (span) => span.startMs,
            window,
            compute,
            groupBy: group_by,
          });
          const data = buckets.map(({ by, computes }) => ({
            type: 'bucket',
            id: hashUuid(JSON.stringify(by)),
            attributes: { by, compute: computes },
          }));
          return ok({ data, meta: { elapsed: 1, request_id: requestId(), status: 'done' } });
        }),
    },
    {
      method: 'GET',
      path: '/api/v2/trace/:trace_id',
      auth: 'app',
      rateLimit: 'trace_by_id',
      handle({ params }) {
        const traceId = params.trace_id ?? '';
        const spans = store.trace(traceId);
        if (spans.length === 0) throw new HttpError(404, 'trace not found', 'jsonApi');
        const body = traceText(traceId, spans.slice(0, MAX_TRACE_SPANS), spans.length > MAX_TRACE_SPANS);
        return { status: 200, body, headers: { 'Content-Type': 'application/json' } };
      },
    },
  ];
}

/** Spans that began in the window and match a search, in ascending order of start. Throws a 400 for a search that cannot be read. */
export function matchingSpans(store: TelemetryStore, query: string, window: TimeWindow): Span[] {
  const matches = compileSearch(parseSearch(query));
  return [...store.spans(window)].filter((span) => matches(spanDocument(span)));
}
