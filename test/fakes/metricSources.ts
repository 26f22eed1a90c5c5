import type { Point } from '../../src/domain/timeSeries';
import { createFixedClock } from '../../src/sandbox/clock';
import type { Columns } from '../../src/sandbox/query/evaluatedSeries';
import type { MetricSource, TelemetryStore } from '../../src/sandbox/store/store';
import { createTelemetryStore } from '../../src/sandbox/store/telemetryStore';

export interface Reported {
  readonly metric?: string;
  readonly tags?: readonly string[];
  readonly type?: MetricSource['type'];
  readonly unit?: string | null;
  readonly intervalSec?: number;
  readonly points: readonly Point[];
}

/** A store whose clock is beyond all points; each entry is one series of the metric `m` unless it says otherwise. */
export function storeOf(...reported: readonly Reported[]): TelemetryStore {
  const lastSec = Math.max(0, ...reported.flatMap(({ points }) => points.map(([sec]) => sec)));
  const store = createTelemetryStore({
    clock: createFixedClock((lastSec + 3600) * 1000),
    retention: { maxAgeMs: Number.POSITIVE_INFINITY },
  });
  for (const { metric = 'm', tags = [], type = 'gauge', unit = null, intervalSec = 60, points } of reported)
    store.addSeries({ metric, tags, unit, intervalSec, points }, type);
  return store;
}

/** A point a minute from the epoch second `fromSec`. */
export const minutes = (fromSec: number, ...values: readonly (number | null)[]): Point[] =>
  values.map((value, at) => [fromSec + at * 60, value]);

/** The columns of an answer as points; none without an answer. */
export const pointsOf = (answer: Columns | undefined): Point[] =>
  (answer?.secs ?? []).map((sec, at): Point => [sec, answer?.values[at] ?? null]);
