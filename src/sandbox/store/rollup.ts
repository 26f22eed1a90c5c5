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

/** Rolls numbers up, in ascending time; `method` is not a percentile. */
export function rollupNumbers(values: Iterable<readonly [number, number]>, intervalSec: number, method: SpaceAggregator): Rolled {
  return Array.from(intervals(values, intervalSec), ([sec, group]) => [sec, reduceNumbers(group, method)] as const);
}

function reduceNumbers(values: readonly number[], method: SpaceAggregator): number {
  if (method === 'count') return values.length;
  if (method === 'min') return values.reduce((a, b) => Math.min(a, b));
  if (method === 'max') return values.reduce((a, b) => Math.max(a, b));
  const sum = values.reduce((a, b) => a + b, 0);
  return method === 'sum' ? sum : sum / values.length;
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
