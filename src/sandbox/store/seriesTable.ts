import type { TimeSeries, TimeWindow } from '../../domain/timeSeries';
import { type Column, createColumn } from './column';
import { createNumberColumn } from './numberColumn';
import { isPercentile, readSketch, rollupNumbers, visibleSeconds } from './rollup';
import { Sketch } from './sketch';
import { createSketchSource } from './sketchSource';
import { statisticOf } from './statistic';
import type { MetricSource, SandboxClock, SpaceAggregator } from './store';

export type SeriesType = MetricSource['type'] | 'histogram';

interface NumberSeries {
  readonly type: 'gauge' | 'count' | 'rate';
  readonly sources: readonly MetricSource[];
  readonly column: Column<number>;
}

interface SketchSeries {
  readonly type: 'distribution' | 'histogram';
  /** One for a distribution, five for a histogram. */
  readonly sources: readonly MetricSource[];
  readonly column: Column<Sketch>;
}

type Series = NumberSeries | SketchSeries;

/** Observations of a distribution are summarised over this many seconds, as the agent does. */
const SKETCH_SEC = 10;

/** The metrics that were submitted, by name and tags. */
export interface SeriesTable {
  /** Returns by how many points the table grew. */
  add(series: TimeSeries, type: SeriesType): number;
  sources(metric: string): readonly MetricSource[];
  /** Every metric name with the second of its latest point that is visible. */
  names(fromSec: number): Iterable<string>;
  columns(): Iterable<Column<unknown>>;
  /** Forgets what is before and says how many points that were. */
  dropBefore(sec: number): number;
}

export function createSeriesTable(clock: SandboxClock): SeriesTable {
  const byKey = new Map<string, Series>();
  const byMetric = new Map<string, Map<MetricSource, Column<unknown>>>();

  const register = ({ sources, column }: Series): void => {
    for (const source of sources) {
      const known = byMetric.get(source.metric) ?? new Map<MetricSource, Column<unknown>>();
      known.set(source, column);
      byMetric.set(source.metric, known);
    }
  };

  const unregister = ({ sources }: Series): void => {
    for (const source of sources) {
      const known = byMetric.get(source.metric);
      known?.delete(source);
      if (known?.size === 0) byMetric.delete(source.metric);
    }
  };

  return {
    add(added, type) {
      const key = `${added.metric}\n${type}\n${[...added.tags].sort().join('\n')}`;
      let series = byKey.get(key);
      if (series === undefined) {
        series = createSeries(added, type, clock);
        byKey.set(key, series);
        register(series);
      }
      const before = series.column.size;
      for (const [sec, value] of added.points) if (value !== null) addPoint(series, sec, value);
      return series.column.size - before;
    },
    sources: (metric) => [...(byMetric.get(metric)?.keys() ?? [])],
    *names(fromSec) {
      const toSec = Math.floor(clock.nowMs() / 1000) + 1;
      for (const [metric, known] of byMetric) {
        if ([...known.values()].some((column) => hasEntry(column, fromSec, toSec))) yield metric;
      }
    },
    *columns() {
      for (const series of byKey.values()) yield series.column;
    },
    dropBefore(sec) {
      let dropped = 0;
      for (const [key, series] of byKey) {
        dropped += series.column.dropBefore(sec);
        if (series.column.size > 0) continue;
        byKey.delete(key);
        unregister(series);
      }
      return dropped;
    },
  };
}

function isSketched(series: Series): series is SketchSeries {
  return series.type === 'distribution' || series.type === 'histogram';
}

export function hasEntry(column: Column<unknown>, fromSec: number, toSec: number): boolean {
  for (const _ of column.between(fromSec, toSec)) return true;
  return false;
}

function addPoint(series: Series, sec: number, value: number): void {
  if (isSketched(series)) {
    const start = Math.floor(sec / SKETCH_SEC) * SKETCH_SEC;
    const sketch = series.column.get(start) ?? new Sketch();
    if (sketch.count === 0) series.column.set(start, sketch);
    sketch.add(value);
  } else {
    const { type, column } = series;
    column.set(sec, type === 'count' ? (column.get(sec) ?? 0) + value : value);
  }
}

function createSeries(of: TimeSeries, type: SeriesType, clock: SandboxClock): Series {
  if (type === 'distribution' || type === 'histogram') {
    const column = createColumn<Sketch>();
    return { type, sources: type === 'histogram' ? histogramParts(of, clock, column) : [sketchSource(of, clock, column)], column };
  }
  const column = createNumberColumn(of.points.length);
  return { type, sources: [numberSource(of, type, clock, column)], column };
}

/** A percentile of numbers is only known where the numbers are that percentile, as recordings have them. */
function numberSource(of: TimeSeries, type: NumberSeries['type'], clock: SandboxClock, column: Column<number>): MetricSource {
  const { metric, unit, tags, intervalSec } = of;
  const statistic = statisticOf(tags);
  const percentile = statistic === 'median' ? 'p50' : statistic;
  return {
    metric,
    unit,
    type,
    tags,
    intervalSec,
    rollup(window, rollupSec, method) {
      if (isPercentile(method) && method !== percentile) return [];
      const values = column.between(...visibleSeconds(window, clock.nowMs()));
      return rollupNumbers(values, rollupSec, isPercentile(method) ? 'avg' : method);
    },
  };
}

function sketchSource({ metric, unit, tags }: TimeSeries, clock: SandboxClock, column: Column<Sketch>): MetricSource {
  const sketches = (window: TimeWindow) => column.between(...visibleSeconds(window, clock.nowMs()));
  return createSketchSource({ metric, unit, tags, intervalSec: SKETCH_SEC, sketches });
}

/** What the agent makes of a histogram, every ten seconds. */
const HISTOGRAM_PARTS: readonly (readonly [suffix: string, type: 'gauge' | 'count', method: SpaceAggregator])[] = [
  ['avg', 'gauge', 'avg'],
  ['count', 'count', 'count'],
  ['median', 'gauge', 'p50'],
  ['95percentile', 'gauge', 'p95'],
  ['max', 'gauge', 'max'],
];

function histogramParts(of: TimeSeries, clock: SandboxClock, column: Column<Sketch>): MetricSource[] {
  return HISTOGRAM_PARTS.map(([suffix, type, part]) => ({
    metric: `${of.metric}.${suffix}`,
    unit: suffix === 'count' ? null : of.unit,
    type,
    tags: of.tags,
    intervalSec: SKETCH_SEC,
    rollup(window, rollupSec, method) {
      if (isPercentile(method)) return [];
      const sketches = column.between(...visibleSeconds(window, clock.nowMs()));
      const values = Array.from(sketches, ([sec, sketch]) => [sec, readSketch(sketch, part)] as const);
      return rollupNumbers(values, rollupSec, method);
    },
  }));
}
