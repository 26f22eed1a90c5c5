import type { Anomaly } from '../../domain/anomaly';
import type { Point } from '../../domain/timeSeries';

/** A part of a series, by positions of its points; both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** So many points back within what is usual do not end a stretch. */
const LARGEST_GAP = 3;

/**
 * How far the unusual reaches around an alarm. A streaming detector alarms at the change and is quiet again when the new level
 * has become known; here a stretch lasts as long as values stay away from what is usual by half of what they did at the alarm. Where
 * that was a forerunner, the stretch is only the part in which they are away by a quarter of what they are at their farthest.
 */
export function stretchAround(points: readonly Point[], anomaly: Pick<Anomaly, 'fromSec' | 'toSec'>, usual: number): Stretch | null {
  const start = points.findIndex(([sec]) => sec >= anomaly.fromSec);
  const end = points.findLastIndex(([sec]) => sec <= anomaly.toSec);
  if (start < 0 || end < start) return null;
  const farthest = farthestIn(points, { from: start, to: end }, usual);
  if (farthest === null) return null;
  const deviation = farthest.value - usual;
  const isAway = (at: number) => {
    const value = points[at]?.[1] ?? null;
    return value !== null && Math.sign(value - usual) === Math.sign(deviation) && Math.abs(value - usual) >= Math.abs(deviation) / 2;
  };
  return tightened(points, { from: reach(start, -1, points.length, isAway), to: reach(end, 1, points.length, isAway) }, usual);
}

function tightened(points: readonly Point[], { from, to }: Stretch, usual: number): Stretch {
  const least = Math.abs((farthestIn(points, { from, to }, usual)?.value ?? usual) - usual) / 4;
  const isAway = ([, value]: Point, at: number) => at >= from && at <= to && value !== null && Math.abs(value - usual) >= least;
  return { from: points.findIndex(isAway), to: points.findLastIndex(isAway) };
}

/** The point of a stretch that is farthest from what is usual; null when none has a value. */
export function farthestIn(
  points: readonly Point[],
  { from, to }: Stretch,
  usual: number,
): { readonly sec: number; readonly value: number } | null {
  let farthest: { sec: number; value: number } | null = null;
  for (let at = from; at <= to; at += 1) {
    const [sec, value] = points[at] ?? [0, null];
    if (value === null) continue;
    if (farthest === null || Math.abs(value - usual) > Math.abs(farthest.value - usual)) farthest = { sec, value };
  }
  return farthest;
}

function reach(start: number, step: 1 | -1, length: number, isAway: (at: number) => boolean): number {
  let last = start;
  for (let at = start + step; at >= 0 && at < length && Math.abs(at - last) <= LARGEST_GAP; at += step) if (isAway(at)) last = at;
  return last;
}
