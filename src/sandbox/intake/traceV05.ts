import { HttpError } from '../http';
import type { RawSpan } from './rawSpan';

/**
 * Version 0.5 of the trace payload: `[texts, chunks]`, a span being a row of twelve: service, name, resource, trace id, span id,
 * parent id, start, duration, error, meta, metrics, type; texts are indices into the table.
 */
export function rowsOfV05(payload: unknown): RawSpan[][] {
  if (!Array.isArray(payload) || !Array.isArray(payload[0]) || !Array.isArray(payload[1])) {
    throw new HttpError(400, 'The payload is not a table of texts and an array of traces.');
  }
  const [texts, chunks] = payload as [unknown[], unknown[]];
  return chunks.map((chunk, at) => {
    if (!Array.isArray(chunk)) throw new HttpError(400, `Trace ${at} is not an array of spans.`);
    return chunk.map((row) => spanOfRow(row, texts));
  });
}

function spanOfRow(row: unknown, texts: readonly unknown[]): RawSpan {
  if (!Array.isArray(row) || row.length !== 12) throw new HttpError(400, 'A span is not an array of 12 elements.');
  const textAt = (index: unknown): string => {
    const text = texts[Number(index)];
    if (typeof text !== 'string') throw new HttpError(400, `The table of texts has no entry ${String(index)}.`);
    return text;
  };
  const [service, name, resource, traceId, spanId, parentId, start, duration, error, meta, metrics, type] = row as unknown[];
  return {
    service: textAt(service),
    name: textAt(name),
    resource: textAt(resource),
    trace_id: traceId,
    span_id: spanId,
    parent_id: parentId,
    start,
    duration,
    error,
    meta: Object.fromEntries(Object.entries(asMap(meta)).map(([key, value]) => [textAt(key), textAt(value)])),
    metrics: Object.fromEntries(Object.entries(asMap(metrics)).map(([key, value]) => [textAt(key), value])),
    type: textAt(type),
  };
}

function asMap(value: unknown): object {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object') throw new HttpError(400, 'The meta or metrics of a span are not a map.');
  return value;
}
