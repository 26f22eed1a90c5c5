import type { Span as ClientSpan } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/Span';
import type { SpansAttributes } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/SpansAttributes';
import type { Span } from '../domain/span';
import { tagValue } from '../domain/timeSeries';
import { exactMillisOf, fieldsOf, flattened, textOrNull } from './values';

const NANOS_PER_MS = 1e6;

/**
 * A span of Datadog's search in the tracers' vocabulary: the nested `custom` becomes flat dotted tags again, text in `meta`
 * and numbers in `metrics`; ids stay the text that was sent. null for a span without a start.
 */
export function spanOf({ attributes }: ClientSpan): Span | null {
  const startMs = exactMillisOf(attributes?.startTimestamp);
  if (attributes === undefined || startMs === null) return null;
  const { meta, metrics } = tagsOf(attributes);
  const { duration } = metrics;
  delete metrics.duration;
  return {
    traceId: attributes.traceId ?? '',
    spanId: attributes.spanId ?? '',
    parentId: parentOf(attributes.parentId),
    service: attributes.service ?? '',
    name: textOrNull(attributes.additionalProperties?.operation_name) ?? meta.operation_name ?? '',
    resource: attributes.resourceName ?? '',
    type: attributes.type ?? meta.type ?? '',
    startMs,
    durationMs:
      duration === undefined ? Math.max(0, (exactMillisOf(attributes.endTimestamp) ?? startMs) - startMs) : duration / NANOS_PER_MS,
    isError: isError(attributes),
    meta,
    metrics,
  };
}

/** A root span has the parent `0`, or none. */
const parentOf = (parentId: string | undefined) => (parentId === undefined || /^0*$/.test(parentId) ? null : parentId);

function tagsOf(attributes: SpansAttributes) {
  const meta: Record<string, string> = {};
  const metrics: Record<string, number> = {};
  for (const [path, leaf] of [...flattened(attributes.attributes), ...flattened(attributes.custom)]) {
    if (typeof leaf === 'number') metrics[path] = leaf;
    else if (leaf !== null && leaf !== undefined) meta[path] = typeof leaf === 'string' ? leaf : JSON.stringify(leaf);
  }
  const tags = attributes.tags ?? [];
  const known = { env: attributes.env ?? tagValue(tags, 'env'), version: tagValue(tags, 'version'), host: attributes.host };
  for (const [key, value] of Object.entries(known)) if (value && meta[key] === undefined) meta[key] = value;
  return { meta, metrics };
}

/** The status where there is one; else whether the span carries an error. */
function isError({ additionalProperties, custom, tags = [] }: SpansAttributes): boolean {
  const status = textOrNull(additionalProperties?.status) ?? textOrNull(custom?.status) ?? tagValue(tags, 'status');
  if (status === 'error' || status === 'ok') return status === 'error';
  const error: unknown = custom?.error;
  if (typeof error === 'object') return ['type', 'message', 'stack'].some((field) => textOrNull(fieldsOf(error)[field]) !== null);
  return error === true || error === 1 || error === '1';
}
