import { type CapturedTrace, movedTrace, type NewId } from './capturedTrace';
import { shuffled } from './random';
import { dailyShape } from './traffic';

/** A stretch of time that is filled with traces of one kind, such as those before a deployment. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly traces: readonly CapturedTrace[];
  /** Traces a minute that are written at most; where there were more, each stands for several. */
  readonly maxPerMin: number;
  /** Whether the traces bring their log lines. */
  readonly hasLogs: boolean;
}

export interface HistoryOptions {
  /** Mean of requests a second over the day; the shape of the day is put on top. */
  readonly requestsPerSec: number;
  /** Time of day that a moment has in the shop. */
  readonly timeOfDayMs: (epochMs: number) => number;
  readonly random: () => number;
  readonly newId: NewId;
}

const MINUTE_MS = 60_000;

/** Fills stretches of time, minute by minute and in ascending time, with real traces moved to where they are needed. */
export function* writeHistory(stretches: readonly Stretch[], options: HistoryOptions): Generator<CapturedTrace> {
  for (const stretch of stretches) {
    const next = cycle(stretch.traces, options.random);
    for (let fromMs = stretch.fromMs; fromMs < stretch.toMs; fromMs += MINUTE_MS) {
      yield* writeMinute(stretch, fromMs, Math.min(fromMs + MINUTE_MS, stretch.toMs), next, options);
    }
  }
}

function* writeMinute(
  stretch: Stretch,
  fromMs: number,
  toMs: number,
  next: () => CapturedTrace,
  { requestsPerSec, timeOfDayMs, random, newId }: HistoryOptions,
): Generator<CapturedTrace> {
  const lengthMs = toMs - fromMs;
  const expected = (requestsPerSec * dailyShape(timeOfDayMs(fromMs)) * lengthMs) / 1000;
  const most = (stretch.maxPerMin * lengthMs) / MINUTE_MS;
  const count = Math.round(Math.min(expected, most));
  const sampleRate = expected > most ? count / expected : 1;
  for (let index = 0; index < count; index++) {
    const startMs = fromMs + ((index + random()) * lengthMs) / count;
    const moved = movedTrace(next(), startMs, newId, sampleRate);
    yield stretch.hasLogs ? moved : { ...moved, logs: [] };
  }
}

/** Every trace once, in shuffled order, before any comes again: a small sample keeps the mix. */
function cycle(traces: readonly CapturedTrace[], random: () => number): () => CapturedTrace {
  let left: CapturedTrace[] = [];
  return () => {
    if (left.length === 0) left = shuffled(traces, random);
    const trace = left.pop();
    if (!trace) throw new Error('There are no traces to write history with.');
    return trace;
  };
}
