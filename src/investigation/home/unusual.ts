import type { Anomaly } from '../../domain/anomaly';
import type { Point } from '../../domain/timeSeries';
import { mean, median } from '../../signals/statistics';
import type { SignalSeries } from './serviceSignals';
import { farthestIn, type Stretch, stretchAround } from './stretch';

/** A stretch of one measure that a person should know of. */
export interface Unusual extends Stretch {
  readonly direction: Anomaly['direction'];
  readonly score: number;
  readonly reason: string;
  /** Farthest from what is usual. */
  readonly value: number;
  readonly expected: number;
  /** It reaches to the newest points. */
  readonly isOngoing: boolean;
}

/** What is usual is read from this stretch before. */
const USUAL_SEC = 3600;
const LEAST_BEFORE = 5;
/** The newest point may lack its last spans, so the one before decides too. */
const NEWEST = 2;

/**
 * What of a detector's alarms matters to somebody on call: more errors, slower answers, requests that are lost or flood in, far
 * enough beyond chance and beyond the same time of the day before. `dayBefore` gives the value that was measured so many seconds
 * before an epoch second; null where nothing is known.
 */
export function unusualStretches(
  { signal, points, hits, stepSec }: SignalSeries,
  anomalies: readonly Anomaly[],
  dayBefore: (fromSec: number, toSec: number) => number | null,
): Unusual[] {
  const found: Unusual[] = [];
  for (const anomaly of anomalies) {
    const start = points.findIndex(([sec]) => sec >= anomaly.fromSec);
    const expected = usualBefore(points, start, found, stepSec) ?? anomaly.expected;
    const stretch = expected === null ? null : stretchAround(points, anomaly, expected);
    const farthest = stretch && expected !== null ? farthestIn(points, stretch, expected) : null;
    if (expected === null || !stretch || !farthest || !isTowards(anomaly.direction, farthest.value - expected)) continue;
    const typical = mean(valuesIn(points, stretch));
    const measured = { signal, stretch, typical, expected, hits, stepSec };
    if (!isHarmful(measured) || isCommon(measured, points, found) || isLikeYesterday(measured, points, dayBefore)) continue;
    const { score, reason, direction } = anomaly;
    add(found, { ...stretch, score, reason, direction, value: farthest.value, expected, isOngoing: stretch.to >= points.length - NEWEST });
  }
  return found;
}

/** An alarm at the return to what is usual is on the other side of it than the detector had come to expect. */
const isTowards = (direction: Anomaly['direction'], deviation: number) =>
  direction === 'shape' || deviation >= 0 === (direction === 'above');

interface Measured extends Pick<SignalSeries, 'signal' | 'hits' | 'stepSec'> {
  readonly stretch: Stretch;
  /** Mean over the stretch. */
  readonly typical: number;
  readonly expected: number;
}

/** Least errors that are worth a word. */
const LEAST_ERRORS = 3;
/** Standard deviations of a Poisson count by which traffic has to differ. */
const POISSON_DEVIATIONS = 5;

function isHarmful({ signal, stretch, typical, expected, hits, stepSec }: Measured): boolean {
  const length = stretch.to - stretch.from + 1;
  const requests = hits.slice(stretch.from, stretch.to + 1).reduce((total, own) => total + own, 0);
  switch (signal) {
    case 'errors':
      return typical * requests >= LEAST_ERRORS && typical >= Math.max(0.01, 2 * expected + 0.005);
    case 'latency':
      return typical >= expected * (length === 1 ? 3 : 1.25) && typical - expected >= 5;
    case 'traffic': {
      const expectedRequests = expected * stepSec * length;
      const isBeyondChance = Math.abs(requests - expectedRequests) >= POISSON_DEVIATIONS * Math.sqrt(Math.max(1, expectedRequests));
      return length > 1 && isBeyondChance && (typical >= 2 * expected || typical <= 0.7 * expected);
    }
  }
}

/** What occurs more often than in this share of the time before is no surprise. */
const COMMON_SHARE = 0.02;

/** A stretch of this length is an incident of its own, not one of many spikes. */
const INCIDENT_SEC = 600;

/** Whether the series was as far from what is usual before, earlier incidents aside: where spikes come and go, one more tells nothing. */
function isCommon({ stretch, typical, expected, stepSec }: Measured, points: readonly Point[], found: readonly Stretch[]): boolean {
  const incidents = found.filter(({ from, to }) => (to - from + 1) * stepSec >= INCIDENT_SEC);
  const earlier = points.slice(0, stretch.from).filter((_, at) => !incidents.some(({ from, to }) => at >= from && at <= to));
  const before = earlier.flatMap(([, value]) => (value === null ? [] : [value]));
  const side = Math.sign(typical - expected);
  return before.filter((value) => side * (value - typical) >= 0).length > COMMON_SHARE * before.length;
}

/** Closer to the same time of the day before than to the hour before. */
function isLikeYesterday(
  { stretch, typical, expected }: Measured,
  points: readonly Point[],
  dayBefore: (fromSec: number, toSec: number) => number | null,
): boolean {
  const before = dayBefore(points[stretch.from]?.[0] ?? 0, points[stretch.to]?.[0] ?? 0);
  return before !== null && Math.abs(typical - before) <= Math.abs(typical - expected) / 2;
}

/** The median of the last hour before, without what was unusual; null when that is too little. */
function usualBefore(points: readonly Point[], start: number, unusual: readonly Stretch[], stepSec: number): number | null {
  const wanted = Math.ceil(USUAL_SEC / stepSec);
  const values: number[] = [];
  for (let at = start - 1; at >= 0 && values.length < wanted; at -= 1) {
    const value = points[at]?.[1] ?? null;
    if (value !== null && !unusual.some(({ from, to }) => at >= from && at <= to)) values.push(value);
  }
  return values.length < LEAST_BEFORE ? null : median(values);
}

const valuesIn = (points: readonly Point[], { from, to }: Stretch) =>
  points.slice(from, to + 1).flatMap(([, value]) => (value === null ? [] : [value]));

/** Alarms within one stretch become one, described by the highest. */
function add(found: Unusual[], next: Unusual): void {
  const last = found.at(-1);
  if (!last || next.from > last.to + 1 || next.to < last.from - 1) {
    found.push(next);
    return;
  }
  const worse = next.score > last.score ? next : last;
  found[found.length - 1] = {
    ...worse,
    from: Math.min(last.from, next.from),
    to: Math.max(last.to, next.to),
    isOngoing: last.isOngoing || next.isOngoing,
  };
}
