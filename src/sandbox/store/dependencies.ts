import type { Span } from '../../domain/span';

/**
 * Who calls whom, read off spans: a span whose parent belongs to another service, and `peer.service` where the callee sends no
 * spans of its own. `siblings` gives all spans of a span's trace.
 */
export function dependenciesOf(spans: Iterable<Span>, siblings: (span: Span) => readonly Span[]): Record<string, string[]> {
  const callees = new Map<string, Set<string>>();
  const note = (caller: string, callee: string) => {
    const known = callees.get(caller) ?? new Set<string>();
    if (known.size === 0) callees.set(caller, known);
    known.add(callee);
  };
  const servicesByTrace = new Map<readonly Span[], Map<string, string>>();
  for (const span of spans) {
    const trace = siblings(span);
    const services = servicesByTrace.get(trace) ?? new Map(trace.map(({ spanId, service }) => [spanId, service]));
    servicesByTrace.set(trace, services);
    const caller = span.parentId === null ? undefined : services.get(span.parentId);
    if (caller !== undefined && caller !== span.service) note(caller, span.service);
    const peer = span.meta['peer.service'];
    if (peer !== undefined && peer !== '' && peer !== span.service) note(span.service, peer);
  }
  return Object.fromEntries([...callees].sort(([a], [b]) => (a < b ? -1 : 1)).map(([caller, known]) => [caller, [...known].sort()]));
}
