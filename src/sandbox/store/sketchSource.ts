import type { TimeWindow } from '../../domain/timeSeries';
import { rollupSketches } from './rollup';
import type { Sketch } from './sketch';
import type { MetricSource, SpaceAggregator } from './store';

export type TimedSketch = readonly [epochSec: number, sketch: Sketch];

export interface SketchSourceOptions {
  readonly metric: string;
  readonly unit: string | null;
  readonly tags: readonly string[];
  readonly intervalSec: number;
  /** The visible sketches of a window, in ascending time. */
  readonly sketches: (window: TimeWindow) => Iterable<TimedSketch>;
}

/** A distribution, which answers every aggregator over all of its values; several pool their values. */
export function createSketchSource(options: SketchSourceOptions): MetricSource {
  return new SketchSource(options);
}

class SketchSource implements MetricSource {
  readonly type = 'distribution';
  readonly metric;
  readonly unit;
  readonly tags;
  readonly intervalSec;
  readonly sketches;

  constructor({ metric, unit, tags, intervalSec, sketches }: SketchSourceOptions) {
    this.metric = metric;
    this.unit = unit;
    this.tags = tags;
    this.intervalSec = intervalSec;
    this.sketches = sketches;
  }

  rollup(window: TimeWindow, intervalSec: number, method: SpaceAggregator) {
    return rollupSketches(this.sketches(window), intervalSec, method);
  }

  /** Keeps the tags that all have in common; sources that are no distributions are left out. */
  pool(others: readonly MetricSource[]): MetricSource {
    const members = [this, ...others.filter((other) => other instanceof SketchSource)];
    return new SketchSource({
      ...this,
      tags: this.tags.filter((tag) => members.every((member) => member.tags.includes(tag))),
      sketches: (window) => members.flatMap((member) => [...member.sketches(window)]).sort(([a], [b]) => a - b),
    });
  }
}
