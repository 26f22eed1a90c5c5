import type { Point, TimeSeries } from '../domain/timeSeries';

/** The series without the last interval of a count while it is still being filled: it would look like a drop. Ratios of counts do not. */
export function withoutUnfinished(query: string, series: TimeSeries, nowMs: number): TimeSeries {
  if (!isCount(query)) return series;
  const isOver = ([atSec]: Point) => (atSec + series.intervalSec) * 1000 <= nowMs;
  return { ...series, points: series.points.filter(isOver) };
}

const isCount = (query: string): boolean => /^[^/*+]*\.as_count\(\)$/.test(query.replace(/\{[^}]*\}/g, ''));
