import type { CodeHit } from '../domain/evidence';
import type { StackFrame } from '../domain/frame';
import type { Span } from '../domain/span';
import { codeOrigin } from './codeOrigin';
import { parseStack } from './frames/parseStack';
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
}

const MAX_HITS = 40;
/** So many different stacks are read. */
const MAX_STACKS = 200;

/**
 * Where spans touched the code: the handlers that Code Origin names (with Express the line where the route is registered)
 * and the frames of the application that failed. Errors are counted once a trace, however many spans pass them on. Most
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

/** {@link collectHeat}, looked up in the workspace. Hits that cannot be placed are kept without a place in it. */
export async function hotPaths(
  spans: readonly Span[],
  onsetMs: number | null,
  mapper: FrameMapper,
  signal: AbortSignal,
): Promise<CodeHit[]> {
  const hits: CodeHit[] = [];
  for (const { frame, commit, ...measured } of collectHeat(spans, onsetMs)) {
    const context: FrameContext = { commit, service: measured.service };
    const mapping = await mapper.map(frame, context, signal);
    const location = mapping.deployed ?? { file: frame.file ?? '', line: frame.line ?? 1, function: frame.function };
    hits.push({ location, workspace: mapping.location, ...measured });
  }
  return hits;
}

function addOrigin(heats: Map<string, OpenHeat>, span: Span, onsetMs: number | null): void {
  const origin = codeOrigin(span.meta, span.metrics);
  const frame = origin?.frames.find((candidate) => candidate.kind === 'app' && candidate.line !== null);
  if (frame === undefined || origin?.type === 'exit') return;
  const heat = heatAt(heats, frame, span, span.resource);
  if (onsetMs !== null && span.startMs < onsetMs) {
    heat.beforeMs.push(span.durationMs);
    return;
  }
  heat.requests += 1;
  heat.errors += span.isError ? 1 : 0;
  heat.nowMs.push(span.durationMs);
}

function addFailure(heats: Map<string, OpenHeat>, stacks: Map<string, StackFrame | null>, span: Span): void {
  const stack = span.meta['error.stack'] ?? span.meta['exception.stacktrace'];
  if (stack === undefined || (!stacks.has(stack) && stacks.size >= MAX_STACKS)) return;
  const frame = stacks.has(stack) ? stacks.get(stack) : failingFrame(stack);
  stacks.set(stack, frame ?? null);
  if (frame == null) return;
  const heat = heatAt(heats, frame, span, null);
  if (heat.traces.has(span.traceId)) return;
  heat.traces.add(span.traceId);
  heat.requests += 1;
  heat.errors += 1;
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
  const key = JSON.stringify([span.service, frame.file, frame.line, resource]);
  const known = heats.get(key);
  if (known !== undefined) return known;
  const heat: OpenHeat = { frame, service: span.service, resource, traces: new Set(), requests: 0, errors: 0, nowMs: [], beforeMs: [] };
  heats.set(key, heat);
  return heat;
}

/** Service → the commit that its newest tagged span names; tracers tag only the first span of a service in a trace. */
function commitsOf(spans: readonly Span[]): ReadonlyMap<string, string> {
  const newest = new Map<string, Span>();
  for (const span of spans) {
    if (span.meta['git.commit.sha'] === undefined) continue;
    const known = newest.get(span.service);
    if (known === undefined || known.startMs < span.startMs) newest.set(span.service, span);
  }
  return new Map([...newest].map(([service, span]) => [service, span.meta['git.commit.sha'] ?? '']));
}

function close(heat: OpenHeat, commits: ReadonlyMap<string, string>): Heat {
  const { frame, service, resource, requests, errors } = heat;
  const commit = commits.get(service) ?? null;
  return {
    frame,
    service,
    resource,
    commit,
    requests,
    errors,
    p95Ms: percentile95(heat.nowMs),
    baselineP95Ms: percentile95(heat.beforeMs),
  };
}

/** Nearest-rank percentile; null without values. */
function percentile95(values: readonly number[]): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
}
