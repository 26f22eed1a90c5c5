import type { Json } from '../../domain/json';
import { tagValue } from '../../domain/timeSeries';
import type { ApiContext } from '../context';
import { HttpError, type HttpReply, type HttpRequest, type Route } from '../http';
import { tagsOf } from '../monitors/monitorLoop';
import { recordDocument } from '../query/searchDocuments';
import { compileSearch } from '../query/searchMatch';
import { parseSearch } from '../query/searchParser';
import type { StoredMonitor, TelemetryStore } from '../store/store';
import { hashUuid } from './ids';
import { text } from './monitorBody';
import { intParam, ok } from './requests';

/**
 * Incidents: one for each monitor that alerts (`active`) or has alerted and is well again (`resolved`). List, search and
 * get; errors in the JSON:API shape.
 */
export function incidentRoutes({ store }: ApiContext): readonly Route[] {
  const rateLimit = 'incidents';
  return [
    { method: 'GET', path: '/api/v2/incidents', auth: 'app', rateLimit, handle: (request) => list(store, request) },
    { method: 'GET', path: '/api/v2/incidents/search', auth: 'app', rateLimit, handle: (request) => search(store, request) },
    {
      method: 'GET',
      path: '/api/v2/incidents/:incident_id',
      auth: 'app',
      rateLimit,
      handle({ params }) {
        const found = incidentsOf(store).find(({ id, publicId }) => id === params.incident_id || String(publicId) === params.incident_id);
        if (found === undefined) throw new HttpError(404, `incident ${params.incident_id} not found`, 'jsonApi');
        return ok({ data: incidentBody(found) });
      },
    },
  ];
}

interface Incident {
  readonly id: string;
  readonly publicId: number;
  readonly title: string;
  readonly severity: string;
  readonly state: 'active' | 'resolved';
  readonly service: string | null;
  readonly createdMs: number;
  readonly resolvedMs: number | null;
  readonly summary: string;
  readonly tags: readonly string[];
}

/** The newest first. */
function incidentsOf(store: TelemetryStore): Incident[] {
  return store
    .monitors()
    .filter(({ state, lastTriggeredMs }) => state === 'Alert' || (state === 'OK' && lastTriggeredMs !== null))
    .map(incidentFrom)
    .sort((a, b) => b.createdMs - a.createdMs);
}

function incidentFrom(monitor: StoredMonitor): Incident {
  const { body, id, state, stateSinceMs, lastTriggeredMs } = monitor;
  const isActive = state === 'Alert';
  const { priority } = body;
  return {
    id: hashUuid(`incident ${id}`),
    publicId: id,
    title: text(body.name) || `Monitor ${id}`,
    // Priorities P1 to P5 of the monitor.
    severity: typeof priority === 'number' && priority >= 1 && priority <= 5 ? `SEV-${priority}` : 'UNKNOWN',
    state: isActive ? 'active' : 'resolved',
    service: tagValue(tagsOf(monitor), 'service') ?? /[{,\s]service:([^\s,}"]+)/.exec(text(body.query))?.[1] ?? null,
    createdMs: lastTriggeredMs ?? stateSinceMs,
    resolvedMs: isActive ? null : stateSinceMs,
    summary: text(body.message),
    tags: tagsOf(monitor),
  };
}

function pagination({ query }: HttpRequest, total: number): { size: number; offset: number; meta: object } {
  const size = intParam(query, 'page[size]', 10, 1, 100);
  const offset = intParam(query, 'page[offset]', 0, 0, 1e9);
  const left = Math.max(0, total - offset);
  const pages = { offset, size: Math.min(size, left) };
  return { size, offset, meta: { pagination: left > size ? { ...pages, next_offset: offset + size } : pages } };
}

function list(store: TelemetryStore, request: HttpRequest): HttpReply {
  const incidents = incidentsOf(store);
  const { size, offset, meta } = pagination(request, incidents.length);
  return ok({ data: incidents.slice(offset, offset + size).map(incidentBody), meta });
}

function search(store: TelemetryStore, request: HttpRequest): HttpReply {
  const query = request.query.get('query');
  if (query === null) throw new HttpError(400, "the parameter 'query' is required", 'jsonApi');
  const matches = compileSearch(parseSearch(query));
  const found = incidentsOf(store).filter((incident) =>
    matches(recordDocument(factsOf(incident), [incident.title, incident.summary], incident.tags)),
  );
  if (request.query.get('sort') === 'created') found.reverse();
  const { size, offset, meta } = pagination(request, found.length);
  const page = found.slice(offset, offset + size);
  const attributes = {
    total: found.length,
    facets: facetsOf(found),
    incidents: page.map((incident) => ({ data: incidentBody(incident) })),
  };
  return ok({ data: { type: 'incidents_search_results', attributes }, meta });
}

function factsOf({ state, severity, service, publicId, title }: Incident): Record<string, Json> {
  return { state, severity, title, public_id: publicId, service: service ?? [], services: service === null ? [] : [service] };
}

function facetsOf(incidents: readonly Incident[]): object {
  const count = (values: readonly string[], names: readonly string[]) =>
    names.map((name) => ({ name, count: values.filter((value) => value === name).length }));
  return {
    state: count(
      incidents.map(({ state }) => state),
      ['active', 'stable', 'resolved'],
    ),
    severity: count(
      incidents.map(({ severity }) => severity),
      ['UNKNOWN', 'SEV-1', 'SEV-2', 'SEV-3', 'SEV-4', 'SEV-5'],
    ),
    impact: [],
    postmortem: [],
    responder: [],
    commander: [],
    created_by: [],
    last_modified_by: [],
    fields: [],
    time_to_repair: [],
    time_to_resolve: [],
  };
}

function incidentBody(incident: Incident): object {
  const { createdMs, resolvedMs, service } = incident;
  const created = new Date(createdMs).toISOString();
  const seconds = resolvedMs === null ? 0 : Math.round((resolvedMs - createdMs) / 1000);
  return {
    id: incident.id,
    type: 'incidents',
    attributes: {
      public_id: incident.publicId,
      title: incident.title,
      severity: incident.severity,
      state: incident.state,
      created,
      detected: created,
      declared: created,
      declared_by_uuid: hashUuid('sandbox user'),
      incident_type_uuid: hashUuid('incident type'),
      is_test: false,
      archived: null,
      case_id: null,
      modified: new Date(resolvedMs ?? createdMs).toISOString(),
      resolved: resolvedMs === null ? null : new Date(resolvedMs).toISOString(),
      customer_impacted: false,
      customer_impact_scope: null,
      customer_impact_start: null,
      customer_impact_end: null,
      customer_impact_duration: 0,
      time_to_detect: 0,
      time_to_internal_response: 0,
      time_to_repair: seconds,
      time_to_resolve: seconds,
      notification_handles: null,
      non_datadog_creator: null,
      visibility: 'organization',
      fields: {
        severity: { type: 'dropdown', value: incident.severity },
        state: { type: 'dropdown', value: incident.state },
        detection_method: { type: 'dropdown', value: 'monitor' },
        root_cause: { type: 'textbox', value: null },
        summary: { type: 'textbox', value: incident.summary },
        services: { type: 'autocomplete', value: service === null ? null : [service] },
        teams: { type: 'autocomplete', value: null },
      },
    },
    relationships: {
      attachments: { data: [] },
      impacts: { data: [] },
      integrations: { data: [] },
      responders: { data: [] },
      user_defined_fields: { data: [] },
    },
  };
}
