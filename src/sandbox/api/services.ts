import type { TimeWindow } from '../../domain/timeSeries';
import type { ApiContext } from '../context';
import { HttpError, type HttpRequest, type Route } from '../http';
import type { SandboxClock, TelemetryStore } from '../store/store';
import { intParam, ok } from './requests';

/** Service dependencies (v1 beta), the APM service list, and service definitions, of which the sandbox has none. */
export function serviceRoutes({ store, clock }: ApiContext): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/service_dependencies',
      auth: 'app',
      rateLimit: 'service_dependencies',
      handle(request) {
        const graph = graphOf(store, dependencyWindow(request, clock));
        return ok(Object.fromEntries(Object.entries(graph).map(([service, calls]) => [service, { calls }])));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/service_dependencies/:service',
      auth: 'app',
      rateLimit: 'service_dependencies',
      handle(request) {
        const name = request.params.service ?? '';
        const graph = graphOf(store, dependencyWindow(request, clock));
        const calledBy = Object.keys(graph).filter((caller) => graph[caller]?.includes(name));
        if (!Object.hasOwn(graph, name)) throw new HttpError(404, `No dependencies are known of the service '${name}'`);
        return ok({ name, calls: graph[name] ?? [], called_by: calledBy });
      },
    },
    {
      method: 'GET',
      path: '/api/v2/apm/services',
      auth: 'app',
      rateLimit: 'apm_services',
      handle({ query }) {
        const env = query.get('filter[env]');
        if (env === null || env === '') throw new HttpError(400, "The parameter 'filter[env]' is required");
        const nowMs = clock.nowMs();
        const services = new Set<string>();
        for (const span of store.spans({ fromMs: nowMs - 86_400_000, toMs: nowMs + 1 }))
          if (env === '*' || span.meta.env === env) services.add(span.service);
        const names = [...services].sort();
        return ok({
          data: {
            id: 'services',
            type: 'services_list',
            attributes: { services: names, metadata: names.map(() => ({ isTraced: true, isUsm: false })) },
          },
        });
      },
    },
    { method: 'GET', path: '/api/v2/services/definitions', auth: 'app', rateLimit: 'service_definitions', handle: () => ok({ data: [] }) },
    {
      method: 'GET',
      path: '/api/v2/services/definitions/:service_name',
      auth: 'app',
      rateLimit: 'service_definitions',
      handle() {
        throw new HttpError(404, 'Not Found');
      },
    },
  ];
}

/** `start` and `end` in epoch seconds, by default the last hour. `env` is required, but dependencies are kept for all envs together. */
function dependencyWindow({ query }: HttpRequest, clock: SandboxClock): TimeWindow {
  if ((query.get('env') ?? '') === '') throw new HttpError(400, "The parameter 'env' is required");
  const endSec = intParam(query, 'end', Math.floor(clock.nowMs() / 1000), 0, 1e11);
  const startSec = intParam(query, 'start', endSec - 3600, 0, 1e11);
  if (startSec >= endSec) throw new HttpError(400, "The parameter 'start' must be before 'end'");
  return { fromMs: startSec * 1000, toMs: endSec * 1000 + 1 };
}

/** caller → callees, with services that call nothing. */
function graphOf(store: TelemetryStore, window: TimeWindow): Record<string, readonly string[]> {
  const graph: Record<string, readonly string[]> = { ...store.dependencies(window) };
  for (const calls of Object.values(graph)) for (const callee of calls) graph[callee] ??= [];
  return graph;
}
