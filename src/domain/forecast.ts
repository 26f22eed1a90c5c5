import type { Point } from './timeSeries';

/** Where a metric is going: 60 steps ahead with a band. */
export interface Forecast {
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  readonly query: string;
  readonly unit: string | null;
  readonly intervalSec: number;
  readonly history: readonly Point[];
  /** Epoch seconds of the first predicted step. */
  readonly startSec: number;
  readonly p10: readonly number[];
  readonly median: readonly number[];
  readonly p90: readonly number[];
  readonly threshold: number | null;
  /** Seconds until the median crosses the threshold, null when it does not within the horizon. */
  readonly breachInSec: number | null;
  /** 0..100: how far the last five values lie beyond the band that earlier values predict; over 70 is anomalous. */
  readonly anomalyScore: number;
  /** Which forecaster answered. */
  readonly model: string;
  readonly summary: string;
}
