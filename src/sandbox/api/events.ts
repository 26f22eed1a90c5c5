import * as z from 'zod';
import type { Json } from '../../domain/json';
import type { TimeWindow } from '../../domain/timeSeries';
import type { ApiContext } from '../context';
import { HttpError, type HttpReply, type HttpRequest, type Route } from '../http';
import { eventDocument } from '../query/searchDocuments';
import { compileSearch, type Searchable } from '../query/searchMatch';
import { parseSearch } from '../query/searchParser';
import type { StoredEvent, TelemetryStore } from '../store/store';
import { eventBody, eventBodyV1, eventTags } from './eventBody';
import { hashNumber } from './ids';
import { type PageRequest, pageEnvelope, pageOf, pageRequest, pageRequestFromQuery, pageSchema, sortSchema } from './paging';
import { bodyOf, filterSchema, intParam, listParam, ok, windowOf } from './requests';

const searchSchema = z.looseObject({ filter: filterSchema, page: pageSchema, sort: sortSchema });

const V1_PAGE_SIZE = 1000;

/** Events search v2 (POST and GET), one event, and the v1 list. The shape of an event is documented at {@link eventBody}. */
export function eventRoutes({ store, clock }: ApiContext): readonly Route[] {
  const answer = (request: HttpRequest, query: string, window: TimeWindow, page: PageRequest): HttpReply => {
    const found = pageOf(matchingEvents(store, query, window), (event) => event.change.timestampMs, page);
    const filter = {
      'filter[query]': query,
      'filter[from]': String(window.fromMs),
      'filter[to]': String(window.toMs),
      'page[limit]': String(page.limit),
    };
    return ok({ data: found.items.map(eventBody), ...pageEnvelope(request, '/api/v2/events', found, filter) });
  };
  return [
    {
      method: 'POST',
      path: '/api/v2/events/search',
      auth: 'app',
      rateLimit: 'events',
      handle(request) {
        const { filter, page, sort } = bodyOf(request, searchSchema);
        return answer(request, filter?.query ?? '*', windowOf(filter ?? {}, clock.nowMs()), pageRequest(page, sort));
      },
    },
    {
      method: 'GET',
      path: '/api/v2/events',
      auth: 'app',
      rateLimit: 'events',
      handle(request) {
        const { query } = request;
        const window = windowOf({ from: query.get('filter[from]') ?? undefined, to: query.get('filter[to]') ?? undefined }, clock.nowMs());
        return answer(request, query.get('filter[query]') ?? '*', window, pageRequestFromQuery(query));
      },
    },
    {
      method: 'GET',
      path: '/api/v2/events/:event_id',
      auth: 'app',
      rateLimit: 'events',
      handle({ params }) {
        const wanted = params.event_id ?? '';
        for (const event of store.events({ fromMs: 0, toMs: clock.nowMs() + 1 }))
          if (event.id === wanted || String(hashNumber(event.id)) === wanted) return ok({ data: eventBody(event) });
        throw new HttpError(404, 'Event not found', 'jsonApi');
      },
    },
    { method: 'GET', path: '/api/v1/events', auth: 'app', rateLimit: 'events', handle: (request) => listV1(store, request) },
  ];
}

function listV1(store: TelemetryStore, { query }: HttpRequest): HttpReply {
  const start = intParam(query, 'start', -1, 0, 1e11);
  const end = intParam(query, 'end', -1, 0, 1e11);
  if (start < 0 || end < 0) throw new HttpError(400, "The parameters 'start' and 'end' are required, in epoch seconds");
  if (start >= end) throw new HttpError(400, "The parameter 'start' must be before 'end'");
  if (query.get('priority') === 'low') return ok({ events: [] });
  const sources = listParam(query, 'sources');
  const tags = listParam(query, 'tags');
  const events = [...store.events({ fromMs: start * 1000, toMs: end * 1000 })].reverse().filter((event) => {
    const own = eventTags(event);
    return (sources.length === 0 || sources.includes(event.source)) && tags.every((tag) => own.includes(tag));
  });
  const page = intParam(query, 'page', 0, 0, 1e6);
  return ok({ events: events.slice(page * V1_PAGE_SIZE, (page + 1) * V1_PAGE_SIZE).map(eventBodyV1) });
}

/** Events of the window that a search matches, in ascending time. Throws a 400 for a search that cannot be read. */
export function matchingEvents(store: TelemetryStore, query: string, window: TimeWindow): StoredEvent[] {
  const matches = compileSearch(parseSearch(query));
  return [...store.events(window)].filter((event) => matches(documentOf(event)));
}

/** An event as searches see it. */
export function documentOf(event: StoredEvent): Searchable {
  return eventDocument(event, eventTags(event), () => {
    const body = eventBody(event) as { readonly attributes: { readonly attributes: Json } };
    return body.attributes.attributes;
  });
}
