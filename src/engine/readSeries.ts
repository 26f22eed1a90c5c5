import type { Telemetry } from '../domain/ports';
import type { Point, TimeSeries } from '../domain/timeSeries';
import type { SeriesQuestion } from '../protocol/engineApi';

/** The values of one series in whole steps, oldest first; empty where nothing has reported. */
export async function readSeries(question: SeriesQuestion, telemetry: Telemetry, signal: AbortSignal): Promise<readonly Point[]> {
  const { query, tags, fromMs, toMs, stepSec } = question;
  const [result] = await telemetry.queryMetrics([query], { fromMs, toMs }, signal);
  const series = chosen(result?.series ?? [], tags);
  if (series === null) return [];
  const isOver = ([atSec]: Point) => (atSec + stepSec) * 1000 <= toMs;
  return inSteps(series, stepSec, isCount(query)).filter(isOver);
}

function chosen(series: readonly TimeSeries[], tags: readonly string[] | null): TimeSeries | null {
  if (tags === null) return series[0] ?? null;
  return series.find((one) => one.tags.length === tags.length && tags.every((tag) => one.tags.includes(tag))) ?? null;
}

/** A plain count adds up over an interval; everything else, ratios of counts included, is averaged. */
const isCount = (query: string): boolean => /^[^/*+]*\.as_count\(\)$/.test(query.replace(/\{[^}]*\}/g, ''));

/** Joins points of finer intervals into steps; a series with the same or a coarser interval stays as it is. */
function inSteps({ points, intervalSec }: TimeSeries, stepSec: number, adds: boolean): readonly Point[] {
  if (intervalSec >= stepSec) return points;
  const steps = new Map<number, number[]>();
  for (const [atSec, value] of points) {
    if (value === null) continue;
    const start = Math.floor(atSec / stepSec) * stepSec;
    const values = steps.get(start);
    if (values) values.push(value);
    else steps.set(start, [value]);
  }
  return [...steps]
    .sort(([a], [b]) => a - b)
    .map(([start, values]): Point => {
      const total = values.reduce((sum, value) => sum + value, 0);
      return [start, adds ? total : total / values.length];
    });
}
