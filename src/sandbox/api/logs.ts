import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { LogEvent } from '../../domain/log';
import type { TimeWindow } from '../../domain/timeSeries';
import type { ApiContext } from '../context';
import type { HttpReply, HttpRequest, Route } from '../http';
import { logDocument } from '../query/searchDocuments';
import { compileSearch } from '../query/searchMatch';
import { parseSearch } from '../query/searchParser';
import type { TelemetryStore } from '../store/store';
import { aggregateItems, computesSchema, groupsSchema } from './aggregate';
import { type PageRequest, pageEnvelope, pageOf, pageRequest, pageRequestFromQuery, pageSchema, requestId, sortSchema } from './paging';
import { bodyOf, filterSchema, ok, windowOf } from './requests';

const searchSchema = z.looseObject({ filter: filterSchema, page: pageSchema, sort: sortSchema });
const aggregateSchema = z.looseObject({ filter: filterSchema, compute: computesSchema, group_by: groupsSchema });

/** Logs search (POST and GET) and aggregation, all with Datadog's classic error shape. */
export function logRoutes({ store, clock }: ApiContext): readonly Route[] {
  const answer = (request: HttpRequest, query: string, window: TimeWindow, page: PageRequest): HttpReply => {
    const found = pageOf(matchingLogs(store, query, window), (log) => log.timestampMs, page);
    const filter = {
      'filter[query]': query,
      'filter[from]': String(window.fromMs),
      'filter[to]': String(window.toMs),
      'page[limit]': String(page.limit),
      sort: page.isOldestFirst ? 'timestamp' : '-timestamp',
    };
    return ok({ data: found.items.map(logBody), ...pageEnvelope(request, '/api/v2/logs/events', found, filter) });
  };
  return [
    {
      method: 'POST',
      path: '/api/v2/logs/events/search',
      auth: 'app',
      rateLimit: 'logs_search',
      handle(request) {
        const { filter, page, sort } = bodyOf(request, searchSchema);
        return answer(request, filter?.query ?? '*', windowOf(filter ?? {}, clock.nowMs()), pageRequest(page, sort));
      },
    },
    {
      method: 'GET',
      path: '/api/v2/logs/events',
      auth: 'app',
      rateLimit: 'logs_search',
      handle(request) {
        const { query } = request;
        const window = windowOf({ from: query.get('filter[from]') ?? undefined, to: query.get('filter[to]') ?? undefined }, clock.nowMs());
        return answer(request, query.get('filter[query]') ?? '*', window, pageRequestFromQuery(query));
      },
    },
    {
      method: 'POST',
      path: '/api/v2/logs/analytics/aggregate',
      auth: 'app',
      rateLimit: 'logs_aggregate',
      handle(request) {
        const { filter, compute, group_by } = bodyOf(request, aggregateSchema);
        const window = windowOf(filter ?? {}, clock.nowMs());
        const logs = matchingLogs(store, filter?.query ?? '*', window);
        const buckets = aggregateItems({
          items: logs,
          documentOf: logDocument,
          timeMs: (log) => log.timestampMs,
          window,
          compute,
          groupBy: group_by,
        });
        return ok({
          data: { buckets: buckets.map(({ by, computes }) => ({ by, computes })) },
          meta: { elapsed: 1, request_id: requestId(), status: 'done' },
        });
      },
    },
  ];
}

/** Logs of the window that a search matches, in ascending time. Throws a 400 for a search that cannot be read. */
export function matchingLogs(store: TelemetryStore, query: string, window: TimeWindow): LogEvent[] {
  const matches = compileSearch(parseSearch(query));
  return [...store.logs(window)].filter((log) => matches(logDocument(log)));
}

function logBody(log: LogEvent): object {
  return {
    id: createHash('sha256')
      .update(`${log.timestampMs}\n${log.service}\n${log.host}\n${log.message}\n${JSON.stringify(log.attributes)}`)
      .digest('base64url')
      .slice(0, 24),
    type: 'log',
    attributes: {
      timestamp: new Date(log.timestampMs).toISOString(),
      status: log.status,
      ...(log.host === null ? {} : { host: log.host }),
      service: log.service,
      message: log.message,
      tags: log.tags,
      attributes: log.attributes,
    },
  };
}
