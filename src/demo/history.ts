import { type CapturedTrace, movedTrace, type NewId } from './capturedTrace';
import { shuffled } from './random';
import { dailyShape } from './traffic';

/** A stretch of time that is filled with traces of one kind, such as those before a deployment. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly traces: readonly CapturedTrace[];
  /** About how many traces a minute are written at most; where there were more, each stands for several. */
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

/** Traces of one page that ended alike, and which part they are of all. */
interface Stratum {
  readonly part: number;
  next(): CapturedTrace;
}

interface Minute {
  readonly fromMs: number;
  readonly lengthMs: number;
  /** Requests that visitors made. */
  readonly expected: number;
  /** Requests that are written at most. */
  readonly most: number;
}

/**
 * Fills stretches of time, minute by minute and in ascending time, with real traces moved to where they are needed. Each
 * minute has its share of every page and of its failures (a stratified sample), so that a small sample looks like the whole.
 */
export function* writeHistory(stretches: readonly Stretch[], options: HistoryOptions): Generator<CapturedTrace> {
  for (const { traces, fromMs, toMs, maxPerMin, hasLogs } of stretches) {
    const strata = stratify(traces, options.random);
    for (let startMs = fromMs; startMs < toMs; startMs += MINUTE_MS) {
      const lengthMs = Math.min(MINUTE_MS, toMs - startMs);
      const expected = (options.requestsPerSec * dailyShape(options.timeOfDayMs(startMs)) * lengthMs) / 1000;
      const minute: Minute = { fromMs: startMs, lengthMs, expected, most: (maxPerMin * lengthMs) / MINUTE_MS };
      const written = strata.flatMap((stratum) => writeMinute(stratum, minute, options));
      written.sort((a, b) => a.root.startMs - b.root.startMs);
      yield* hasLogs ? written : written.map((trace) => ({ ...trace, logs: [] }));
    }
  }
}

/** At least one trace stands for what happened; without a limit every request is written, rounded at random. */
function writeMinute(
  { part, next }: Stratum,
  { fromMs, lengthMs, expected, most }: Minute,
  { random, newId }: HistoryOptions,
): CapturedTrace[] {
  const requests = expected * part;
  const isLimited = expected > most;
  const count = isLimited ? Math.min(Math.ceil(requests), Math.max(1, Math.round(most * part))) : Math.floor(requests + random());
  const sampleRate = isLimited ? Math.min(1, count / requests) : 1;
  return Array.from({ length: count }, (_, index) =>
    movedTrace(next(), fromMs + ((index + random()) * lengthMs) / count, newId, sampleRate),
  );
}

function stratify(traces: readonly CapturedTrace[], random: () => number): Stratum[] {
  if (traces.length === 0) throw new Error('There are no traces to write history with.');
  const strata = new Map<string, CapturedTrace[]>();
  for (const trace of traces) {
    const key = `${trace.root.resource} ${trace.spans.some(({ isError }) => isError)}`;
    strata.set(key, [...(strata.get(key) ?? []), trace]);
  }
  return [...strata.values()].map((ofStratum) => ({ part: ofStratum.length / traces.length, next: cycle(ofStratum, random) }));
}

/** Every trace once, in shuffled order, before any comes again. */
function cycle(traces: readonly CapturedTrace[], random: () => number): () => CapturedTrace {
  let left: CapturedTrace[] = [];
  return () => {
    if (left.length === 0) left = shuffled(traces, random);
    return left.pop() as CapturedTrace;
  };
}
