import type { Span } from '../../domain/span';

type Meta = Span['meta'];

/** Datadog's tags, what its tracers write, and OpenTelemetry's resource attributes. */
const COMMIT_TAGS = ['git.commit.sha', '_dd.git.commit.sha', 'vcs.ref.head.revision', 'vcs.repository.ref.revision'];
const REPOSITORY_TAGS = ['git.repository_url', '_dd.git.repository_url', 'vcs.repository.url.full'];

/** The commit that a span says it ran; null when it does not. */
export const commitTag = (meta: Meta): string | null => firstOf(meta, COMMIT_TAGS);

export const repositoryTag = (meta: Meta): string | null => firstOf(meta, REPOSITORY_TAGS);

function firstOf(meta: Meta, keys: readonly string[]): string | null {
  for (const key of keys) if (meta[key]) return meta[key];
  return null;
}

/** Spans by service, those with most spans first. */
export function byService(spans: readonly Span[]): [service: string, spans: readonly Span[]][] {
  const groups = new Map<string, Span[]>();
  for (const span of spans) {
    const group = groups.get(span.service);
    if (group === undefined) groups.set(span.service, [span]);
    else group.push(span);
  }
  return [...groups].sort((left, right) => right[1].length - left[1].length);
}
