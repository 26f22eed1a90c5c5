import type { CodeHit } from '../domain/evidence';
import type { StackFrame } from '../domain/frame';
import type { Span } from '../domain/span';
import { commitTag } from './deployedCommit';
import { entryFrame, mapEntry } from './entries';
import { parseStack } from './frames/parseStack';
import { percentile } from './hotPathLoads';
import type { FrameContext, FrameMapper } from './mapping';

/** A source location with what was measured there, before it is looked up in the workspace. */
export interface Heat {
  readonly frame: StackFrame;
  readonly service: string;
  readonly resource: string | null;
  /** The commit that ran, where a span of the service names one. */
  readonly commit: string | null;
  readonly requests: number;
  readonly errors: number;
  /** 95th percentile of the durations since the onset, or of all when there is no onset. */
  readonly p95Ms: number | null;
  /** The same before the onset. */
  readonly baselineP95Ms: number | null;
  readonly lastSeenMs: number;
  /** What the newest of the errors said, for a frame that failed. */
  readonly error?: string;
}

interface OpenHeat {
  readonly frame: StackFrame;
  readonly service: string;
  readonly resource: string | null;
  readonly traces: Set<string>;
  requests: number;
  errors: number;
  readonly nowMs: number[];
  readonly beforeMs: number[];
  lastSeenMs: number;
  error?: string;
}

const MAX_HITS = 40;
/** So many different stacks are read. */
const MAX_STACKS = 200;
const MAX_ERROR_CHARACTERS = 500;

/**
 * Where spans touched the code: the handlers that Code Origin names (with Express the line where the route is registered),
 * routes without it, and the frames of the application that failed. Errors are counted once a trace, however many spans pass them on. Most
 * errors first, then most requests.
 */
export function collectHeat(spans: readonly Span[], onsetMs: number | null): Heat[] {
  const heats = new Map<string, OpenHeat>();
  const stacks = new Map<string, StackFrame | null>();
  for (const span of spans) {
    addOrigin(heats, span, onsetMs);
    if (span.isError && (onsetMs === null || span.startMs >= onsetMs)) addFailure(heats, stacks, span);
  }
  const commits = commitsOf(spans);
  return [...heats.values()]
    .map((heat) => close(heat, commits))
    .sort((left, right) => right.errors - left.errors || right.requests - left.requests)
    .slice(0, MAX_HITS);
}

/**
 * {@link collectHeat}, looked up in the workspace. Hits that cannot be placed are kept without a place in it, but not routes
 * that are registered nowhere.
 */
export async function hotPaths(
  spans: readonly Span[],
  onsetMs: number | null,
  mapper: FrameMapper,
  signal: AbortSignal,
): Promise<CodeHit[]> {
  const hits: CodeHit[] = [];
  for (const { frame, commit, ...measured } of collectHeat(spans, onsetMs)) {
    const context: FrameContext = { commit, service: measured.service };
    const mapping = await mapEntry(frame, measured.resource, context, mapper, signal);
    if (frame.file === null && mapping.deployed === null) continue;
    const location = mapping.deployed ?? { file: frame.file ?? '', line: frame.line ?? 1, function: frame.function };
    hits.push({ location, workspace: mapping.location, ...measured });
  }
  return hits;
}

function addOrigin(heats: Map<string, OpenHeat>, span: Span, onsetMs: number | null): void {
  const frame = entryFrame(span);
  if (frame === null) return;
  const heat = heatAt(heats, frame, span, span.resource);
  if (onsetMs !== null && span.startMs < onsetMs) {
    heat.beforeMs.push(span.durationMs);
    return;
  }
  heat.requests += 1;
  heat.errors += span.isError ? 1 : 0;
  heat.nowMs.push(span.durationMs);
  heat.lastSeenMs = Math.max(heat.lastSeenMs, span.startMs);
}

function addFailure(heats: Map<string, OpenHeat>, stacks: Map<string, StackFrame | null>, span: Span): void {
  const stack = stackOf(span);
  if (stack === undefined || (!stacks.has(stack) && stacks.size >= MAX_STACKS)) return;
  const frame = stacks.has(stack) ? stacks.get(stack) : failingFrame(stack);
  stacks.set(stack, frame ?? null);
  if (frame == null) return;
  const heat = heatAt(heats, frame, span, null);
  if (span.startMs >= heat.lastSeenMs) {
    heat.lastSeenMs = span.startMs;
    heat.error = errorText(span);
  }
  if (heat.traces.has(span.traceId)) return;
  heat.traces.add(span.traceId);
  heat.requests += 1;
  heat.errors += 1;
}

/** The stack trace that a span carries, under Datadog's or OpenTelemetry's name. */
export function stackOf({ meta }: Span): string | undefined {
  return meta['error.stack'] ?? meta['exception.stacktrace'];
}

/** Type and message of a span's error, as the program wrote them; the start of a very long one. */
export function errorText({ meta }: Span): string {
  const type = meta['error.type'] ?? meta['exception.type'] ?? '';
  const message = meta['error.message'] ?? meta['error.msg'] ?? meta['exception.message'] ?? '';
  return [type, message].filter(Boolean).join(': ').slice(0, MAX_ERROR_CHARACTERS);
}

/** The innermost frame of the application in the root cause, or in the nearest exception that has one. */
export function failingFrame(stack: string): StackFrame | null {
  for (const exception of parseStack(stack).toReversed()) {
    const frame = exception.frames.find((candidate) => candidate.kind === 'app' && candidate.line !== null);
    if (frame !== undefined) return frame;
  }
  return null;
}

function heatAt(heats: Map<string, OpenHeat>, frame: StackFrame, span: Span, resource: string | null): OpenHeat {
  const key = JSON.stringify([span.service, frame.file, frame.line, frame.function, resource]);
  const known = heats.get(key);
  if (known !== undefined) return known;
  const counts = { traces: new Set<string>(), requests: 0, errors: 0, nowMs: [], beforeMs: [], lastSeenMs: 0 };
  const heat: OpenHeat = { frame, service: span.service, resource, ...counts };
  heats.set(key, heat);
  return heat;
}

/** Service → the commit that its newest tagged span names; tracers tag only the first span of a service in a trace. */
export function commitsOf(spans: readonly Span[]): ReadonlyMap<string, string> {
  const newest = new Map<string, { readonly startMs: number; readonly sha: string }>();
  for (const { service, startMs, meta } of spans) {
    const tag = commitTag(meta);
    if (tag !== null && (newest.get(service)?.startMs ?? -1) < startMs) newest.set(service, { startMs, sha: tag.sha });
  }
  return new Map([...newest].map(([service, { sha }]) => [service, sha]));
}

function close(heat: OpenHeat, commits: ReadonlyMap<string, string>): Heat {
  const { frame, service, resource, requests, errors, lastSeenMs, error } = heat;
  const commit = commits.get(service) ?? null;
  const p95 = (values: readonly number[]) => percentile(values, 0.95);
  const measured = { requests, errors, p95Ms: p95(heat.nowMs), baselineP95Ms: p95(heat.beforeMs), lastSeenMs };
  return { frame, service, resource, commit, ...measured, ...(error ? { error } : {}) };
}
