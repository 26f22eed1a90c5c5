import type { Span } from '../../domain/span';
import type { TimeWindow } from '../../domain/timeSeries';
import { createTimeline } from './timeline';
import { traceKey, traceKeys } from './traceKey';

/** Spans by time and by trace. */
export interface SpanTable {
  add(span: Span): void;
  within(window: TimeWindow): Iterable<Span>;
  /** The spans of a trace, however its id is written. */
  trace(traceId: string): readonly Span[];
  prune(oldestMs: number): void;
}

export function createSpanTable(maxSpans: number): SpanTable {
  const traces = new Map<string, Span[]>();
  const timeline = createTimeline<Span>({
    timeMs: ({ startMs }) => startMs,
    maxItems: maxSpans,
    onEvict(span) {
      const key = traceKey(span.traceId);
      const spans = traces.get(key);
      if (spans === undefined) return;
      spans.splice(spans.indexOf(span), 1);
      if (spans.length === 0) traces.delete(key);
    },
  });
  return {
    add(span) {
      timeline.add(span);
      const key = traceKey(span.traceId);
      const spans = traces.get(key);
      if (spans === undefined) traces.set(key, [span]);
      else spans.push(span);
    },
    within: (window) => timeline.within(window),
    trace(traceId) {
      for (const key of traceKeys(traceId)) {
        const spans = traces.get(key);
        if (spans !== undefined) return spans;
      }
      return [];
    },
    prune: (oldestMs) => timeline.prune(oldestMs),
  };
}
