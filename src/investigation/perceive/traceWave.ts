import { formatPlural } from '../../domain/format';
import type { Span } from '../../domain/span';
import { median } from '../../signals/statistics';
import { maskResource } from '../../signals/traces/repeats';
import { buildTraces, type Trace } from '../../signals/traces/traceTree';
import type { Gathered } from '../gathered';
import { searchAll, searchAny, searchTerm } from '../queries';
import type { Run } from '../run';

const FAILED_TRACES = 5;
const SLOW_TRACES = 4;
/** Traces of either time at most, those that failed or are slowest included. */
const MAX_TRACES = 12;
const SPAN_LIMIT = 1000;
/** A whole trace has about this many times the spans that its alerting service has in it. */
const SPANS_A_SPAN = 4;
/** A trace's other spans may begin before the one that was found. */
const MARGIN_MS = 60_000;

export interface Traces {
  readonly during: readonly Trace[];
  readonly before: readonly Trace[];
}

/**
 * Fetches some traces whole, in one call: those that failed (one a kind of failure), the slowest, and of both times some of
 * each shape, so that what changed can be told from what one kind of request always looks like. Together with the sampled spans
 * they become trees. Where the alerting service has no spans, those of any service stand in.
 */
export async function readTraces(gathered: Gathered, run: Run): Promise<Traces> {
  const { windows, errorSpans, spans, quietSpans, opening } = gathered;
  const sampled = sampledTraces([...spans.items, ...quietSpans.items]);
  const isLate = ({ startMs }: Sampled) => startMs >= windows.incident.fromMs;
  const during = [...failedTraces(errorSpans.items), ...lateTraces(sampled.filter(isLate))];
  const before = varied(sampled.filter((trace) => !isLate(trace)).sort(byDistanceToMiddle(sampled)));
  const ids = withinLimit(during, before, new Map(sampled.map(({ id, count }) => [id, count])));
  const env = opening.env === null ? null : searchTerm('env', opening.env);
  const query = ids.length > 0 ? searchAny('trace_id', ids) : opening.service === null ? null : searchAll(env);
  const whole = query === null ? [] : await fetchWhole(query, gathered, run);
  if (whole.length >= SPAN_LIMIT)
    run.addProblem(`Traces were read up to ${SPAN_LIMIT.toLocaleString('en')} spans: longer ones have calls that are not counted.`);
  const all = [...whole, ...errorSpans.items, ...spans.items, ...quietSpans.items];
  const isDuring = (trace: Trace) => trace.nodes.some((node) => node.span.startMs >= windows.incident.fromMs);
  const traces = buildTraces(all);
  return { during: traces.filter(isDuring), before: traces.filter((trace) => !isDuring(trace)) };
}

async function fetchWhole(query: string, { windows }: Gathered, run: Run): Promise<Span[]> {
  if (run.callsLeft === 0) {
    run.leaveOut('Whole traces', 'datadog.traces');
    return [];
  }
  return run.ask<Span[]>({
    agent: 'datadog.traces',
    otherwise: [],
    ask: (signal) =>
      run.deps.telemetry.searchSpans(
        {
          query,
          window: { fromMs: windows.whole.fromMs - MARGIN_MS, toMs: windows.whole.toMs },
          limit: SPAN_LIMIT,
        },
        signal,
      ),
    note: (found) => `${formatPlural(found.length, 'span')} of ${formatPlural(new Set(found.map((span) => span.traceId)).size, 'trace')}`,
  });
}

/** One trace for each service and kind of error, in the order in which they came. */
function failedTraces(spans: readonly Span[]): string[] {
  const kinds = new Map<string, string>();
  for (const span of spans) {
    const kind = JSON.stringify([span.service, span.resource, span.meta['error.type'] ?? span.meta['error.message'] ?? '']);
    if (!kinds.has(kind)) kinds.set(kind, span.traceId);
  }
  return [...new Set(kinds.values())].slice(0, FAILED_TRACES);
}

/** What a search for the spans of one service shows of a trace. */
interface Sampled {
  readonly id: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly count: number;
  /** Which requests and calls are in it. */
  readonly shape: string;
}

function sampledTraces(spans: readonly Span[]): readonly Sampled[] {
  const groups = new Map<string, Span[]>();
  for (const span of spans) {
    const known = groups.get(span.traceId);
    if (known) known.push(span);
    else groups.set(span.traceId, [span]);
  }
  return [...groups].map(([id, found]) => ({
    id,
    startMs: found.reduce((first, { startMs }) => Math.min(first, startMs), Number.POSITIVE_INFINITY),
    durationMs: found.reduce((longest, { durationMs }) => Math.max(longest, durationMs), 0),
    count: found.length,
    shape: [...new Set(found.map(({ resource }) => maskResource(resource)))].sort().join('\n'),
  }));
}

function lateTraces(late: readonly Sampled[]): string[] {
  const slowest = [...late].sort((a, b) => b.durationMs - a.durationMs);
  return [...slowest.slice(0, SLOW_TRACES).map(({ id }) => id), ...varied(slowest)];
}

/** Ordinary ones first: those whose duration is nearest to the middle one. */
function byDistanceToMiddle(traces: readonly Sampled[]): (a: Sampled, b: Sampled) => number {
  const middleMs = median(traces.map(({ durationMs }) => durationMs));
  return (a, b) => Math.abs(a.durationMs - middleMs) - Math.abs(b.durationMs - middleMs);
}

/** One of each shape in turn, so that no frequent request crowds out the others. */
function varied(traces: readonly Sampled[]): string[] {
  const shapes = new Map<string, string[]>();
  for (const { id, shape } of traces) {
    const known = shapes.get(shape);
    if (known) known.push(id);
    else shapes.set(shape, [id]);
  }
  const ids: string[] = [];
  for (let turn = 0; turn < MAX_TRACES; turn++) for (const group of shapes.values()) ids.push(...group.slice(turn, turn + 1));
  return ids;
}

/** Takes of both times in turn what one answer is likely to hold. */
function withinLimit(during: readonly string[], before: readonly string[], counts: ReadonlyMap<string, number>): readonly string[] {
  const late = [...new Set(during)].slice(0, MAX_TRACES);
  const early = [...new Set(before)].slice(0, MAX_TRACES);
  const chosen: string[] = [];
  let left = SPAN_LIMIT / SPANS_A_SPAN;
  for (let turn = 0; turn < MAX_TRACES; turn++)
    for (const id of [late[turn], early[turn]]) {
      if (id === undefined || left <= 0) continue;
      chosen.push(id);
      left -= counts.get(id) ?? 1;
    }
  return chosen;
}
