import type { Span } from '../domain/span';

/** Where things are on this machine, and what they are called where the shop pretends to run. */
export interface Places {
  /** Folders that stand for `/srv/shop`, the longest first. */
  readonly folders: readonly string[];
  /** Name of what listens on each port. */
  readonly hosts: ReadonlyMap<number, string>;
}

const SERVED_FROM = '/srv/shop';
const LOCAL = /(?:127\.0\.0\.1|localhost):(\d+)/g;

/** Facts on the tracer and its process that no investigation looks at. */
const NOISE = [
  /^(runtime-id|language|process_id|service|http\.useragent|network\.destination\.port|_sample_rate)$/,
  /^_dd\.(p\.|tags\.process|base_service|svc_src|runtime|integration|sdk|peer|agent_psr|rule_psr|limit_psr|measured$)/,
  /^_sampling_priority/,
];

interface Sanitised {
  readonly spans: readonly Span[];
}

/**
 * Replaces the places of this machine in every text of a recording (`<folder>/releases/…` becomes `/srv/shop/releases/…`,
 * addresses become names) and leaves out what tracers say of themselves.
 */
export function withPlacesOf<T extends Sanitised>(recording: T, { folders, hosts }: Places): T {
  const text = JSON.stringify({ ...recording, spans: recording.spans.map((span) => renamedSpan(span, hosts)) });
  const inJson = (place: string) => JSON.stringify(place).slice(1, -1);
  const moved = folders.reduce((left, folder) => left.replaceAll(inJson(folder), SERVED_FROM), text);
  return JSON.parse(moved.replace(LOCAL, (_, port) => hosts.get(Number(port)) ?? 'unknown.kiln.internal')) as T;
}

/** A call's host by the port that it went to; what the process says on every span only where it is needed. */
function renamedSpan(span: Span, hosts: ReadonlyMap<number, string>): Span {
  const meta = quiet(span.meta);
  const port = Number(span.metrics['network.destination.port'] ?? span.meta['network.destination.port'] ?? portOf(span.meta['http.url']));
  const host = hosts.get(port);
  if (meta['out.host'] !== undefined && host !== undefined) meta['out.host'] = host;
  if (span.type === 'sql') delete meta['git.commit.sha'];
  if (span.metrics['_dd.top_level'] !== 1) delete meta['git.repository_url'];
  return { ...span, meta, metrics: quiet(span.metrics) };
}

function portOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).port : '';
}

function quiet<V>(tags: Readonly<Record<string, V>>): Record<string, V> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !NOISE.some((pattern) => pattern.test(key))));
}
