import type { CapturedTrace } from './capturedTrace';

export interface SampleOptions {
  /** When the fault began. */
  readonly faultMs: number;
  /** Failed traces of both sides together; the same part of each side's is kept, so that their numbers compare. */
  readonly maxFailed: number;
  /** Other traces of each side. */
  readonly maxFineBefore: number;
  readonly maxFineAfter: number;
}

/** A few whole traces that stand for all, evenly spread over time. Most of the fine ones come without their log lines. */
export function sampleTraces(
  traces: readonly CapturedTrace[],
  { faultMs, maxFailed, maxFineBefore, maxFineAfter }: SampleOptions,
): CapturedTrace[] {
  const isFailed = ({ spans }: CapturedTrace) => spans.some(({ isError }) => isError);
  const isBefore = ({ root }: CapturedTrace) => root.startMs < faultMs;
  const fine = traces.filter((trace) => !isFailed(trace));
  const kept = [
    ...spread(fine.filter(isBefore), maxFineBefore).map(quietly),
    ...spread(
      fine.filter((trace) => !isBefore(trace)),
      maxFineAfter,
    ).map(quietly),
    ...spread(traces.filter(isFailed), maxFailed),
  ];
  return kept.sort((a, b) => a.root.startMs - b.root.startMs);
}

function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, index) => items[Math.floor(((index + 0.5) * items.length) / most)] as T);
}

/** One fine trace in three says in the log what it did. */
const quietly = (trace: CapturedTrace, index: number): CapturedTrace => (index % 3 === 0 ? trace : { ...trace, logs: [] });
