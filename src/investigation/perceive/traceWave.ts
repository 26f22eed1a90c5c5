import { formatPlural } from '../../domain/format';
import type { Span } from '../../domain/span';
import { buildTraces, type Trace } from '../../signals/traces/traceTree';
import type { Gathered } from '../gathered';
import { searchAny } from '../queries';
import type { Run } from '../run';

const FAILED_TRACES = 5;
const SLOW_TRACES = 5;
const NORMAL_TRACES = 5;
const SPAN_LIMIT = 1000;
/** A trace's other spans may begin before the one that was found. */
const MARGIN_MS = 60_000;

export interface Traces {
  readonly during: readonly Trace[];
  readonly before: readonly Trace[];
}

/**
 * Fetches some traces whole, in one call: those that failed (one a kind of failure), the slowest, and ordinary ones of the
 * same requests from the quiet hour. Together with the sampled spans they become trees.
 */
export async function readTraces(gathered: Gathered, run: Run): Promise<Traces> {
  const { windows, errorSpans, spans, quietSpans } = gathered;
  const ids = [...new Set([...failedTraces(errorSpans.items), ...slowTraces(spans.items), ...normalTraces(spans.items, quietSpans.items)])];
  const whole = ids.length === 0 ? [] : await fetchWhole(ids, gathered, run);
  const all = [...whole, ...errorSpans.items, ...spans.items, ...quietSpans.items];
  const isDuring = (trace: Trace) => trace.nodes.some((node) => node.span.startMs >= windows.incident.fromMs);
  const traces = buildTraces(all);
  return { during: traces.filter(isDuring), before: traces.filter((trace) => !isDuring(trace)) };
}

async function fetchWhole(ids: readonly string[], { windows }: Gathered, run: Run): Promise<Span[]> {
  if (run.callsLeft === 0) {
    run.leaveOut('Whole traces');
    return [];
  }
  return run.ask<Span[]>({
    agent: 'datadog.traces',
    otherwise: [],
    ask: (signal) =>
      run.deps.telemetry.searchSpans(
        {
          query: searchAny('trace_id', ids),
          window: { fromMs: windows.whole.fromMs - MARGIN_MS, toMs: windows.whole.toMs },
          limit: SPAN_LIMIT,
        },
        signal,
      ),
    note: (found) => `${formatPlural(found.length, 'span')} of ${formatPlural(ids.length, 'trace')}`,
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

function slowTraces(spans: readonly Span[]): string[] {
  const sorted = [...spans].sort((a, b) => b.durationMs - a.durationMs);
  return [...new Set(sorted.map((span) => span.traceId))].slice(0, SLOW_TRACES);
}

/** Traces of the quiet hour for the requests that are slow now, those of middling duration. */
function normalTraces(during: readonly Span[], quiet: readonly Span[]): string[] {
  const slow = [...during].sort((a, b) => b.durationMs - a.durationMs).slice(0, 20);
  const wanted = new Set(slow.map((span) => span.resource));
  const like = quiet.filter((span) => wanted.has(span.resource)).sort((a, b) => a.durationMs - b.durationMs);
  const middle = Math.max(0, Math.floor((like.length - NORMAL_TRACES) / 2));
  return [...new Set(like.slice(middle).map((span) => span.traceId))].slice(0, NORMAL_TRACES);
}
