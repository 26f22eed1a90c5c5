import type { Json } from '../../domain/json';
import type { StoredEvent } from '../store/store';
import { hashNumber } from './ids';

/**
 * A change, deployment or alert as `POST /api/v2/events/search` and `GET /api/v2/events` answer it:
 *
 * ```
 * { id, type: 'event',
 *   attributes: {
 *     timestamp: '2026-06-20T13:42:00.000Z',
 *     message: change.text,
 *     tags: ['source:deployment', 'service:checkout', 'version:1.4.2', 'git.commit.sha:c7d2…', …],
 *     attributes: {
 *       title, service (absent when null), status: 'info' | 'error', timestamp (ms), source_type_name,
 *       evt: { id, uid, name, type, category: 'change' | 'alert', source_id },
 *       change: { kind, service, author, version, commit, attributes },
 *       // feature flags and configuration also carry what Datadog's own change events carry:
 *       author: { name, type: 'user' },
 *       changed_resource: { name, type: 'feature_flag' | 'configuration' },
 *       impacted_resources: [{ name: service, type: 'service' }],
 *       // alerts also carry:
 *       monitor_id, monitor_groups
 *     } } }
 * ```
 *
 * A `Change` is read back from it: `timestampMs` from `timestamp`, `kind|service|author|version|commit|attributes` from
 * `change` (null where unknown), `title` from `title`, `text` from `message`. Tags: `source:` is `deployment` for
 * deployments, `change` for the other kinds unless the event says otherwise; `service:`, `version:` and `git.commit.sha:`
 * are there whenever the change knows them. Alerts that monitors raised have `source:alert`.
 */
export function eventBody(event: StoredEvent): Json {
  const { change } = event;
  return {
    id: event.id,
    type: 'event',
    attributes: {
      timestamp: new Date(change.timestampMs).toISOString(),
      message: change.text,
      tags: eventTags(event),
      attributes: {
        title: change.title,
        ...(change.service === null ? {} : { service: change.service }),
        status: event.source === 'alert' && change.attributes.state !== 'OK' ? 'error' : 'info',
        timestamp: change.timestampMs,
        source_type_name: event.source,
        evt: {
          id: String(hashNumber(event.id)),
          uid: event.id,
          name: change.title,
          type: change.kind,
          category: event.source === 'alert' ? 'alert' : 'change',
          source_id: 0,
        },
        change: {
          kind: change.kind,
          service: change.service,
          author: change.author,
          version: change.version,
          commit: change.commit,
          attributes: change.attributes,
        },
        ...changedResource(event),
        ...alertFields(event),
      },
    },
  };
}

/** The event's own tags, and those that Datadog would have put on an event with these attributes; no tag twice. */
export function eventTags(event: StoredEvent): string[] {
  const { change } = event;
  const tags = new Set(event.tags);
  const add = (key: string, value: string | null) => {
    if (value !== null && value !== '') tags.add(`${key}:${value}`);
  };
  add('source', event.source);
  add('service', change.service);
  add('version', change.version);
  add('git.commit.sha', change.commit);
  return [...tags];
}

function changedResource({ change, source }: StoredEvent): Record<string, Json> {
  if (source === 'alert' || (change.kind !== 'feature_flag' && change.kind !== 'config')) return {};
  const flag = change.attributes.flag ?? change.attributes.name;
  return {
    ...(change.author === null ? {} : { author: { name: change.author, type: 'user' } }),
    changed_resource: {
      name: typeof flag === 'string' ? flag : change.title,
      type: change.kind === 'config' ? 'configuration' : 'feature_flag',
    },
    impacted_resources: change.service === null ? [] : [{ name: change.service, type: 'service' }],
  };
}

function alertFields({ change, source }: StoredEvent): Record<string, Json> {
  if (source !== 'alert') return {};
  const { monitor_id, group } = change.attributes;
  return {
    ...(typeof monitor_id === 'number' ? { monitor_id } : {}),
    monitor_groups: typeof group === 'string' ? [group] : [],
  };
}

/** The same event in v1, with `date_happened` in seconds. */
export function eventBodyV1(event: StoredEvent): Json {
  const { change } = event;
  return {
    id: hashNumber(event.id),
    id_str: String(hashNumber(event.id)),
    title: change.title,
    text: change.text,
    date_happened: Math.floor(change.timestampMs / 1000),
    alert_type: event.source === 'alert' && change.attributes.state !== 'OK' ? 'error' : 'info',
    priority: 'normal',
    source: event.source,
    source_type_name: event.source,
    host: '',
    device_name: null,
    tags: eventTags(event),
    url: `/event/event?id=${hashNumber(event.id)}`,
  };
}
