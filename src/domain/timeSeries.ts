/** One observation: seconds since the epoch, and the value, or null where nothing was reported. */
export type Point = readonly [epochSec: number, value: number | null];

/** A metric's values under one set of tags. Points are in ascending time. */
export interface TimeSeries {
  readonly metric: string;
  /** `key:value` pairs; the value is all that follows the first colon. */
  readonly tags: readonly string[];
  /** Datadog's unit name ("millisecond", "percent", "byte", …), or null when the metric has none. */
  readonly unit: string | null;
  readonly intervalSec: number;
  readonly points: readonly Point[];
}

/** A half-open stretch of time in epoch milliseconds. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The value of the first tag with this key, or null. */
export function tagValue(tags: readonly string[], key: string): string | null {
  const prefix = `${key}:`;
  const found = tags.find((tag) => tag.startsWith(prefix));
  return found === undefined ? null : found.slice(prefix.length);
}

/** The values of a series inside a window, gaps left out. */
export function valuesWithin(series: TimeSeries, window: TimeWindow): number[] {
  const values: number[] = [];
  for (const [epochSec, value] of series.points) {
    const ms = epochSec * 1000;
    if (value !== null && ms >= window.fromMs && ms < window.toMs) values.push(value);
  }
  return values;
}
