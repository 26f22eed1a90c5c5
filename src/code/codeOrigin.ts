import type { StackFrame } from '../domain/frame';
import { kindOfFile } from './frames/origin';
import { positiveOrNull } from './frames/text';

/** Where a span began in the code, as the tracer recorded it. */
export interface CodeOrigin {
  /** `entry`: frames lead to the handler that serves the request; `exit`: to the call that left the service. */
  readonly type: 'entry' | 'exit' | null;
  /** Innermost first. */
  readonly frames: readonly StackFrame[];
}

type Meta = Readonly<Record<string, string>>;
type Metrics = Readonly<Record<string, number>>;

const MAX_FRAMES = 8;

/**
 * Reads Datadog's `_dd.code_origin.*` tags, or else OpenTelemetry's `code.*` attributes (stable and legacy names), from
 * a span. Null when the span carries neither. Numbers may stand in `meta` as text or in `metrics`.
 */
export function codeOrigin(meta: Meta, metrics: Metrics = {}): CodeOrigin | null {
  return datadogOrigin(meta, metrics) ?? openTelemetryOrigin(meta, metrics);
}

function datadogOrigin(meta: Meta, metrics: Metrics): CodeOrigin | null {
  const frames: StackFrame[] = [];
  for (let at = 0; at < MAX_FRAMES; at += 1) {
    const prefix = `_dd.code_origin.frames.${at}`;
    const file = meta[`${prefix}.file`];
    if (file === undefined || file === '') break;
    const type = meta[`${prefix}.type`];
    const method = meta[`${prefix}.method`] ?? null;
    frames.push({
      function: type !== undefined && method !== null ? `${type}.${method}` : method,
      file,
      line: numberAt(meta, metrics, [`${prefix}.line`]),
      column: numberAt(meta, metrics, [`${prefix}.column`]),
      kind: kindOfFile(file),
    });
  }
  if (frames.length === 0) return null;
  const type = meta['_dd.code_origin.type'];
  return { type: type === 'entry' || type === 'exit' ? type : null, frames };
}

/** https://opentelemetry.io/docs/specs/semconv/registry/attributes/code/ */
function openTelemetryOrigin(meta: Meta, metrics: Metrics): CodeOrigin | null {
  const file = meta['code.file.path'] ?? meta['code.filepath'];
  if (file === undefined || file === '') return null;
  const frame: StackFrame = {
    function: functionTag(meta),
    file,
    line: numberAt(meta, metrics, ['code.line.number', 'code.lineno']),
    column: numberAt(meta, metrics, ['code.column.number', 'code.column']),
    kind: kindOfFile(file),
  };
  return { type: null, frames: [frame] };
}

/** The function that OpenTelemetry's attributes name, which they may do without its file; null when they do not. */
export function functionTag(meta: Meta): string | null {
  const stable = meta['code.function.name'];
  if (stable !== undefined) return stable;
  const name = meta['code.function'];
  if (name === undefined) return null;
  const namespace = meta['code.namespace'];
  return namespace === undefined ? name : `${namespace}.${name}`;
}

function numberAt(meta: Meta, metrics: Metrics, keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = positiveOrNull(metrics[key] ?? Number(meta[key] ?? 0));
    if (value !== null) return value;
  }
  return null;
}
