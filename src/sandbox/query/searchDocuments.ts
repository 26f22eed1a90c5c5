import type { Json } from '../../domain/json';
import type { LogEvent } from '../../domain/log';
import type { Span } from '../../domain/span';
import type { StoredEvent } from '../store/store';
import { type Scalar, type Searchable, valuesAt } from './searchMatch';

/** Values of all tags with this key; tags are `key:value`, the value all after the first colon. */
function tagValues(tags: readonly string[], key: string): string[] {
  const prefix = `${key.toLowerCase()}:`;
  return tags.filter((tag) => tag.toLowerCase().startsWith(prefix)).map((tag) => tag.slice(prefix.length));
}

const present = (...values: (string | null | undefined)[]): string[] =>
  values.filter((value) => value !== null && value !== undefined && value !== '') as string[];

/**
 * A log as its search sees it: `service`, `status`, `host`, `message`, `trace_id` and `span_id` are reserved, every other
 * bare key is a tag; `@key` is an attribute. `env`, `version` and `source` are also taken from what tracers write into `dd`.
 */
export function logDocument(log: LogEvent): Searchable {
  return {
    texts: () => [log.message],
    values(key, isAttribute) {
      if (isAttribute) return valuesAt(log.attributes as Json, key);
      switch (key) {
        case 'service':
          return [log.service];
        case 'status':
          return [log.status];
        case 'host':
          return present(log.host, ...tagValues(log.tags, 'host'));
        case 'message':
          return [log.message];
        case 'trace_id':
        case 'span_id':
          return [...valuesAt(log.attributes as Json, `dd.${key}`), ...valuesAt(log.attributes as Json, key)];
        case 'env':
        case 'version':
          return [...tagValues(log.tags, key), ...valuesAt(log.attributes as Json, `dd.${key}`)];
        case 'source':
          return [...tagValues(log.tags, key), ...valuesAt(log.attributes as Json, 'ddsource')];
        default:
          return tagValues(log.tags, key);
      }
    },
  };
}

/** The host that a span was recorded on, or null. */
export function spanHost(span: Span): string | null {
  return span.meta['_dd.hostname'] ?? span.meta.host ?? null;
}

/**
 * A span as its search sees it. Reserved: `service`, `env`, `version`, `host`, `resource_name`, `operation_name`, `type`,
 * `status` (`ok` or `error`), `trace_id`, `span_id`, `parent_id`. `@duration` is in nanoseconds; `@key` and every other
 * key is a tag of the span by its full dotted name.
 */
export function spanDocument(span: Span): Searchable {
  return {
    texts: () => present(span.resource, span.name, span.service, span.meta['error.message'], span.meta['error.type']),
    values(key, isAttribute) {
      if (key === 'duration') return [Math.round(span.durationMs * 1e6)];
      return (isAttribute ? undefined : reservedOfSpan(span, key)) ?? tagsOfSpan(span, key);
    },
  };
}

function reservedOfSpan(span: Span, key: string): Scalar[] | undefined {
  switch (key) {
    case 'service':
      return [span.service];
    case 'resource_name':
      return [span.resource];
    case 'operation_name':
      return [span.name];
    case 'type':
      return [span.type];
    case 'status':
      return [span.isError ? 'error' : 'ok'];
    case 'trace_id':
      return [span.traceId];
    case 'span_id':
      return [span.spanId];
    case 'parent_id':
      return [span.parentId ?? '0'];
    case 'host':
      return present(spanHost(span));
    default:
      return undefined;
  }
}

function tagsOfSpan(span: Span, key: string): Scalar[] {
  const text = Object.hasOwn(span.meta, key) ? span.meta[key] : undefined;
  const number = Object.hasOwn(span.metrics, key) ? span.metrics[key] : undefined;
  return [...(text === undefined ? [] : [text]), ...(number === undefined ? [] : [number])];
}

/** An event as its search sees it; `tags` are those it is answered with, `attributes` the inner ones of its body. */
export function eventDocument(event: StoredEvent, tags: readonly string[], attributes: () => Json): Searchable {
  return {
    texts: () => [event.change.title, event.change.text],
    values(key, isAttribute) {
      if (isAttribute) return valuesAt(attributes(), key);
      if (key === 'title') return [event.change.title];
      if (key === 'message') return [event.change.text];
      if (key === 'status') return valuesAt(attributes(), 'status');
      return tagValues(tags, key);
    },
  };
}

/** Any object: reserved names and attributes are its own values, tags its `tags`. */
export function recordDocument(record: Readonly<Record<string, Json>>, texts: readonly string[], tags: readonly string[]): Searchable {
  return {
    texts: () => texts,
    values: (key, isAttribute) => (isAttribute ? valuesAt(record, key) : [...valuesAt(record, key), ...tagValues(tags, key)]),
  };
}
