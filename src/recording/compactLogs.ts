import type { LogEvent } from '../domain/log';

/** How many services, hosts and lists of tags are remembered. */
const MAX_KNOWN = 10_000;
const NO_ATTRIBUTES = {};

/**
 * Makes logs take little memory: services, hosts, lists of tags and the lack of attributes, which hundreds of thousands of them
 * have in common, are kept once. What is seen after ten thousand different ones stays as it is.
 */
export function createLogCompactor(): (log: LogEvent) => LogEvent {
  const texts = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  return ({ timestampMs, service, status, host, message, attributes, tags }) => ({
    timestampMs,
    service: known(texts, service, service),
    status,
    host: host === null ? null : known(texts, host, host),
    message,
    attributes: Object.keys(attributes).length === 0 ? NO_ATTRIBUTES : attributes,
    tags: known(lists, JSON.stringify(tags), tags),
  });
}

function known<T>(values: Map<string, T>, key: string, value: T): T {
  const found = values.get(key);
  if (found === undefined && values.size < MAX_KNOWN) values.set(key, value);
  return found ?? value;
}
