import type { Span } from '../../domain/span';

export type SpanKind = 'server' | 'client' | 'producer' | 'consumer' | 'internal' | 'unknown';

const KINDS: readonly string[] = ['server', 'client', 'producer', 'consumer', 'internal'];

/** What the span does for a request, as its tag `span.kind` says; OpenTelemetry's exporters also write `SPAN_KIND_SERVER`, or a number. */
export function spanKind(span: Span): SpanKind {
  const said = span.meta['span.kind'];
  if (said === undefined) return 'unknown';
  const kind = said.toLowerCase().replace(/^span_kind_/, '');
  return KINDS.includes(kind) ? (kind as SpanKind) : 'unknown';
}

const CLOCK_TAGS = ['host', '_dd.hostname', 'host.name', 'hostname', 'k8s.pod.name', 'pod_name', 'container_id', 'container.id'];

/** What names the clock that stamped a span: its host, its pod or, where no tag says that, its service. */
export function clockOf(span: Span): string {
  for (const tag of CLOCK_TAGS) {
    const value = span.meta[tag];
    if (value) return `${tag}:${value}`;
  }
  return `service:${span.service}`;
}

const PEER_TAGS = ['peer.service', 'out.host', 'network.destination.name', 'peer.hostname', 'net.peer.name', 'server.address'];

/** The host or service that a client span talks to, as its tags name it; null for spans that serve requests or do no calls. */
export function peerOf(span: Span): string | null {
  const kind = spanKind(span);
  if (kind === 'server' || kind === 'consumer') return null;
  for (const tag of PEER_TAGS) {
    const value = span.meta[tag];
    if (value) return value;
  }
  const url = kind === 'client' || kind === 'producer' || span.type === 'http' ? span.meta['http.url'] : undefined;
  return url && URL.canParse(url) ? new URL(url).hostname : null;
}

/** What a person calls the work of a span: its resource, or where there is none its operation. */
export function workOf({ resource, name }: Span): string {
  return resource === '' ? name : resource;
}
