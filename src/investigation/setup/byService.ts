import type { Span } from '../../domain/span';

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
