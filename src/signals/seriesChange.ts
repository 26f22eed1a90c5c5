import { type TimeSeries, type TimeWindow, valuesWithin } from '../domain/timeSeries';
import { harmfulDirection, type MetricKind, type MetricScale, metricKind, metricScale } from './metricKind';
import { clamp, median, quantiles, robustDeviation } from './statistics';

/** How a series differs between two stretches of time. */
export interface SeriesChange {
  readonly series: TimeSeries;
  readonly kind: MetricKind;
  /** Median of the quiet stretch and of the incident. */
  readonly before: number;
  readonly during: number;
  readonly direction: 'up' | 'down' | 'flat';
  /** Whether it moved the way that hurts; true for metrics where either way may. */
  readonly isHarmful: boolean;
  /** 0..: 1 is noticeable (10 percentage points, a latency ×1.5, a count ×2), 3 is plain. Comparable across units. */
  readonly score: number;
}

/** What counts as noticeable in each scale; the divisor that makes scores comparable. */
const NOTICEABLE_POINTS = 10;
const NOTICEABLE_LATENCY = Math.log(1.5);
const NOTICEABLE_RATIO = Math.log(2);
/** A spread smaller than this share of the level is measurement, not stability: flat series must not win. */
const SPREAD_FLOOR_SHARE = 0.05;
const MIN_QUIET_VALUES = 2;
/** Ratios beyond this are all alike: from nothing to something is far, not infinite. */
const MAX_RATIO = 50;

/**
 * Scores the change of a series. The effect is how far the incident's median lies outside the usual band (10 % to 90 % of
 * the quiet values), in the metric's own scale: difference of percentage points for shares, logarithm of the ratio otherwise.
 * It is damped by how usual such a step is: effect · z / (z + 3), with z = |Δ| / max(1.4826·MAD, 5 % of the level). So the
 * score never exceeds the effect, however quiet the baseline was. null with fewer than two quiet values or none after.
 */
export function changeOf(series: TimeSeries, baseline: TimeWindow, incident: TimeWindow): SeriesChange | null {
  const quiet = valuesWithin(series, baseline);
  const loud = valuesWithin(series, incident);
  if (quiet.length < MIN_QUIET_VALUES || loud.length === 0) return null;
  const kind = metricKind(series.metric, series.unit);
  const [low, before, high] = quantiles(quiet, [0.1, 0.5, 0.9] as const);
  const during = median(loud);
  const edge = clamp(during, low, high);
  const effect = effectOf(edge, during, metricScale(series.metric, series.unit), kind);
  const spread = Math.max(robustDeviation(quiet), SPREAD_FLOOR_SHARE * Math.abs(before), Number.MIN_VALUE);
  const z = Math.min(Math.abs(during - before) / spread, 1e6);
  const sign = Math.sign(during - before);
  const harm = harmfulDirection(kind, series.metric);
  return {
    series,
    kind,
    before,
    during,
    direction: sign > 0 ? 'up' : sign < 0 ? 'down' : 'flat',
    isHarmful: sign !== 0 && (harm === 0 || harm === sign),
    score: effect * (z / (z + 3)),
  };
}

function effectOf(before: number, during: number, scale: MetricScale, kind: MetricKind): number {
  if (scale === 'points') return Math.abs(during - before) / NOTICEABLE_POINTS;
  if (scale === 'fraction') return (100 * Math.abs(during - before)) / NOTICEABLE_POINTS;
  const step = kind === 'latency' ? NOTICEABLE_LATENCY : NOTICEABLE_RATIO;
  return Math.abs(logRatio(before, during)) / step;
}

function logRatio(before: number, during: number): number {
  const floor = Math.max(Math.abs(before), Math.abs(during)) / MAX_RATIO;
  if (floor === 0) return 0;
  return Math.log(Math.max(Math.abs(during), floor) / Math.max(Math.abs(before), floor));
}

/** Changes of all series, greatest first; ties keep their order. */
export function rankChanges(series: readonly TimeSeries[], baseline: TimeWindow, incident: TimeWindow): SeriesChange[] {
  return series
    .map((one) => changeOf(one, baseline, incident))
    .filter((change) => change !== null)
    .sort((a, b) => b.score - a.score);
}
