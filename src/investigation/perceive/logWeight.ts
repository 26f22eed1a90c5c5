import type { LogEvent } from '../../domain/log';

/** How long the incident's sample lasts over how long the quiet one does, 1 at most and where that cannot be told. */
export function weightBetween(loud: readonly LogEvent[], quiet: readonly LogEvent[]): number {
  const during = spanOf(loud);
  const before = spanOf(quiet);
  return during > 0 && before > 0 ? Math.min(1, during / before) : 1;
}

function spanOf(events: readonly LogEvent[]): number {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { timestampMs } of events) {
    first = Math.min(first, timestampMs);
    last = Math.max(last, timestampMs);
  }
  return Math.max(0, last - first);
}
