import * as z from 'zod';
import type { ApiContext } from '../context';
import { HttpError, type HttpRequest, type Route } from '../http';
import { tagsOf } from '../monitors/monitorLoop';
import { parseMonitorQuery } from '../monitors/monitorQuery';
import type { StoredMonitor, TelemetryStore } from '../store/store';
import { groupStatesBody, monitorBody, text } from './monitorBody';
import { bodyOf, intParam, listParam, ok } from './requests';

const monitorSchema = z.looseObject({
  type: z.string().min(1),
  query: z.string().min(1),
  name: z.string().optional(),
  message: z.string().optional(),
  tags: z.array(z.string()).nullish(),
  options: z
    .looseObject({ thresholds: z.looseObject({ critical: z.number().nullish(), warning: z.number().nullish() }).nullish() })
    .optional(),
});
const updateSchema = monitorSchema.partial();

/** Monitors of v1: list, get, create, validate, update, delete; the classic error shape. */
export function monitorRoutes(context: ApiContext): readonly Route[] {
  const { store, clock } = context;
  const rateLimit = 'monitors';
  return [
    { method: 'GET', path: '/api/v1/monitor', auth: 'app', rateLimit, handle: (request) => ok(listed(request, context)) },
    {
      method: 'POST',
      path: '/api/v1/monitor',
      auth: 'app',
      rateLimit,
      handle(request) {
        const body = validated(bodyOf(request, monitorSchema));
        const nowMs = clock.nowMs();
        const monitor: StoredMonitor = {
          id: nextId(store),
          body: { ...body, created_at: nowMs },
          state: 'No Data',
          stateSinceMs: nowMs,
          lastTriggeredMs: null,
        };
        store.putMonitor(monitor);
        return ok(monitorBody(monitor));
      },
    },
    {
      method: 'POST',
      path: '/api/v1/monitor/validate',
      auth: 'app',
      rateLimit,
      handle(request) {
        validated(bodyOf(request, monitorSchema));
        return ok({});
      },
    },
    {
      method: 'POST',
      path: '/api/v1/monitor/:monitor_id/validate',
      auth: 'app',
      rateLimit,
      handle(request) {
        monitorOf(request, store);
        validated(bodyOf(request, monitorSchema));
        return ok({});
      },
    },
    {
      method: 'GET',
      path: '/api/v1/monitor/:monitor_id',
      auth: 'app',
      rateLimit,
      handle: (request) => ok(withGroups(monitorOf(request, store), request, context)),
    },
    {
      method: 'PUT',
      path: '/api/v1/monitor/:monitor_id',
      auth: 'app',
      rateLimit,
      handle: (request) => ok(monitorBody(updated(request, context))),
    },
    {
      method: 'DELETE',
      path: '/api/v1/monitor/:monitor_id',
      auth: 'app',
      rateLimit,
      handle(request) {
        const { id } = monitorOf(request, store);
        store.deleteMonitor(id);
        return ok({ deleted_monitor_id: id });
      },
    },
  ];
}

/** Throws a 400 when the query cannot be read, or says another threshold than the options. */
function validated<T extends z.infer<typeof monitorSchema>>(body: T): T {
  const query = parseMonitorQuery(body.type, body.query);
  const critical = body.options?.thresholds?.critical;
  if (query !== null && critical != null && critical !== query.threshold)
    throw new HttpError(
      400,
      `The value provided for parameter 'options.thresholds' is invalid: alert threshold (${critical}) does not match that used in the query (${query.threshold})`,
    );
  return body;
}

const nextId = (store: TelemetryStore) => Math.max(1000, ...store.monitors().map(({ id }) => id)) + 1;

function monitorOf({ params }: HttpRequest, store: TelemetryStore): StoredMonitor {
  const id = Number(params.monitor_id);
  if (!Number.isInteger(id)) throw new HttpError(400, `The value provided for parameter 'monitor_id' is invalid`);
  const monitor = store.monitor(id);
  if (monitor === null) throw new HttpError(404, 'Monitor not found');
  return monitor;
}

function withGroups(monitor: StoredMonitor, { query }: HttpRequest, context: ApiContext): object {
  const wanted = listParam(query, 'group_states');
  const body = monitorBody(monitor);
  return wanted.length === 0 ? body : { ...body, state: groupStatesBody(monitor, context, wanted) };
}

/** What is not sent stays; `options` are merged. A changed query begins anew with `No Data`. */
function updated(request: HttpRequest, { store, clock }: ApiContext): StoredMonitor {
  const before = monitorOf(request, store);
  const change = bodyOf(request, updateSchema);
  const merged = { ...before.body, ...change, options: { ...(before.body.options as object | undefined), ...change.options } };
  const body = { ...validated(monitorSchema.parse(merged)), modified: new Date(clock.nowMs()).toISOString() };
  const isSameQuery = text(body.query) === text(before.body.query);
  const after: StoredMonitor = isSameQuery ? { ...before, body } : { ...before, body, state: 'No Data', stateSinceMs: clock.nowMs() };
  store.putMonitor(after);
  return after;
}

function listed(request: HttpRequest, context: ApiContext): object[] {
  const { query } = request;
  const name = query.get('name')?.toLowerCase() ?? '';
  const tags = [...listParam(query, 'monitor_tags')];
  const scope = listParam(query, 'tags');
  const offset = intParam(query, 'id_offset', 0, 0, Number.MAX_SAFE_INTEGER);
  const pageSize = intParam(query, 'page_size', 0, 0, 1000);
  const page = intParam(query, 'page', 0, 0, 1e6);
  const found = context.store
    .monitors()
    .filter((monitor) => text(monitor.body.name).toLowerCase().includes(name) && tags.every((tag) => tagsOf(monitor).includes(tag)))
    .filter((monitor) => scope.every((tag) => text(monitor.body.query).includes(tag)))
    .filter(({ id }) => id > offset)
    .sort((a, b) => a.id - b.id);
  const isPaged = query.has('page') || query.has('page_size') || query.has('id_offset');
  const size = pageSize === 0 ? 100 : pageSize;
  const start = query.has('id_offset') ? 0 : page * size;
  return (isPaged ? found.slice(start, start + size) : found).map((monitor) => withGroups(monitor, request, context));
}
