import type { Anomaly } from '../../domain/anomaly';
import type { Point } from '../../domain/timeSeries';
import { findOnset } from '../../signals/onset';
import { median, robustDeviation } from '../../signals/statistics';

/** Steps that are looked back: enough to know the level before, few enough to be quick. */
const STEPS = 90;
/** The score of a change that is far beyond chance: below that of a detector which is sure, because its reason says more. */
const HIGHEST_SCORE = 0.9;
/** A change this many deviations high is nearly so. */
const SURE_DEVIATIONS = 12;

/**
 * A change of level that has lasted until now; null where there is none. A streaming detector speaks up once and may do so at
 * a forerunner; somebody on call wants to know that things are still not what they were.
 */
export function lastingChange(points: readonly Point[], stepSec: number): Anomaly | null {
  const recent = points.slice(-STEPS);
  const [first, last] = [recent[0], recent.at(-1)];
  if (!first || !last || isWithinRange(recent)) return null;
  const window = { fromMs: first[0] * 1000, toMs: last[0] * 1000 + 1 };
  const onset = findOnset({ metric: '', tags: [], unit: null, intervalSec: stepSec, points: recent }, window);
  if (onset === null) return null;
  const quiet = valuesOf(recent.filter(([sec]) => sec * 1000 < onset.atMs));
  const newest = valuesOf(recent.slice(-2));
  const middle = (onset.before + onset.after) / 2;
  const isBack = newest.every((value) => onset.after > onset.before === value < middle);
  if (newest.length === 0 || isBack) return null;
  const step = Math.abs(onset.after - onset.before);
  const deviations = step / Math.max(robustDeviation(quiet), 0.02 * Math.abs(median(quiet)), Number.MIN_VALUE);
  const fromSec = onset.atMs / 1000;
  return {
    fromSec,
    toSec: fromSec,
    peakSec: fromSec,
    score: HIGHEST_SCORE * (1 - 0.05 ** (deviations / SURE_DEVIATIONS)),
    direction: onset.after > onset.before ? 'above' : 'below',
    value: onset.after,
    expected: onset.before,
    reason: 'its level changed and has stayed so since',
  };
}

/** What the newest values are held against; the rest is in between. */
const OLDEST = 30;
const NEWEST = 3;

/** Whether the newest values lie where the oldest do: then nothing has changed, and the dear search for when is left out. */
function isWithinRange(points: readonly Point[]): boolean {
  const oldest = valuesOf(points.slice(0, OLDEST));
  const newest = valuesOf(points.slice(-NEWEST));
  if (oldest.length < NEWEST || newest.length === 0) return false;
  const level = median(newest);
  return level >= Math.min(...oldest) && level <= Math.max(...oldest);
}

const valuesOf = (part: readonly Point[]) => part.flatMap(([, value]) => (value === null ? [] : [value]));
