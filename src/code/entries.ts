import type { FrameMapping, StackFrame } from '../domain/frame';
import type { Span } from '../domain/span';
import { codeOrigin, functionTag } from './codeOrigin';
import type { FrameContext, FrameMapper } from './mapping';
import { parseRoute } from './routeTemplate';

const NOWHERE: StackFrame = { function: null, file: null, line: null, column: null, kind: 'app' };

/**
 * Where a span says that a request entered the program's own code. Code Origin names file and line; without it the frame has
 * no file: at best a function, else only the span's resource tells, as a route. Null for exits and for spans that serve nothing.
 */
export function entryFrame(span: Span): StackFrame | null {
  const origin = codeOrigin(span.meta, span.metrics);
  if (origin?.type === 'exit') return null;
  if (origin !== null) return origin.frames.find((candidate) => candidate.kind === 'app' && candidate.line !== null) ?? null;
  if (span.meta['span.kind'] !== 'server') return null;
  const name = functionTag(span.meta);
  if (name !== null) return { ...NOWHERE, function: name };
  return parseRoute(span.resource) === null ? null : NOWHERE;
}

/** Finds an {@link entryFrame} in the workspace: by file and line, by the function's name, or by where the route is registered. */
export function mapEntry(
  frame: StackFrame,
  resource: string | null,
  context: FrameContext,
  mapper: FrameMapper,
  signal: AbortSignal,
): Promise<FrameMapping> {
  if (frame.file !== null) return mapper.map(frame, context, signal);
  if (frame.function !== null) return mapper.mapFunction(frame.function, context, signal);
  return mapper.mapRoute(resource ?? '', context, signal);
}
