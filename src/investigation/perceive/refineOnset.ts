import { harmfulDirection, metricKind } from '../../signals/metricKind';
import { alertOnset, findOnset } from '../../signals/onset';
import { median } from '../../signals/statistics';
import type { Gathered } from '../gathered';
import { limitOf } from '../monitorQuery';
import { onsetWindow } from '../windows';
import { serviceOf } from './seriesNames';

/** A step counts when it is this plain, as a ratio of levels either way. */
const MIN_RATIO = 1.5;
/** Metrics that step within this time of each other tell of the same event. */
const CLUSTER_MS = 10 * 60_000;

/** The step of the alert's fine series; null without one. */
export function fineOnset({ fineSeries, opening, windows }: Gathered, nowMs: number): number | null {
  if (!fineSeries) return null;
  const { fromMs, toMs } = onsetWindow(opening.alert.firedAtMs, nowMs);
  return alertOnset(fineSeries, { fromMs: Math.max(fromMs, windows.whole.fromMs), toMs }, limitOf(opening.query));
}

/**
 * The onset when the alerting metric shows none: the time at which most metrics of the alerting service took a plain turn
 * for the worse, the median of that cluster. Metrics of other services stand in where it has none. null without any.
 */
export function onsetFromMetrics(gathered: Gathered, nowMs: number): number | null {
  const { opening, metrics } = gathered;
  const window = onsetWindow(opening.alert.firedAtMs, nowMs);
  const all = metrics.flatMap((result) => result.series);
  const own = all.filter((series) => opening.service === null || serviceOf(series) === opening.service);
  const times = (own.length > 0 ? own : all).flatMap((series) => {
    const onset = findOnset(series, window);
    if (!onset) return [];
    const harm = harmfulDirection(metricKind(series.metric, series.unit), series.metric);
    const isWorse = harm === 0 || Math.sign(onset.after - onset.before) === harm;
    const high = Math.max(Math.abs(onset.after), Math.abs(onset.before));
    const low = Math.min(Math.abs(onset.after), Math.abs(onset.before));
    return isWorse && high > MIN_RATIO * low ? [onset.atMs] : [];
  });
  const clusters = times.map((time) => times.filter((other) => Math.abs(other - time) <= CLUSTER_MS));
  const largest = clusters.reduce<readonly number[]>((best, cluster) => (cluster.length > best.length ? cluster : best), []);
  return largest.length === 0 ? null : median(largest);
}
