import type { TimeSeries, TimeWindow } from '../domain/timeSeries';
import { harmfulDirection, metricKind, metricScale } from './metricKind';
import { median, robustDeviation } from './statistics';

export interface Onset {
  readonly atMs: number;
  readonly before: number;
  readonly after: number;
}

const MIN_BEFORE = 3;
const MIN_AFTER = 2;
/** A step has to exceed this many robust deviations of the quiet side, and a tenth of its level. */
const MIN_STEP_DEVIATIONS = 3;
const MIN_STEP_SHARE = 0.1;
/** All requests, by the scale of a metric. */
const WHOLE = { points: 100, fraction: 1, ratio: null } as const;

/**
 * When a series left its level: the split into two constant levels with the least sum of absolute residuals (a median
 * change point), accepted only when the step stands out from the quiet side's noise. Moving the window by a minute moves
 * the answer by no more than a sample. With a direction (the sign of the step) only splits that step that way are looked at, so
 * that an earlier incident that ended is not taken for the beginning of this one. null when nothing stands out.
 */
export function findOnset(series: TimeSeries, window: TimeWindow, direction: -1 | 0 | 1 = 0): Onset | null {
  const points = series.points.filter(
    (point): point is readonly [number, number] =>
      point[1] !== null && Number.isFinite(point[1]) && point[0] * 1000 >= window.fromMs && point[0] * 1000 < window.toMs,
  );
  const split = bestSplit(
    points.map(([, value]) => value),
    direction,
  );
  if (split === null) return null;
  const quiet = points.slice(0, split).map(([, value]) => value);
  const loud = points.slice(split).map(([, value]) => value);
  const before = median(quiet);
  const after = median(loud);
  const needed = Math.max(MIN_STEP_DEVIATIONS * robustDeviation(quiet), MIN_STEP_SHARE * levelOf(before, series));
  const at = points[split];
  if (!at || Math.abs(after - before) <= needed) return null;
  return { atMs: at[0] * 1000, before, after };
}

/** What a step is compared with: the level or, where nearly all is well, the share that is not. */
function levelOf(value: number, { metric, unit }: TimeSeries): number {
  const whole = metricKind(metric, unit) === 'availability' ? WHOLE[metricScale(metric, unit)] : null;
  return Math.abs(whole === null ? value : whole - value);
}

/** The step for the worse that a metric took; either way where its kind does not say which is worse. See {@link findOnset}. */
export function worseningOf(series: TimeSeries, window: TimeWindow): Onset | null {
  return findOnset(series, window, harmfulDirection(metricKind(series.metric, series.unit), series.metric));
}

function bestSplit(values: readonly number[], direction: -1 | 0 | 1): number | null {
  const before = levelsOf(values);
  const after = levelsOf([...values].reverse());
  let best: number | null = null;
  let least = (before.at(-1) as Level).cost;
  for (let split = MIN_BEFORE; split <= values.length - MIN_AFTER; split++) {
    const quiet = before[split] as Level;
    const loud = after[values.length - split] as Level;
    const cost = quiet.cost + loud.cost;
    if (cost < least && (direction === 0 || Math.sign(loud.middle - quiet.middle) === direction)) {
      least = cost;
      best = split;
    }
  }
  return best;
}

interface Level {
  readonly middle: number;
  /** Sum of absolute distances to the median. */
  readonly cost: number;
}

/** The level of each beginning of the values, from none of them to all. The values so far are kept in order, so that each costs one pass. */
function levelsOf(values: readonly number[]): readonly Level[] {
  const levels: Level[] = [{ middle: 0, cost: 0 }];
  const sorted: number[] = [];
  for (const value of values) {
    let at = sorted.length;
    while (at > 0 && (sorted[at - 1] as number) > value) at--;
    sorted.splice(at, 0, value);
    const upper = sorted[sorted.length >> 1] as number;
    const lower = sorted[(sorted.length - 1) >> 1] as number;
    const middle = (lower + upper) / 2;
    let cost = 0;
    for (const one of sorted) cost += Math.abs(one - middle);
    levels.push({ middle, cost });
  }
  return levels;
}

/** The earliest second at which the series crosses the threshold and stays there for two samples, at or after `fromMs`. */
export function firstBreach(series: TimeSeries, threshold: number, above: boolean, fromMs: number): number | null {
  const known = series.points.filter((point) => point[1] !== null && point[0] * 1000 >= fromMs);
  const beyond = (value: number | null) => value !== null && (above ? value > threshold : value < threshold);
  for (let index = 0; index < known.length; index++) {
    const [at, value] = known[index] as readonly [number, number | null];
    const next = known[index + 1];
    if (beyond(value) && (next === undefined || beyond(next[1]))) return at * 1000;
  }
  return null;
}

export interface Limit {
  readonly threshold: number;
  readonly isAboveBad: boolean;
}

/** A jump over the limit counts as sudden when it is this many times the step that came before it. */
const SUDDEN = 3;
const LEVEL_SAMPLES = 5;

/**
 * When what a monitor alerts on began: the step of the series. Two cases need the limit: a series without a step began when
 * it crossed the limit, and a small step that stayed on the good side of it is an older story when the crossing came later
 * and was sudden. A ramp to the limit began where its step is. null when nothing stands out.
 */
export function alertOnset(series: TimeSeries, window: TimeWindow, limit: Limit | null): number | null {
  const step = worseningOf(series, window);
  if (limit === null) return step?.atMs ?? null;
  const breachMs = firstBreach(series, limit.threshold, limit.isAboveBad, step?.atMs ?? window.fromMs);
  if (step === null || breachMs === null) return step?.atMs ?? breachMs;
  return isSudden(series, step, breachMs) ? breachMs : step.atMs;
}

function isSudden(series: TimeSeries, { atMs, before }: Onset, breachMs: number): boolean {
  const known = series.points.filter((point): point is readonly [number, number] => point[1] !== null);
  const between = known.filter(([at]) => at * 1000 >= atMs && at * 1000 < breachMs).map(([, value]) => value);
  const crossing = known.find(([at]) => at * 1000 >= breachMs)?.[1];
  if (between.length < MIN_BEFORE || crossing === undefined) return false;
  const level = median(between.slice(-LEVEL_SAMPLES));
  return Math.abs(crossing - level) > SUDDEN * Math.abs(level - before);
}
