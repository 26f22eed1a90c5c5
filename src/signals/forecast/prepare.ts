import type { Point } from '../../domain/timeSeries';
import { median } from '../statistics';
import { CONTEXT, JUDGED_STEPS } from './window';

/** The end of a series on an even grid, as forecasts are made from. */
export interface PreparedSeries {
  /** At most CONTEXT + JUDGED_STEPS finite values, oldest first, one a step; gaps are filled. */
  readonly values: readonly number[];
  /** Beside each value whether it was observed. */
  readonly isObserved: readonly boolean[];
  readonly stepSec: number;
  /** Epoch seconds of the last value; null without values. */
  readonly endSec: number | null;
}

const LENGTH = CONTEXT + JUDGED_STEPS;
/** Points that are farther apart than so many intervals are taken to have another interval. */
const MOST_ROLLED_UP = 10;
/** Gaps of so many steps or fewer, or as usual, are bridged by a straight line; in longer ones the value before holds. */
const BRIDGED_STEPS = 3;
/** So few latest points, far away from all others, come from a clock that jumped. */
const STRAY_POINTS = 2;
/** Larger than any metric, and small enough that squares and sums over a window stay finite. */
const LARGEST = 1e120;

const NONE: PreparedSeries = { values: [], isObserved: [], stepSec: 60, endSec: null };

/**
 * Puts the latest points on an even grid that ends at the latest time: the mean of each cell; gaps filled. Points may be in any order, doubled, missing (null, NaN) or infinite, and of
 * any number: the work is linear, beyond the latest few thousand points only one comparison each.
 */
export function prepareSeries(points: readonly Point[], intervalSec: number): PreparedSeries {
  const declaredSec = Number.isFinite(intervalSec) && intervalSec > 0 ? intervalSec : null;
  const latest = latestPoints(points);
  const stepSec = stepOf(latest, declaredSec);
  const observed = latest.filter(([, value]) => isUsable(value));
  if (observed.length === 0) return { ...NONE, stepSec };
  const timely = withoutStrays(latest, stepSec);
  const endSec = timely.at(-1)?.[0] ?? 0;
  const cells = meansByCell(timely, endSec, stepSec);
  const first = cells.findIndex((value) => value !== null);
  const grid = first < 0 ? [] : cells.slice(first);
  const bridged = Math.max(BRIDGED_STEPS, Math.ceil(usualSpacing(observed) / stepSec));
  return { values: filled(grid, bridged), isObserved: grid.map((value) => value !== null), stepSec, endSec };
}

const isUsable = (value: number | null | undefined): value is number => typeof value === 'number' && Math.abs(value) <= LARGEST;

/** In ascending order of time; of more than a window could need, the latest. */
function latestPoints(points: readonly Point[]): Point[] {
  const most = 8 * LENGTH;
  let isSorted = true;
  for (let index = 1; index < points.length && isSorted; index++) isSorted = (points[index]?.[0] ?? 0) >= (points[index - 1]?.[0] ?? 0);
  if (isSorted) return points.slice(-most).filter(([at]) => Number.isFinite(at));
  return points
    .filter(([at]) => Number.isFinite(at))
    .sort(([a], [b]) => a - b)
    .slice(-most);
}

/** The declared interval, unless points usually lie much farther apart: then what is usual between them. */
function stepOf(points: readonly Point[], declaredSec: number | null): number {
  const usual = usualSpacing(points);
  if (declaredSec === null) return usual > 0 ? usual : NONE.stepSec;
  return usual > MOST_ROLLED_UP * declaredSec ? usual : declaredSec;
}

function usualSpacing(points: readonly Point[]): number {
  const between = points.slice(-LENGTH).map(([at], index, all) => at - (all[index - 1]?.[0] ?? at));
  return median(between.filter((sec) => sec > 0));
}

function withoutStrays(points: readonly Point[], stepSec: number): readonly Point[] {
  for (let strays = 1; strays <= Math.min(STRAY_POINTS, points.length - STRAY_POINTS - 1); strays++) {
    const [before] = points.at(-strays - 1) ?? [0];
    const [after] = points.at(-strays) ?? [0];
    if (after - before > CONTEXT * stepSec) return points.slice(0, -strays);
  }
  return points;
}

/** The mean of each step's values up to `endSec`, null where there is none; the latest LENGTH steps. */
function meansByCell(points: readonly Point[], endSec: number, stepSec: number): (number | null)[] {
  const sums = new Float64Array(LENGTH);
  const counts = new Int32Array(LENGTH);
  for (const [at, value] of points) {
    const cell = LENGTH - 1 - Math.round((endSec - at) / stepSec);
    if (cell < 0 || !isUsable(value)) continue;
    sums[cell] = (sums[cell] ?? 0) + value;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return Array.from(sums, (sum, cell) => ((counts[cell] ?? 0) > 0 ? sum / (counts[cell] ?? 1) : null));
}

/** `grid` begins with a value. */
function filled(grid: readonly (number | null)[], bridgedSteps: number): number[] {
  const values: number[] = [];
  let next = 0;
  grid.forEach((value, index) => {
    if (value !== null) {
      values.push(value);
      return;
    }
    if (next <= index) {
      next = index + 1;
      while (next < grid.length && grid[next] === null) next++;
    }
    const before = values.at(-1) ?? 0;
    const after = grid[next] ?? before;
    let left = index;
    while (left > 0 && grid[left - 1] === null && index - left <= bridgedSteps) left--;
    values.push(next - left > bridgedSteps ? before : before + (after - before) / (next - index + 1));
  });
  return values;
}
