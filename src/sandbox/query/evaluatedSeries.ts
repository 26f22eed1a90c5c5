import type { SpaceAggregator } from '../store/store';

/**
 * One series of a query's answer. Its points are two columns, since an answer may have a million of them and a pair takes nine
 * times the memory of a number.
 */
export interface EvaluatedSeries {
  /** The metric's name, or the formula's text. */
  readonly metric: string;
  /** `key:value` of the tags grouped by; empty without groups. */
  readonly tags: readonly string[];
  /** The group's tags, or the filter, as Datadog writes it. */
  readonly scope: string;
  readonly expression: string;
  readonly unit: string | null;
  readonly aggregator: SpaceAggregator | null;
  readonly intervalSec: number;
  /** Starts of the intervals that have a value, ascending; those without one are absent unless they were filled. */
  readonly secs: readonly number[];
  /** The value of each of `secs`. */
  readonly values: readonly (number | null)[];
}

/** The columns of a series. */
export type Columns = Pick<EvaluatedSeries, 'secs' | 'values'>;

/** The columns without the seconds whose value is null or no number. */
export function presentOnly({ secs, values }: Columns): Columns {
  const isPresent = (value: number | null) => value !== null && !Number.isNaN(value);
  if (values.every(isPresent)) return { secs, values };
  return { secs: secs.filter((_, at) => isPresent(values[at] ?? null)), values: values.filter(isPresent) };
}

/** The value of a second, null where the series has none. */
export function valueAt({ secs, values }: Columns): (sec: number) => number | null {
  const known = new Map<number, number | null>();
  secs.forEach((sec, at) => {
    known.set(sec, values[at] ?? null);
  });
  return (sec) => known.get(sec) ?? null;
}
