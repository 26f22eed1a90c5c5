import type { TimeWindow } from '../../domain/timeSeries';
import { Sketch } from './sketch';
import type { SpaceAggregator } from './store';

type Rolled = readonly (readonly [epochSec: number, value: number])[];

const QUANTILE: Readonly<Partial<Record<SpaceAggregator, number>>> = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 };

export function isPercentile(method: SpaceAggregator): boolean {
  return QUANTILE[method] !== undefined;
}

/** Splits values into intervals whose starts are multiples of `intervalSec` since the epoch. */
function* intervals<T>(values: Iterable<readonly [number, T]>, intervalSec: number): Iterable<readonly [number, T[]]> {
  let startSec: number | null = null;
  let group: T[] = [];
  for (const [sec, value] of values) {
    const start = Math.floor(sec / intervalSec) * intervalSec;
    if (startSec !== null && start !== startSec) {
      yield [startSec, group];
      group = [];
    }
    startSec = start;
    group.push(value);
  }
  if (startSec !== null) yield [startSec, group];
}

interface Totals {
  startSec: number;
  count: number;
  sum: number;
  min: number;
  max: number;
}

/** Rolls numbers up, in ascending time; `method` is not a percentile. In one pass: queries of large incidents read millions of points. */
export function rollupNumbers(values: Iterable<readonly [number, number]>, intervalSec: number, method: SpaceAggregator): Rolled {
  const rolled: (readonly [number, number])[] = [];
  let totals: Totals | null = null;
  for (const [sec, value] of values) {
    const startSec = Math.floor(sec / intervalSec) * intervalSec;
    if (totals === null || totals.startSec !== startSec) {
      if (totals !== null) rolled.push([totals.startSec, readTotals(totals, method)]);
      totals = { startSec, count: 0, sum: 0, min: value, max: value };
    }
    totals.count += 1;
    totals.sum += value;
    totals.min = Math.min(totals.min, value);
    totals.max = Math.max(totals.max, value);
  }
  if (totals !== null) rolled.push([totals.startSec, readTotals(totals, method)]);
  return rolled;
}

function readTotals(totals: Totals, method: SpaceAggregator): number {
  return method === 'avg' ? totals.sum / totals.count : totals[method as 'count' | 'sum' | 'min' | 'max'];
}

/** Rolls sketches up, in ascending time: every method works over all values of the interval. */
export function rollupSketches(values: Iterable<readonly [number, Sketch]>, intervalSec: number, method: SpaceAggregator): Rolled {
  return Array.from(intervals(values, intervalSec), ([sec, group]) => [sec, readSketch(merged(group), method)] as const);
}

function merged(sketches: readonly Sketch[]): Sketch {
  const [first] = sketches;
  if (first !== undefined && sketches.length === 1) return first;
  const all = new Sketch();
  for (const sketch of sketches) all.merge(sketch);
  return all;
}

export function readSketch(sketch: Sketch, method: SpaceAggregator): number {
  const quantile = QUANTILE[method];
  if (quantile !== undefined) return sketch.quantile(quantile) ?? 0;
  if (method === 'avg') return sketch.sum / sketch.count;
  return method === 'count' ? sketch.count : sketch[method as 'sum' | 'min' | 'max'];
}

/** The seconds of the window that are not later than `nowMs`, half open. */
export function visibleSeconds(window: TimeWindow, nowMs: number): readonly [fromSec: number, toSec: number] {
  const fromSec = Math.ceil(window.fromMs / 1000);
  return [fromSec, Math.min(Math.ceil(window.toMs / 1000), Math.floor(nowMs / 1000) + 1)];
}
