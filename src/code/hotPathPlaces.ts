import type { StackFrame } from '../domain/frame';
import type { Span } from '../domain/span';
import { entryFrame } from './entries';
import { failingFrame, stackOf } from './hotPaths';

/** Spans that touch the code at one place. */
export interface SpanGroup {
  readonly kind: 'entry' | 'failure';
  readonly frame: StackFrame;
  readonly service: string;
  /** The route for an entry; null for a failure, which many routes may reach. */
  readonly resource: string | null;
  readonly env: string | null;
  /** Newest first. For failures one a trace, however many spans pass the error on. */
  readonly spans: readonly Span[];
}

interface OpenGroup extends Omit<SpanGroup, 'spans'> {
  readonly spans: Map<string, Span>;
}

/** So many different stacks are read. */
const MAX_STACKS = 200;
/** So many places are looked at, those with most spans first. */
const MAX_GROUPS = 100;

/** Groups spans by where they entered the code, as Code Origin or their route says, and by the line that their error came out of. */
export function groupSpans(spans: readonly Span[]): SpanGroup[] {
  const groups = new Map<string, OpenGroup>();
  const stacks = new Map<string, StackFrame | null>();
  const seen = new Set<string>();
  for (const span of spans) {
    const id = `${span.traceId} ${span.spanId}`;
    if (seen.has(id)) continue;
    seen.add(id);
    const entry = entryFrame(span);
    if (entry !== null) add(groups, 'entry', entry, span, id);
    const failure = span.isError ? frameOf(span, stacks) : null;
    if (failure !== null) add(groups, 'failure', failure, span, span.traceId);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, spans: [...group.spans.values()].sort((left, right) => right.startMs - left.startMs) }))
    .sort((left, right) => right.spans.length - left.spans.length)
    .slice(0, MAX_GROUPS);
}

/** The operations whose trace metrics tell of the entries, those with most spans first. */
export function operationsOf(groups: readonly SpanGroup[], atMost: number): string[] {
  const counts = new Map<string, number>();
  for (const { kind, spans } of groups) {
    if (kind === 'entry') for (const { name } of spans) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([name]) => name)
    .slice(0, atMost);
}

function frameOf(span: Span, stacks: Map<string, StackFrame | null>): StackFrame | null {
  const stack = stackOf(span);
  if (stack === undefined) return null;
  const known = stacks.get(stack);
  if (known !== undefined) return known;
  const frame = stacks.size < MAX_STACKS ? failingFrame(stack) : null;
  if (stacks.size < MAX_STACKS) stacks.set(stack, frame);
  return frame;
}

function add(groups: Map<string, OpenGroup>, kind: SpanGroup['kind'], frame: StackFrame, span: Span, id: string): void {
  const resource = kind === 'entry' ? span.resource : null;
  const env = span.meta.env ?? null;
  const key = JSON.stringify([kind, span.service, env, frame.file, frame.line, frame.function, resource]);
  const known = groups.get(key);
  const group = known ?? { kind, frame, service: span.service, resource, env, spans: new Map() };
  if (!known) groups.set(key, group);
  const newest = group.spans.get(id);
  if (newest === undefined || newest.startMs < span.startMs) group.spans.set(id, span);
}
