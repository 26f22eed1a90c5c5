import type { Span } from '../../domain/span';
import { readSpan } from './readSpan';

/** Documents hold spans in lists; these are the names under which the shapes that are about have them. */
const LISTS = ['data', 'spans', 'traces', 'resourceSpans', 'scopeSpans', 'instrumentationLibrarySpans'];

type Fields = Readonly<Record<string, unknown>>;

export interface FoundSpans {
  readonly spans: readonly Span[];
  /** Records in the place of spans that are none. */
  readonly unread: number;
}

/**
 * All spans of a JSON value: a span, lists of spans however deep, answers of Datadog's and Jaeger's APIs (`data`), and OpenTelemetry's
 * export (`resourceSpans`), whose resource lends its tags to its spans.
 */
export function spansIn(value: unknown): FoundSpans {
  const spans: Span[] = [];
  let unread = 0;
  const pending: { readonly value: unknown; readonly shared: Fields }[] = [{ value, shared: {} }];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const span = readSpan(at.value, at.shared);
    if (span) {
      spans.push(span);
      continue;
    }
    const lists = listsOf(at.value);
    if (lists.length === 0 && !Array.isArray(at.value)) unread++;
    const shared = { ...at.shared, ...sharedBy(at.value) };
    for (const list of lists) for (let index = list.length - 1; index >= 0; index--) pending.push({ value: list[index], shared });
  }
  return { spans, unread };
}

function listsOf(value: unknown): readonly (readonly unknown[])[] {
  if (Array.isArray(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as Fields;
  const lists = LISTS.flatMap((name) => {
    const list = fields[name];
    return Array.isArray(list) ? [list as readonly unknown[]] : [];
  });
  const { attributes } = fields;
  return lists.length === 0 && typeof attributes === 'object' && attributes !== null && Array.isArray((attributes as Fields).spans)
    ? [(attributes as { readonly spans: readonly unknown[] }).spans]
    : lists;
}

/** What all spans of a part have in common: OpenTelemetry's resource, Jaeger's table of processes. */
function sharedBy(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) return {};
  const { resource, processes } = value as Fields;
  const attributes = typeof resource === 'object' && resource !== null ? (resource as Fields).attributes : undefined;
  return { ...(attributes === undefined ? {} : { resourceAttributes: attributes }), ...(processes === undefined ? {} : { processes }) };
}
